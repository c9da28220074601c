"""From the forms that an author may use to the one form of `Fields`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from ..model.classification import ATC_CODE
from ..model.finding import Ignore
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
from ..model.strings import fold, is_language_tag, with_characters, with_raised_digits
from .front_matter import FrontMatter
from .publication import PUBLISHED_KEYS, is_draft
from .schema import AlertText, FaqText, Fields
from .schema_forms import Form, ReviewForm, SourceForm
from .schema_front import FrontForm
from .schema_texts import label_of_path, plain
from .section_audiences import read_section_audiences

WORST_FIRST = (
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
"""The path of a key without a field, its value, and the form that has no field for it."""

_CONVERSIONS: dict[str, Callable[[FrontForm, FrontMatter], Any]] = {
    "kind": lambda form, _: form.kind or "",
    "lang": lambda form, _: form.lang if is_language_tag(form.lang) else "",
    "title": lambda form, _: with_raised_digits(with_characters(form.title)),
    "description": lambda form, _: with_characters(form.description),
    "names": lambda form, _: tuple(_names(form)),
    "classes": lambda form, _: tuple(part.name for part in form.classes if part.name),
    "atc": lambda form, _: tuple(dict.fromkeys((*form.atc, *form.codes.atc, *_class_codes(form)))),
    "conditions": lambda form, _: tuple(filter(None, form.conditions)),
    "ingredients": lambda form, _: tuple(
        Ingredient(part.name or part.ref, part.ref, str(part.strength)) for part in form.ingredients
    ),
    "product": lambda form, _: _product(form),
    "status": lambda form, _: next(iter(_statuses(form)), None),
    "alerts": lambda form, front: tuple(
        AlertText(alert.level, alert.heading, alert.text, front.span_of("alerts", number))
        for number, alert in enumerate(form.alerts)
    ),
    "audience": lambda form, _: form.audience or "",
    "section_audiences": lambda _, front: read_section_audiences(front.data.get("audience")),
    "provenance": lambda form, _: _provenance(form),
    "authors": lambda form, _: tuple(map(str, form.authors)),
    "review": lambda form, _: _review(form),
    "review_interval": lambda form, _: _review_interval(form),
    "dates": lambda form, _: Dates(
        form.dates.created or form.date,
        form.dates.content_changed,
        form.last_modified,
        form.publish_from,
        form.publish_until,
    ),
    "draft": lambda _, front: is_draft(front.data),
    "references": lambda form, _: tuple(
        _reference(number, source)
        for number, source in enumerate((*form.sources, *form.references), start=1)
    ),
    "faqs": lambda form, front: tuple(
        FaqText(faq.question, faq.answer, front.span_of("faqs", number))
        for number, faq in enumerate(form.faqs)
    ),
    "aliases": lambda form, _: tuple(
        dict.fromkeys(
            alias for alias in (*form.aliases, *form.redirect_from) if alias and not _is_name(alias)
        )
    ),
    "ignore": lambda form, front: tuple(_ignores(form, front)),
    "extra": lambda form, _: tuple(pair for pair in _extra(form) if pair[1]),
}
"""How each field of `Fields` is made of the form. A field that is not in here is that of the form
with its name."""
_COPIED = tuple(name for name in Fields.__struct_fields__ if name not in _CONVERSIONS)


def fields_of(form: FrontForm, front: FrontMatter) -> Fields:
    """The fields of a valid form."""
    copied = {name: getattr(form, name) for name in _COPIED}
    converted = {name: convert(form, front) for name, convert in _CONVERSIONS.items()}
    return Fields(**copied, **converted)


def leftovers(form: Form, path: tuple[str | int, ...] = ()) -> Iterator[Leftover]:
    """Everything stated in a form, and in the forms within it, under a key without a field."""
    for key, value in (form.model_extra or {}).items():
        yield (*path, key), value, form
    for name, value in vars(form).items():
        if name not in form.model_fields_set:
            continue
        if isinstance(value, Form):
            yield from leftovers(value, (*path, name))
        elif isinstance(value, tuple):
            for number, part in enumerate(value):
                if isinstance(part, Form):
                    yield from leftovers(part, (*path, name, number))


def price_of(form: FrontForm) -> str:
    """Currency and amount, `INR 120.50`; '' when either is missing. A fraction gets at least two
    places."""
    amount = form.price.amount.replace(",", "")
    currency = (form.price.currency or form.currency).upper()
    if not amount or not currency:
        return ""
    number = Decimal(amount)
    short = number.as_tuple().exponent == -1
    return f"{currency} {number:.2f}" if short else f"{currency} {amount}"


def _class_codes(form: FrontForm) -> Iterator[str]:
    """The ATC codes among the classes."""
    for part in form.classes:
        if (
            part.code
            and part.scheme.lower() in ("", "atc")
            and ATC_CODE.fullmatch(part.code.upper())
        ):
            yield part.code.upper()


def _other_classifications(form: FrontForm) -> Iterator[tuple[str, str]]:
    """The classes that are stated with a code of another classification."""
    atc = set(_class_codes(form))
    for part in form.classes:
        if part.code and part.code.upper() not in atc:
            yield "Class", " ".join(text for text in (part.name, part.scheme, part.code) if text)


def _provenance(form: FrontForm) -> Provenance | None:
    stated = form.provenance
    if stated is None:
        return None
    return Provenance(stated.origin, stated.tool, stated.on, stated.statement)


def _review(form: FrontForm) -> Review | None:
    """The review as stated, under `review` or the keys beside it; with a reviewer or a date and no
    status it is `stated`."""
    inner = form.review or ReviewForm()
    by = tuple(map(str, inner.by or form.reviewed_by))
    on, next_due = inner.on or form.reviewed_on, inner.next_due or form.next_review
    if inner.status is None and not (by or on):
        return Review("not_stated", next_due=next_due) if next_due else None
    return Review(inner.status or "stated", by, on, next_due)


def _review_interval(form: FrontForm) -> str:
    return (form.review and form.review.interval) or form.review_in


def _ignores(form: FrontForm, front: FrontMatter) -> Iterator[Ignore]:
    key = "ignore" if "ignore" in front.data else "accept"
    for number, word in enumerate(form.ignore):
        if word:
            yield Ignore(word, front.span_of(key, number))


def _product(form: FrontForm) -> Product:
    return Product(
        company=form.company,
        strength=str(form.strength),
        form=form.form,
        routes=tuple(dict.fromkeys(filter(None, form.routes))),
        pack_size=form.pack_size,
        price=price_of(form),
        generic_slug=form.generic_slug,
        combination_slug=form.combination_slug,
    )


def _names(form: FrontForm) -> Iterator[Name]:
    names = form.names
    groups: tuple[tuple[str, Iterable[str]], ...] = (
        ("generic", (*names.inn, *form.generic_name)),
        (
            "alternate",
            (
                *(*names.usan, *names.ban, *names.synonyms, *form.alternate_names),
                *filter(_is_name, form.aliases),
            ),
        ),
        ("brand", (brand.name for brand in form.brands)),
        ("misspelling", names.misspellings),
    )
    seen: set[str] = set()
    for role, texts in groups:
        for text in texts:
            if text and fold(text) not in seen:
                seen.add(fold(text))
                yield Name(text, role)


def _is_name(alias: str) -> bool:
    """Whether an alias is another name of what the page is about, as in Obsidian, and no former
    address."""
    is_path = "/" in alias or alias.endswith((".html", ".htm"))
    return not is_path and (" " in alias or alias != alias.lower())


def _statuses(form: FrontForm) -> list[Status]:
    """All statuses, the worst for the medicine first."""
    statuses = [
        Status(
            stated.state,
            stated.reason or (form.ban_reason if stated.state == "banned" else ""),
            stated.jurisdiction,
            stated.reference,
            stated.supply,
            stated.schedule,
        )
        for stated in form.status
    ]
    if form.is_banned and not any(status.state == "banned" for status in statuses):
        statuses.append(Status("banned", form.ban_reason))
    first, *others = sorted(
        statuses or [Status()], key=lambda status: WORST_FIRST.index(status.state)
    )
    first = replace(
        first,
        supply=first.supply or form.legal_status,
        schedule=first.schedule or form.schedule,
    )
    return [first, *others] if first != Status() else others


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


def _extra(form: FrontForm) -> Iterator[tuple[str, str]]:
    """What the other fields have no place for, each with its label."""
    yield from _other_statuses(form)
    if form.dates.created and form.dates.created != form.date:
        yield "Date", form.date
    yield from _other_review(form)
    if not price_of(form):
        yield "Price", _joined(" ", form.price.currency or form.currency, form.price.amount)
    if form.lang and not is_language_tag(form.lang):
        yield "Language", form.lang
    for brand in form.brands:
        yield f"Brand {brand.name}", _joined(", ", brand.company, brand.country)
    yield from _other_classifications(form)
    for path, value, _ in leftovers(form):
        if path[0] not in form.ignored and not (
            path[0] in PUBLISHED_KEYS and isinstance(value, bool)
        ):
            yield label_of_path(path), plain(value)


def _other_statuses(form: FrontForm) -> Iterator[tuple[str, str]]:
    """All statuses but the first, and what no status has."""
    statuses = _statuses(form)
    for status in statuses[1:]:
        yield (
            "Status",
            _joined(
                ", ",
                status.state,
                status.jurisdiction,
                status.reference,
                status.reason,
                status.supply,
                status.schedule,
            ),
        )
    first = statuses[0] if statuses else Status()
    yield "Legal status", "" if form.legal_status == first.supply else form.legal_status
    yield "Schedule", "" if form.schedule == first.schedule else form.schedule
    if form.ban_reason not in [status.reason for status in statuses]:
        yield "Ban reason", form.ban_reason


def _other_review(form: FrontForm) -> Iterator[tuple[str, str]]:
    """The interval where no next review follows from it, and keys that `review` has precedence
    over."""
    review = _review(form)
    if not review or review.next_due or not review.on:
        yield "Review interval", _review_interval(form)
    if form.review:
        yield "Reviewed by", ", ".join(map(str, form.reviewed_by)) if form.review.by else ""
        yield "Reviewed on", form.reviewed_on if form.review.on else ""
        yield "Next review", form.next_review if form.review.next_due else ""
        yield "Review in", form.review_in if form.review.interval else ""


def _joined(separator: str, *parts: str) -> str:
    return separator.join(filter(None, parts))
