"""The records that content files become. They are frozen, complete when they are made, and the same
for every convention of the source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, get_args

from msgspec import Struct, field
from msgspec.structs import replace

from .claims import NO_FACTS, Facts
from .finding import Finding, Ignore
from .source import Span
from .strings import heading_id
from .tables import NO_TABLES, Tables

Kind = Literal["drug", "combination", "brand", "article", "page"]
KINDS: tuple[str, ...] = get_args(Kind)
Audience = Literal["patient", "professional", "both"]
SECTION_AUDIENCES = ("patient", "professional")
"""The audiences that a section can be marked for."""
THEME_ANCHORS = frozenset(("main", "top"))
"""Anchors that every page has; the names of the others that templates make begin with `page-`."""
Origin = Literal["human", "ai_generated", "ai_assisted", "crowd", "ai_or_crowd", "imported"]
State = Literal[
    "approved",
    "unapproved",
    "investigational",
    "suspended",
    "withdrawn",
    "banned",
    "discontinued",
]


class Section(Struct, frozen=True):
    """One part of a monograph under its own heading, in the order of the source."""

    key: str
    """Key of the vocabulary (`uses`, `dose`, …), `preamble` for text before the first heading, or
    `other`."""
    heading: str
    """The heading to show, in the source's own words, without markup."""
    id: str
    """Anchor, unique on the page and stable while the heading stays."""
    subject: str | None
    """The drug that the section is about, on a page of several; else None."""
    html: str
    """Sanitised HTML of everything under the heading. Question-and-answer pairs are not in it: see
    `Faq`."""
    text: str
    """The same as plain text, blocks separated by newlines."""
    audience: str = ""
    """`patient` or `professional` where it is only for one of them; else ''."""


class Faq(Struct, frozen=True):
    """One question and its answer."""

    id: str
    """Anchor, unique on the page."""
    question: str
    """Plain text, without numbering (`Q1:`) and markup."""
    question_html: str
    answer_html: str
    """Sanitised HTML; empty where the source gives no answer."""
    answer_text: str
    subject: str | None
    """The drug that the question is about, on a page of several; else None."""
    section: str
    """The `id` of the section it is in."""


class Reference(Struct, frozen=True):
    """A numbered source at the end of a page, cited in the text as `[1]` or `[^key]`."""

    id: str
    """Anchor: `ref-1`."""
    number: int
    key: str
    title: str
    organisation: str = ""
    type: str = ""
    url: str = ""
    published: str = ""
    accessed: str = ""
    html: str = ""
    """The whole reference as sanitised HTML, where it is in the body; it is shown instead of the
    fields."""
    evidence: str = ""
    """Evidence level as the source states it, such as `5`; empty when not stated."""


class Name(Struct, frozen=True):
    """A name a reader may look for."""

    text: str
    role: str
    """`generic`, `alternate`, `brand` or `misspelling`."""


class Ingredient(Struct, frozen=True):
    """An active ingredient as the source names it."""

    name: str
    ref: str = ""
    """Slug of the drug, where the source states it; otherwise the drug is found by its name."""
    strength: str = ""


class Product(Struct, frozen=True):
    """What is stated about a medicine as a product: its company, and how it is given and sold."""

    company: str = ""
    strength: str = ""
    form: str = ""
    pack_size: str = ""
    price: str = ""
    """Amount and ISO 4217 currency together, such as `INR 120.50`; empty when either is missing."""
    generic_slug: str = ""
    combination_slug: str = ""
    routes: tuple[str, ...] = ()
    """Ways in which it is given, such as `oral`, in the source's words."""


class Status(Struct, frozen=True):
    """Whether the medicine may be sold, and to whom. What the source does not say is ''."""

    state: str = ""
    """One of `State`, or ''."""
    reason: str = ""
    jurisdiction: str = ""
    reference: str = ""
    supply: str = ""
    """How it may be supplied: `rx`, `otc`, `pharmacy` or `controlled`, or the source's own words,
    such as `Prescription only medicine`."""
    schedule: str = ""
    """The schedule of the law that it is in, as the source names it: `CD2`, `C-IV`, `H1`."""


class Provenance(Struct, frozen=True):
    """Where a text comes from."""

    origin: str = ""
    """One of `Origin`; '' where nothing states it."""
    tool: str = ""
    on: str = ""
    statement: str = ""
    """What the source itself says about its origin, in plain text."""


class Review(Struct, frozen=True):
    """The state of review, never a better one than the source states."""

    status: str = "draft"
    """`draft`, `submitted`, `in_review`, `approved` or `retired`; `stated` where the source names
    a reviewer or the date of a review, and no status; `not_stated` where it says nothing."""
    by: tuple[str, ...] = ()
    on: str = ""
    """ISO date of the last review."""
    next_due: str = ""

    @property
    def is_signed(self) -> bool:
        """Whether it is an approval that says by whom and when."""
        return self.status == "approved" and bool(self.by and self.on)


class Dates(Struct, frozen=True):
    """Dates that the content states, in ISO form or ''; never those of a build or a file."""

    created: str = ""
    changed: str = ""
    """When the content last changed, as an author states."""
    imported: str = ""
    """A machine's time stamp (`lastModified`), shown as an import date where the whole site has the
    same."""
    publish_from: str = ""
    """The page is not published before this day."""
    publish_until: str = ""
    """The page is not published from this day on."""


class Alert(Struct, frozen=True):
    """A warning to show before everything else."""

    level: str
    """`boxed`, `recall`, `safety`, `shortage`, `banned` or `fault` (a fault of the text itself)."""
    heading: str
    html: str


class Statement(Struct, frozen=True):
    """A disclaimer or note with its origin."""

    html: str
    text: str
    origin: str
    """`text` where it is in the source, `site` where site.yaml supplies it."""


class Monograph(Struct, frozen=True):
    """One content file: every sentence of it is in exactly one field that a page shows."""

    path: str
    """Source path relative to the content folder."""
    id: str
    kind: str
    """One of `Kind`."""
    slug: str
    title: str
    description: str
    pronunciation: str = ""
    """How the title is spoken, as the source spells it: `oh fa TOO moo mab`."""
    names: tuple[Name, ...] = ()
    classes: tuple[str, ...] = ()
    """Classes of the medicine as the source names them (see `classification.name_key`)."""
    atc: tuple[str, ...] = ()
    """Codes of the ATC classification, of any level."""
    conditions: tuple[str, ...] = ()
    """What it is used for, as far as the source states it in one form."""
    ingredients: tuple[Ingredient, ...] = ()
    product: Product = Product()
    status: Status = Status()
    provenance: Provenance = Provenance()
    review: Review = Review()
    dates: Dates = Dates()
    audience: str = "both"
    """One of `Audience`."""
    lang: str = ""
    """BCP 47 tag of the language it is written in; '' for the site's."""
    translation_of: str = ""
    """The page that it translates, as the source names it: a slug or a file."""
    authors: tuple[str, ...] = ()
    alerts: tuple[Alert, ...] = ()
    sections: tuple[Section, ...] = ()
    faqs: tuple[Faq, ...] = ()
    references: tuple[Reference, ...] = ()
    disclaimer: Statement | None = None
    note: Statement | None = None
    aliases: tuple[str, ...] = ()
    permalink: str = ""
    """The site path that the source asks for, or ''."""
    extra: tuple[tuple[str, str], ...] = ()
    """Front matter without a field of its own, as label and plain text: shown, never dropped."""
    tables: Tables = NO_TABLES
    """Doses, side effects, interactions and prices, as far as they are stated as data."""
    draft: bool = False
    """True where the source says that the page is not for readers yet."""
    not_a_monograph: bool = False
    """True where the text is not a monograph (a refusal, no section at all): only a notice is
    published."""


def html_of(monograph: Monograph) -> Iterator[str]:
    """All HTML of a record."""
    for statement in (monograph.disclaimer, monograph.note):
        if statement:
            yield statement.html
    for part in monograph.sections:
        yield part.html
    for faq in monograph.faqs:
        yield faq.question_html
        yield faq.answer_html
    for reference in monograph.references:
        yield reference.html
    for alert in monograph.alerts:
        yield alert.html


def title_anchor(monograph: Monograph) -> str:
    """The id of the title on the page, to which links such as `page.md#paracetamol` lead; '' where
    something below the title has it, or the theme."""
    anchor = heading_id(monograph.title)
    ids = {part.id for part in monograph.sections}
    ids.update(faq.id for faq in monograph.faqs)
    ids.update(reference.id for reference in monograph.references)
    if anchor in ids or anchor in THEME_ANCHORS:
        return ""
    attribute = f'id="{anchor}"'
    return "" if any(attribute in html for html in html_of(monograph)) else anchor


def is_in_text_of(words: str, monograph: Monograph) -> bool:
    """Whether some words stand in the text of the sections, in this form."""
    return words in " ".join([section.text for section in monograph.sections])


def map_html(monograph: Monograph, change: Callable[[str], str]) -> Monograph:
    """The record with all its HTML changed by a function."""
    disclaimer, note = (
        statement and replace(statement, html=change(statement.html))
        for statement in (monograph.disclaimer, monograph.note)
    )
    return replace(
        monograph,
        sections=tuple(replace(part, html=change(part.html)) for part in monograph.sections),
        faqs=tuple(
            replace(
                faq,
                question_html=change(faq.question_html),
                answer_html=change(faq.answer_html),
            )
            for faq in monograph.faqs
        ),
        references=tuple(replace(item, html=change(item.html)) for item in monograph.references),
        alerts=tuple(replace(alert, html=change(alert.html)) for alert in monograph.alerts),
        disclaimer=disclaimer,
        note=note,
    )


class Loaded(Struct, frozen=True):
    """What a content file became: a record where one could be made, and the findings on it."""

    monograph: Monograph | None
    findings: tuple[Finding, ...] = ()
    places: dict[str, Span] = field(default_factory=dict)
    """Where the file states what is judged with other files: `title`, `address`, `alias:…` (see
    `source.schema_places`)."""
    ignores: tuple[Ignore, ...] = ()
    facts: Facts = NO_FACTS
    lines: Mapping[str, int] = field(default_factory=dict)
    """The line of each section and question, by its anchor on the page. Only a preview uses them,
    for the page it shows, so they are no part of the record."""
