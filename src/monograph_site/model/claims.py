"""Facts of a file that rules over several files need besides its record: links and claims."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import Struct

from .attachment import FileReference


class InternalLink(NamedTuple):
    """A link from the text to a page of this site. (Like `Claim` a tuple, which takes half the
    memory.)"""

    target: str
    """As written; see `config.addresses.site_target`. A wikilink is in its double brackets, without
    the words it is shown with."""
    line: int
    column: int


class Claim(NamedTuple):
    """A statement that other pages, or other parts of the page, may contradict."""

    topic: str
    """What it is about: `pregnancy`, `breastfeeding`, `category`, `approval`, `route`, `dose`,
    `grams`, `status`."""
    side: str
    """What it says, such as `safe` or `against`: another side contradicts it."""
    value: str
    """What it is said about, such as a use or a country, in one form for all spellings; '' where
    topic and side are enough."""
    about: str
    """The ingredient it is about, on a page of several; '' for the page's medicine."""
    section: str
    """Key of the section it is in."""
    sentence: str
    """The sentence, shortened."""
    line: int
    column: int
    length: int


class Facts(Struct, frozen=True):
    """What rules over several files need of one file besides its record."""

    links: tuple[InternalLink, ...] = ()
    claims: tuple[Claim, ...] = ()
    confusable_names: tuple[str, ...] = ()
    """Sentences that say what the medicine must not be confused with."""
    files: tuple[FileReference, ...] = ()
    """The pictures and files that the page shows or links to."""
    unmapped_keys: tuple[str, ...] = ()
    """Keys of its rows, and of an entry of a data file, that have no field."""
    missing_sections: str = ""
    """Keys of the sections that a page on a medicine should have and lacks (see `loader.facts`),
    with spaces between."""


NO_FACTS = Facts()
