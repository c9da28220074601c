"""Front matter, typed: one form for everything that is right, and everything that is wrong at its
place."""

from __future__ import annotations

from msgspec import Struct

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
from ..model.source import Source, Span
from .front_matter import FrontMatter

__all__ = ["AlertText", "FaqText", "Fields", "read_fields"]


class AlertText(Struct, frozen=True):
    """An alert as the source writes it."""

    level: str
    heading: str
    text: str
    """Markdown."""
    span: Span


class FaqText(Struct, frozen=True):
    """A question and an answer as front matter writes them: not repaired, either may be empty."""

    question: str
    answer: str
    span: Span


class Fields(Struct, frozen=True):
    """Front matter, checked and in one form. What is not stated is '', () or None. How each field
    is made of the keys of front matter is in `schema_conversion`."""

    id: str = ""
    slug: str = ""
    permalink: str = ""
    kind: str = ""
    title: str = ""
    description: str = ""
    lang: str = ""
    translation_of: str = ""
    """A slug, or the path of a file."""
    pronunciation: str = ""
    names: tuple[Name, ...] = ()
    """Every name that is stated as one, each once; a brand may be stated as a slug."""
    classes: tuple[str, ...] = ()
    """Classes of the medicine, by name."""
    atc: tuple[str, ...] = ()
    """Codes of the ATC classification."""
    conditions: tuple[str, ...] = ()
    """What it is used for, by name."""
    ingredients: tuple[Ingredient, ...] = ()
    product: Product = Product()
    status: Status | None = None
    """The worst of all stated statuses, `is_banned: true` among them; the others are in `extra`."""
    is_banned: bool | None = None
    alerts: tuple[AlertText, ...] = ()
    audience: str = ""
    section_audiences: tuple[tuple[str, str], ...] = ()
    """Keys of sections, each with the audience that these sections are for."""
    provenance: Provenance | None = None
    authors: tuple[str, ...] = ()
    review: Review | None = None
    review_interval: str = ""
    """Such as `12 months`."""
    dates: Dates = Dates()
    references: tuple[Reference, ...] = ()
    """`sources`, then `references`, numbered through."""
    draft: bool = False
    """See `publication.is_draft`."""
    faqs: tuple[FaqText, ...] = ()
    disclaimer: str = ""
    """Markdown, like `recommendation`."""
    question: str = ""
    """The question a clinical article answers."""
    recommendation: str = ""
    aliases: tuple[str, ...] = ()
    """Former addresses of the page, as stated."""
    ignore: tuple[Ignore, ...] = ()
    """Findings that the editor has looked at and suppressed."""
    extra: tuple[tuple[str, str], ...] = ()
    """Label and plain text of everything stated that has no field: to be shown, never dropped."""


def read_fields(front: FrontMatter, source: Source) -> tuple[Fields, tuple[Finding, ...]]:
    """The fields of a file's front matter, and the findings on its values.

    A file with a wrong value becomes no page; the fields then hold what is right, so that the rest
    can be checked in the same run. The findings of reading the YAML are in `front.findings` and not
    repeated here.
    """
    # pydantic and the forms take a tenth of a second to import: too long for one edit
    from .schema_plain import plain_fields

    fields = plain_fields(front)
    if fields is not None:
        return fields, ()
    from .schema_checks import checked  # see above

    return checked(front, source)
