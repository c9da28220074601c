"""What a file's front matter states, in the terms of the model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..model.finding import Ignore
from ..model.monograph import Dates, Ingredient, Name, Product, Provenance, Reference, Review, Status
from ..model.source import Span
from ..model.strings import fold
from .front_matter import FrontMatter
from .schema_forms import Form, SourceForm
from .schema_front import FrontForm


@dataclass(frozen=True, slots=True)
class AlertText:
    """An alert as the source writes it."""

    level: str
    heading: str
    text: str
    """Markdown."""
    span: Span


@dataclass(frozen=True, slots=True)
class FaqText:
    """A question and an answer as the front matter writes them: not repaired, either may be empty."""

    question: str
    answer: str
    span: Span


@dataclass(frozen=True, slots=True)
class Fields:
    """Front matter, checked and in one form. What is not stated is '', () or None."""

    id: str = ""
    slug: str = ""
    permalink: str = ""
    kind: str = ""
    title: str = ""
    description: str = ""
    lang: str = ""
    names: tuple[Name, ...] = ()
    """Every name stated as one, each once; brands as their author wrote them, which may be a slug."""
    ingredients: tuple[Ingredient, ...] = ()
    product: Product = Product()
    status: Status | None = None
    """The gravest of all statuses stated, `is_banned: true` among them; the others are in `extra`."""
    is_banned: bool | None = None
    alerts: tuple[AlertText, ...] = ()
    audience: str = ""
    provenance: Provenance | None = None
    authors: tuple[str, ...] = ()
    review: Review | None = None
    review_interval: str = ""
    """Such as `12 months`."""
    dates: Dates = Dates()
    references: tuple[Reference, ...] = ()
    """`sources`, then `references`, numbered through."""
    faqs: tuple[FaqText, ...] = ()
    disclaimer: str = ""
    """Markdown, like `recommendation`."""
    question: str = ""
    """The question a clinical article answers."""
    recommendation: str = ""
    aliases: tuple[str, ...] = ()
    """Addresses the page had before, as stated."""
    ignore: tuple[Ignore, ...] = ()
    """Findings the editor has looked at and lets pass."""
    extra: tuple[tuple[str, str], ...] = ()
    """Label and plain text of everything stated that has no field: to be shown, never dropped."""


GRAVEST_FIRST = ("banned", "withdrawn", "suspended", "discontinued", "unapproved", "investigational", "approved", "")


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
        lang=form.lang,
        names=tuple(_names(form)),
        ingredients=tuple(Ingredient(i.name or i.ref, i.ref, str(i.strength)) for i in form.ingredients),
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
        review=Review(review.status, tuple(map(str, review.by)), review.on, review.next_due) if review else None,
        review_interval=review.interval if review else "",
        dates=Dates(form.dates.created or form.date, form.dates.content_changed, form.last_modified),
        references=tuple(_reference(n, s) for n, s in enumerate((*form.sources, *form.references), start=1)),
        faqs=tuple(
            FaqText(faq.question, faq.answer, front.span_of("faqs", number)) for number, faq in enumerate(form.faqs)
        ),
        disclaimer=form.disclaimer,
        question=form.question,
        recommendation=form.recommendation,
        aliases=tuple(dict.fromkeys(alias for alias in (*form.aliases, *form.redirect_from) if alias)),
        ignore=tuple(_ignores(form, front)),
        extra=tuple(pair for pair in _extra(form, statuses[1:]) if pair[1]),
    )


def _ignores(form: FrontForm, front: FrontMatter) -> Iterator[Ignore]:
    key = "ignore" if "ignore" in front.data else "accept"
    return (Ignore(word, front.span_of(key, number)) for number, word in enumerate(form.ignore) if word)


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
        return ", ".join(f"{_label((key,))}: {plain(part)}" for key, part in value.items() if part not in (None, ""))
    if isinstance(value, list):
        separator = "; " if any(isinstance(part, dict | list) for part in value) else ", "
        return separator.join(plain(part) for part in value if part is not None)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value).strip()


def price_of(form: FrontForm) -> str:
    """Currency and amount, `INR 120.50`; '' when either is missing. A fraction gets at least two places."""
    amount, currency = form.price.amount.replace(",", ""), (form.price.currency or form.currency).upper()
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
        Status(s.state, s.reason or (form.ban_reason if s.state == "banned" else ""), s.jurisdiction, s.reference)
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
        text = ", ".join(part for part in (status.state, status.jurisdiction, status.reference, status.reason) if part)
        yield "Status", text
    if form.ban_reason and not (form.is_banned or any(s.state == "banned" for s in form.status)):
        yield "Ban reason", form.ban_reason
    if not price_of(form):
        stated = " ".join(part for part in (form.price.currency or form.currency, form.price.amount) if part)
        yield "Price", stated
    for brand in form.brands:
        yield f"Brand {brand.name}", ", ".join(part for part in (brand.company, brand.country) if part)
    for path, value, _ in leftovers(form):
        if path[0] not in form.ignored:
            yield _label(path), plain(value)


def _label(path: Iterable[str | int]) -> str:
    """`US_supply` → `US supply`, `packSize` → `Pack Size`, and the keys of a path joined by a colon."""
    words = (re.sub(r"(?<=[a-z])(?=[A-Z])|[_\s-]+", " ", key).strip() for key in path if isinstance(key, str))
    text = ": ".join(words)
    return text[:1].upper() + text[1:]
