"""What planning knows of one content file: the record without its text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from itertools import groupby

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from ..markdown.html import strip_tags
from ..model.claims import NO_FACTS, Facts
from ..model.finding import Finding, Ignore
from ..model.monograph import Dates, Ingredient, Name, Product, Review, Section, Status
from ..model.source import Span
from ..model.tables import NO_TABLES, Tables
from ..regex import regex

_SUB_HEADING = regex(r'<h3 id="([^"]*)">(.*?)</h3>', re.DOTALL)
MAX_CONTENTS = 20
"""Lines that a table of contents shows before it folds those of a drug, or the last ones."""


class FaqHead(Struct, frozen=True, array_like=True):
    """A question, for the index of questions."""

    id: str
    question: str


class TocItem(Struct, frozen=True, array_like=True):
    """A line of a page's table of contents."""

    id: str
    label: str
    parts: tuple[TocItem, ...] = ()
    """The lines below it, which are folded."""


encode_part = msgspec.msgpack.encode
"""What an entry keeps of its questions, contents and findings. Each is read once in a build, and not
at all for most files after an edit; decoded, they would be half of all that planning has in memory."""
_decode_faqs = msgspec.msgpack.Decoder(tuple[FaqHead, ...]).decode
_decode_toc = msgspec.msgpack.Decoder(tuple[TocItem, ...]).decode
_decode_findings = msgspec.msgpack.Decoder(tuple[Finding, ...]).decode
NO_PART = encode_part(())
_ARRAY_16 = 0xDC
"""The first byte of an encoded array with more than 15 items, whose number is in the next two; of one
with more than 65,535 it is the byte after it, and their number in the next four."""


class Entry(Struct, frozen=True):
    """What planning needs of one content file: the record without its text, and its findings."""

    path: str
    source_digest: str
    record_digest: str = ""
    """The key of the full record in the cache; '' where no record could be made."""
    id: str = ""
    kind: str = ""
    slug: str = ""
    title: str = ""
    question: str = ""
    """The question of an article, which is the heading of its page and what lists call it; ''
    for others."""
    description: str = ""
    url: str = ""
    """Site path of the page; '' where the file has no safe address."""
    namespace: str = ""
    names: tuple[Name, ...] = ()
    classes: tuple[str, ...] = ()
    atc: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()
    """As the file states them; those of a combination's title are not among them."""
    interactions: tuple[str, ...] = ()
    """The substances of its interactions, as far as they are stated as data."""
    rows: Tables = NO_TABLES
    """What an entry of a data file adds to the monograph that its title names; it has no page of its
    own."""
    product: Product = Product()
    status: Status = Status()
    review: Review = Review()
    origin: str = ""
    dates: Dates = Dates()
    audience: str = "both"
    audiences: tuple[str, ...] = ()
    """The audiences that the page has views for (see `site.audiences`)."""
    lang: str = ""
    edition: str = ""
    """The language of `languages` in site.yaml whose pages it is among; '' for the site's own."""
    translation_of: str = ""
    encoded_faqs: bytes = NO_PART
    """See `encode_part`, as for the other encoded fields."""
    encoded_toc: bytes = NO_PART
    aliases: tuple[str, ...] = ()
    draft: bool = False
    not_a_monograph: bool = False
    alerts: tuple[str, ...] = ()
    """Levels of the alerts, each once."""
    has_disclaimer: bool = False
    """True where the text carries its own disclaimer."""
    blocks_page: bool = False
    """True where the file can't be a page at all."""
    has_errors: bool = False
    """True where the file has an error that does not block its page."""
    encoded_findings: bytes = NO_PART
    places: dict[str, Span] = field(default_factory=dict)
    """See `Loaded.places`."""
    ignores: tuple[Ignore, ...] = ()
    """Findings that the file's editor ignores; `findings` still holds them (see `check.policy`)."""
    facts: Facts = NO_FACTS

    @property
    def faqs(self) -> tuple[FaqHead, ...]:
        """Questions that have an answer."""
        return _decode_faqs(self.encoded_faqs)

    @property
    def has_faqs(self) -> bool:
        """Whether there are `faqs`."""
        return self.encoded_faqs != NO_PART

    @property
    def faq_count(self) -> int:
        """The number of `faqs`, which are not decoded for it."""
        # MessagePack begins an array with its length.
        first, encoded = self.encoded_faqs[0], self.encoded_faqs
        if first < _ARRAY_16:
            return first & 0x0F
        return int.from_bytes(encoded[1:3] if first == _ARRAY_16 else encoded[1:5], "big")

    @property
    def toc(self) -> tuple[TocItem, ...]:
        """The table of contents of its page."""
        return _decode_toc(self.encoded_toc)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the file, by itself."""
        return _decode_findings(self.encoded_findings)

    @property
    def heading(self) -> str:
        """What the page has as its heading, and lists as the text of a link to it."""
        return self.question or self.title

    @property
    def scope(self) -> str:
        """The pages among which names are looked for first: those of its namespace and language."""
        return f"{self.edition}/{self.namespace}" if self.edition else self.namespace

    def at(self, what: str) -> Span:
        """Where the file states something, by a key of `places`; where it does not, its first
        character or, in a data file, that of the entry, which has the key ''."""
        return self.places.get(what) or self.places.get("", Span())


OWN_FIELDS = (
    "source_digest",
    "record_digest",
    "description",
    "encoded_toc",
    "has_errors",
    "encoded_findings",
    "ignores",
    "facts",
)
"""The fields of an entry that show on its own pages and its full card, and nowhere else."""
SHARED_FIELDS = tuple(name for name in Entry.__struct_fields__ if name not in OWN_FIELDS)
"""The fields of an entry that other pages may show or depend on."""


def toc_of(sections: Iterable[Section], *, with_sub_headings: bool = False) -> tuple[TocItem, ...]:
    """The table of contents of a page: its sections with a heading; one of several subjects has
    its subject in front. A long one has a line for each subject, with its sections folded.

    `with_sub_headings`: also the headings within each section, folded.
    """
    headed = [section for section in sections if section.heading]
    if len(headed) > MAX_CONTENTS:
        groups = [(subject, list(group)) for subject, group in groupby(headed, _subject_of)]
        return tuple(
            item
            for subject, group in groups
            for item in (
                (TocItem(group[0].id, subject, tuple(TocItem(s.id, s.heading) for s in group)),)
                if subject and len(group) > 1
                else tuple(map(_toc_item, group))
            )
        )
    items = map(_toc_item, headed)
    if not with_sub_headings:
        return tuple(items)
    return tuple(
        replace(item, parts=_sub_headings(section.html))
        for item, section in zip(items, headed, strict=True)
    )


def _subject_of(section: Section) -> str:
    return section.subject or ""


def _toc_item(section: Section) -> TocItem:
    label = f"{section.subject}: {section.heading}" if section.subject else section.heading
    return TocItem(section.id, label)


def _sub_headings(html: str) -> tuple[TocItem, ...]:
    return tuple(
        TocItem(unescape(match[1]), strip_tags(match[2])) for match in _SUB_HEADING.finditer(html)
    )
