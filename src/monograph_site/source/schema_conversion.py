"""From the forms an author may use to the one form of `Fields`, and everything wrong on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from ..model.finding import Finding, Ignore
from ..model.monograph import (
    Dates,
    Ingredient,
    Name,
    Product,
    Provenance,
    Reference,
    Review,
    Status,
)
from ..model.source import Source
from ..model.strings import fold, is_language_tag
from ..model.suggest import did_you_mean
from .findings_front_matter import CONTRADICTION, PRICE_IN_PART, SAME_KEY, UNKNOWN_KEY, WRONG_VALUE
from .front_matter import FrontMatter
from .schema import AlertText, FaqText, Fields
from .schema_errors import faults, key_path
from .schema_forms import Form, SourceForm
from .schema_front import FrontForm

GRAVEST_FIRST = (
    "banned",
    "withdrawn",
    "suspended",
    "discontinued",
    "unapproved",
    "investigational",
    "approved",
    "",
)


Leftover = tuple[tuple[str | int, ...], Any, Form]
"""A path nothing was done with, the value there, and the form the last key was not found in."""


def fields_of(form: FrontForm, front: FrontMatter) -> Fields:
    """The fields of a valid form."""
    statuses = _statuses(form)
    told, review = form.provenance, form.review
    return Fields(
        id=form.id,
        slug=form.slug,
        permalink=form.permalink,
        kind=form.kind or "",
        title=form.title,
        description=form.description,
        lang=form.lang if is_language_tag(form.lang) else "",
        names=tuple(_names(form)),
        ingredients=tuple(
            Ingredient(i.name or i.ref, i.ref, str(i.strength)) for i in form.ingredients
        ),
        product=_product(form),
        status=statuses[0] if statuses else None,
        is_banned=form.is_banned,
        alerts=tuple(
            AlertText(alert.level, alert.heading, alert.text, front.span_of("alerts", number))
            for number, alert in enumerate(form.alerts)
        ),
        audience=form.audience or "",
        provenance=Provenance(told.origin, told.tool, told.on, told.statement) if told else None,
        authors=tuple(map(str, form.authors)),
        review=Review(review.status, tuple(map(str, review.by)), review.on, review.next_due)
        if review
        else None,
        review_interval=review.interval if review else "",
        dates=Dates(
            form.dates.created or form.date, form.dates.content_changed, form.last_modified
        ),
        references=tuple(
            _reference(n, s) for n, s in enumerate((*form.sources, *form.references), start=1)
        ),
        faqs=tuple(
            FaqText(faq.question, faq.answer, front.span_of("faqs", number))
            for number, faq in enumerate(form.faqs)
        ),
        disclaimer=form.disclaimer,
        question=form.question,
        recommendation=form.recommendation,
        aliases=tuple(
            dict.fromkeys(alias for alias in (*form.aliases, *form.redirect_from) if alias)
        ),
        ignore=tuple(_ignores(form, front)),
        extra=tuple(pair for pair in _extra(form, statuses[1:]) if pair[1]),
    )


def _ignores(form: FrontForm, front: FrontMatter) -> Iterator[Ignore]:
    key = "ignore" if "ignore" in front.data else "accept"
    return (
        Ignore(word, front.span_of(key, number)) for number, word in enumerate(form.ignore) if word
    )


def leftovers(form: Form, path: tuple[str | int, ...] = ()) -> Iterator[Leftover]:
    """Everything stated in a form, and in the forms within it, under a key without a field."""
    for key, value in (form.model_extra or {}).items():
        yield (*path, key), value, form
    for name in type(form).model_fields:
        child = getattr(form, name)
        if isinstance(child, Form):
            yield from leftovers(child, (*path, name))
        elif isinstance(child, tuple):
            for number, part in enumerate(child):
                if isinstance(part, Form):
                    yield from leftovers(part, (*path, name, number))


def plain(value: Any) -> str:
    """Any front matter value as a line of text."""
    if isinstance(value, dict):
        return ", ".join(
            f"{_label((key,))}: {plain(part)}"
            for key, part in value.items()
            if part not in (None, "")
        )
    if isinstance(value, list):
        separator = "; " if any(isinstance(part, dict | list) for part in value) else ", "
        return separator.join(plain(part) for part in value if part is not None)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value).strip()


def price_of(form: FrontForm) -> str:
    """Currency and amount, `INR 120.50`; '' when either is missing. A fraction gets at least two
    places."""
    amount, currency = (
        form.price.amount.replace(",", ""),
        (form.price.currency or form.currency).upper(),
    )
    if not amount or not currency:
        return ""
    number = Decimal(amount)
    short = number.as_tuple().exponent == -1
    return f"{currency} {number:.2f}" if short else f"{currency} {amount}"


def _product(form: FrontForm) -> Product:
    return Product(
        company=form.company,
        strength=str(form.strength),
        form=form.form,
        pack_size=form.pack_size,
        price=price_of(form),
        generic_slug=form.generic_slug,
        combination_slug=form.combination_slug,
    )


def _names(form: FrontForm) -> Iterator[Name]:
    names = form.names
    groups: tuple[tuple[str, Iterable[str]], ...] = (
        ("generic", (*names.inn, *form.generic_name)),
        ("alternate", (*names.usan, *names.ban, *names.synonyms, *form.alternate_names)),
        ("brand", (brand.name for brand in form.brands)),
        ("misspelling", names.misspellings),
    )
    seen: set[str] = set()
    for role, texts in groups:
        for text in texts:
            if text and fold(text) not in seen:
                seen.add(fold(text))
                yield Name(text, role)


def _statuses(form: FrontForm) -> list[Status]:
    """All statuses, the gravest first."""
    stated = [
        Status(
            s.state,
            s.reason or (form.ban_reason if s.state == "banned" else ""),
            s.jurisdiction,
            s.reference,
        )
        for s in form.status
    ]
    if form.is_banned and not any(status.state == "banned" for status in stated):
        stated.append(Status("banned", form.ban_reason))
    return sorted(stated, key=lambda status: GRAVEST_FIRST.index(status.state))


def _reference(number: int, source: SourceForm) -> Reference:
    doi = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", source.doi, flags=re.IGNORECASE)
    addresses = [
        source.url,
        f"https://doi.org/{doi}" if doi else "",
        f"https://pubmed.ncbi.nlm.nih.gov/{source.pmid}/" if source.pmid else "",
    ]
    url, *others = [address for address in addresses if address] or [""]
    title = ", ".join(part for part in (source.title or url, source.edition) if part)
    return Reference(
        id=f"ref-{number}",
        number=number,
        key=source.key or str(number),
        title=" ".join((title, *others)),  # a second address is worth showing too
        organisation=source.organisation,
        type=source.type or "",
        url=url,
        published=source.published,
        accessed=source.accessed,
        evidence=str(source.evidence),
    )


def _extra(form: FrontForm, statuses: list[Status]) -> Iterator[tuple[str, str]]:
    for status in statuses:
        text = ", ".join(
            part
            for part in (status.state, status.jurisdiction, status.reference, status.reason)
            if part
        )
        yield "Status", text
    if form.ban_reason and not (form.is_banned or any(s.state == "banned" for s in form.status)):
        yield "Ban reason", form.ban_reason
    if not price_of(form):
        stated = " ".join(
            part for part in (form.price.currency or form.currency, form.price.amount) if part
        )
        yield "Price", stated
    if form.lang and not is_language_tag(form.lang):
        yield "Language", form.lang
    for brand in form.brands:
        yield (
            f"Brand {brand.name}",
            ", ".join(part for part in (brand.company, brand.country) if part),
        )
    for path, value, _ in leftovers(form):
        if path[0] not in form.ignored:
            yield _label(path), plain(value)


def _label(path: Iterable[str | int]) -> str:
    """`US_supply` → `US supply`, `packSize` → `Pack Size`, and the keys of a path joined by a
    colon."""
    words = (
        re.sub(r"(?<=[a-z])(?=[A-Z])|[_\s-]+", " ", key).strip()
        for key in path
        if isinstance(key, str)
    )
    text = ": ".join(words)
    return text[:1].upper() + text[1:]


def checked(front: FrontMatter, source: Source) -> tuple[Fields, tuple[Finding, ...]]:
    """See `schema.typed`."""
    data, wrong = front.data, list[Finding]()
    form = None
    while (
        form is None
    ):  # once more without the wrong keys; leaving out one spelling of a key can bring up another
        try:
            form = FrontForm.model_validate(data)
        except ValidationError as error:
            wrong += faults(error, WRONG_VALUE, source.path, front)
            bad = {detail["loc"][0] for detail in error.errors(include_url=False)}
            data = {key: value for key, value in data.items() if key not in bad}
    return fields_of(form, front), (
        *wrong,
        *_unknown(form, front, source),
        *_odd(form, front, source),
    )


def _unknown(form: FrontForm, front: FrontMatter, source: Source) -> Iterator[Finding]:
    """Keys that are nearly one this tool knows. Others are the author's own, and shown."""
    for path, _, holder in leftovers(form):
        key, known = str(path[-1]), holder.known_keys()
        meant = "" if key in known else did_you_mean(key, known)
        if meant:
            yield UNKNOWN_KEY.at(
                source.path,
                front.key_span_of(*path),
                f"{key_path(path)}: unknown key.\n{meant}",
                len(key),
            )


def _odd(form: FrontForm, front: FrontMatter, source: Source) -> Iterator[Finding]:
    """Fields that are each right and do not go together."""
    if form.is_banned is False and any(status.state == "banned" for status in form.status):
        message = (
            "is_banned: false, but the status is 'banned', which is shown.\nRemove one of them."
        )
        yield CONTRADICTION.at(source.path, front.span_of("is_banned"), message)
    if (
        form.price.currency
        and form.currency
        and form.price.currency.upper() != form.currency.upper()
    ):
        message = (
            f"currency: {form.currency!r}, but the price is in {form.price.currency!r}, which is shown.\n"
            "State one currency."
        )
        yield CONTRADICTION.at(source.path, front.span_of("currency"), message)
    if form.price.amount and not price_of(form):
        message = "price: no currency is given, so it can't be shown as a price.\nAdd 'currency: INR' or another."
        yield PRICE_IN_PART.at(source.path, front.span_of("price"), message)
    seen: set[str] = set()
    for name, sources in (("sources", form.sources), ("references", form.references)):
        for number, one in enumerate(sources):
            if one.key and one.key in seen:
                at = front.span_of(name, number, "key")
                yield SAME_KEY.at(
                    source.path,
                    at,
                    f"{name}.key: {one.key!r} is another source's key.\nChange one.",
                )
            seen.add(one.key)
