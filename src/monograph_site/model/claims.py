"""What the rules over several files need of one file besides its record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class InternalLink(NamedTuple):
    """A link of the text to a place of this site. (A tuple, as `Claim`: half the size in the
    catalogue.)"""

    target: str
    """As typed; see `linking.site_place`."""
    line: int
    column: int


class Claim(NamedTuple):
    """A statement that other pages, or other parts of the page, may contradict."""

    topic: str
    """What it is about: `pregnancy`, `breastfeeding`, `category`, `approval`, `route`, `dose`,
    `status`."""
    side: str
    """What it says of that, such as `safe` or `contraindicated`: other sides contradict it."""
    value: str
    """What it is said of, or how much, in one form for all spellings; '' where `side` says it all.
    """
    about: str
    """The ingredient it speaks of, on a page of several; '' for the page's medicine."""
    section: str
    """Key of the section it stands in."""
    sentence: str
    """Shortened."""
    line: int
    column: int
    length: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What the rules over several files need of one file besides its record."""

    links: tuple[InternalLink, ...] = ()
    claims: tuple[Claim, ...] = ()
    told_apart: tuple[str, ...] = ()
    """Sentences that say with what the medicine must not be confused."""
    lacking: str = ""
    """Keys of the sections that a page on a medicine should have and has not (see `coverage`), with
    spaces between."""


NO_FACTS = Facts()
