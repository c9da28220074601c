"""Parts of a document: stretches of blocks under one heading, and the drugs they speak of."""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec import Struct, field

from ..markdown.blocks import Block
from ..model.strings import collapse, squash
from ..regex import regex

CLOSING = frozenset({"disclaimer", "note", "references"})
"""Sections that close a page. They speak of the page, whatever drug came before."""
_ORIGINS = (
    ("ai_or_crowd", regex(r"AI.generated or crowd", re.IGNORECASE)),
    (
        "ai_generated",
        regex(r"AI.generated|generated (?:by|with) (?:an )?(?:AI|artificial)", re.IGNORECASE),
    ),
    ("crowd", regex(r"crowd.?sourced", re.IGNORECASE)),
)
"""Origins of `Provenance`, each with the words of a note that state it; the first match counts."""
_SPEAKS_OF_PAGE = regex(
    r"\W*(?:(?:please )?note|this|the|all|content|information)\b", re.IGNORECASE
)
_NOT_NAMES = frozenset(
    "a about additional an and basic chemistry clinical combination combined component components "
    "consumers data definition details drug drugs each every for general harm healthcare history "
    "hypothetical important in individual information ingredient ingredients introduction key "
    "medical medications medicine medicines no not notes of or overview particulars patient patients "
    "pharmaceutical pharmacological pharmacology populations prescribing product professionals "
    "profile proper properties reduction safety separate special specific the this use".split()
)
"""Words of headings over several sections (`Clinical particulars`). A heading that has only such
words does not name a drug."""
PEOPLE = (
    r"(?:(?:for|in|use in) )?(?:adults?|children|child|infants?|newborns|neonates|babies"
    r"|adolescents|teenagers|elderly|the elderly|older (?:people|adults)|women|men|everyone"
    r"|(?:p(?:a)?ediatric|elderly|geriatric|adult|pregnant|other) (?:patients|people|population"
    r"|women|use))(?: and (?:adults|children|adolescents|the elderly|teenagers))?"
)
"""A heading that says for whom the text below it is, in lower case."""
_PEOPLE = regex(PEOPLE)
_SUBJECT_NOISE = regex(
    r"^\s*(?:\d{1,2}[.)]|[A-Za-z][.)])\s+|(?:(?<!\s)\s+)?\(generic(?: name)?\)|(?<!\s)\s+FAQs?$",
    re.IGNORECASE,
)


class Part(Struct):
    """What is under one heading of the document, still as blocks."""

    key: str
    """The section's key (see `sections.txt`), `preamble` or `other`."""
    heading: str
    """'' where the text has no heading of its own."""
    subject: str | None
    """The drug it is about, on a page of several; or the people it is for (see
    `is_group_of_people`)."""
    tier: int
    """What marks its heading: HEADING, LABEL or BULLET of `labels`."""
    line: int
    level: int = 0
    """The heading's level; 0 for a label."""
    blocks: list[Block] = field(default_factory=list)
    id: str = ""
    """The id that the heading asks for; '' for none."""
    audience: str = ""
    """The audience that the heading names, as it is written; '' for none."""
    has_table: bool = False
    """Whether its section shows rows of `model.tables` above its text."""


class Outline(NamedTuple):
    """A document in parts, with the headings that only name the page."""

    parts: tuple[Part, ...]
    titles: tuple[tuple[str, int], ...]
    """Text and line of each."""
    title_ids: tuple[str, ...] = ()
    """The anchors that these headings ask for (`# Examplin {#top-of-page}`)."""


def subject_of(text: str) -> str:
    """A drug's name as a heading states it, without numbering and the words `generic name`."""
    return collapse(_SUBJECT_NOISE.sub("", text)) or collapse(text)


def may_be_subject(text: str, rest: str) -> bool:
    """Whether a label can be a drug's name: it is short and not a sentence, and the `rest` of its
    block is at most a remark in brackets."""
    if _NOT_NAMES.issuperset(re.sub(r"[^a-z ]+", " ", text.casefold()).split()):
        return False
    return (
        len(text.split()) <= 14
        and is_heading_like(text)
        and re.fullmatch(r"\s*+(?:\([^()]*\):?\s*+)?", rest) is not None
    )


def is_group_of_people(subject: str) -> bool:
    """Whether the subject of a part is no drug but the people the text is for (`In adults`)."""
    return _PEOPLE.fullmatch(subject.strip(" *_:.").lower()) is not None


def names_all(text: str, title: str) -> bool:
    """Whether words name every ingredient of the page's title, of which there are several."""
    if " + " not in title:
        return False
    words = squash(text)
    return all(name and name in words for name in map(squash, title.split(" + ")))


def origin_in(text: str) -> str:
    """The origin that a note states (see `Provenance.origin`); '' where it states none."""
    return next((origin for origin, pattern in _ORIGINS if pattern.search(text)), "")


def is_ai_note(text: str, *, labelled: bool = True) -> bool:
    """Whether a text says that the page comes from a machine or a crowd; without a label it must be
    short."""
    if not origin_in(text):
        return False
    return labelled or (len(text.split()) <= 60 and _SPEAKS_OF_PAGE.match(text) is not None)


def is_heading_like(text: str) -> bool:
    """Whether bold words can be a heading: a phrase, not a sentence set in bold."""
    return len(text.split()) <= 16 and not text.rstrip().endswith((".", "!"))


def name_subjects(parts: list[Part]) -> list[Part]:
    """Give a drug's name to the sections of a page that describes several drugs without a heading
    for each.

    On a page that repeats a section and names no drug for it, each `Generic Name` starts a drug and
    gives its name. The section of names may be repeated (`Generic Name`, `Brand Names`) on a page
    of one drug.
    """
    seen: set[str] = set()
    repeated = False
    for part in parts:
        if part.subject is None and part.key not in ("names", "other", "preamble", *CLOSING):
            repeated = repeated or part.key in seen
            seen.add(part.key)
    starts = [part for part in parts if part.subject is None and part.key == "names"]
    if repeated and len(starts) > 1:
        subject: str | None = None
        for part in parts:
            if part.key == "names" and part.subject is None and part.blocks:
                subject = collapse(part.blocks[0].text)[:80] or None
            if (
                part.subject is None
                and part.key not in ("preamble", *CLOSING)
                and "(" not in part.heading
            ):
                part.subject = subject
    return parts
