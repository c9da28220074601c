"""Parts of a document: stretches of blocks under one heading, and the drugs they speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from .blocks import Block
from .text import collapse

CLOSING = frozenset({"disclaimer", "note", "references"})
"""What closes a page speaks of the page, whatever drug came before."""
_SUBJECT_NOISE = re.compile(r"^\s*(?:\d{1,2}[.)]|[A-Za-z][.)])\s+|\s*\(generic(?: name)?\)|\s+FAQs?$", re.IGNORECASE)


@dataclass(slots=True)
class Part:
    """A stretch of the document under one heading, still as blocks."""

    key: str
    heading: str
    """'' where the text stands under no heading of its own."""
    subject: str | None
    tier: int
    line: int
    level: int = 0
    blocks: list[Block] = field(default_factory=list)


class Outline(NamedTuple):
    """A document in parts, with the headings that only name the page."""

    parts: tuple[Part, ...]
    titles: tuple[tuple[str, int], ...]
    """Text and line of each."""


def subject_of(text: str) -> str:
    """A drug's name as a heading gives it, without numbering and without the words `generic name`."""
    return collapse(_SUBJECT_NOISE.sub("", text)) or collapse(text)


def may_be_subject(text: str, behind: str) -> bool:
    """Whether a label can be a drug's name: short, with nothing behind it but a remark in brackets."""
    return len(text.split()) <= 14 and re.fullmatch(r"\s*(?:\([^()]*\):?)?\s*", behind) is not None


def is_heading_like(text: str) -> bool:
    """Whether bold words can stand as a heading: a phrase, not a sentence set in bold."""
    return len(text.split()) <= 16 and not text.rstrip().endswith((".", "!"))


def name_subjects(parts: list[Part]) -> list[Part]:
    """Give a drug's name to the sections of pages that treat several drugs without a heading for each.

    A page that repeats a section under no subject takes the subject from each `Generic Name`, which then starts a drug.
    """
    seen: set[str] = set()
    repeated = False
    for part in parts:
        if part.subject is None and part.key not in ("other", "preamble", *CLOSING):
            repeated = repeated or part.key in seen
            seen.add(part.key)
    starts = [p for p in parts if p.subject is None and p.key == "names"]
    if repeated and len(starts) > 1:
        subject: str | None = None
        for part in parts:
            if part.key == "names" and part.subject is None and part.blocks:
                subject = collapse(part.blocks[0].text)[:80] or None
            if part.subject is None and part.key not in ("preamble", *CLOSING) and "(" not in part.heading:
                part.subject = subject
    return parts
