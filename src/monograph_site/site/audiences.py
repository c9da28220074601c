"""The views of a page for one audience: which there are, where they are, and what they leave out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from ..model.monograph import SECTION_AUDIENCES, Section
from .entry import Entry

SAFETY_KEYS = frozenset(
    "contraindications warnings interactions pregnancy breastfeeding overdose side_effects".split()
)
"""Keys of the sections that no view leaves out without saying so at their place, in a line of their
own."""


class View(NamedTuple):
    """A page as one audience sees it."""

    audience: str
    """`patient` or `professional`; '' for the whole page."""
    url: str
    """Site path."""


class LeftOut(NamedTuple):
    """Sections in a row that a view leaves out."""

    sections: tuple[Section, ...]
    is_safety: bool


def audiences_of(sections: Iterable[Section]) -> tuple[str, ...]:
    """The audiences that a page has a view for: both, where a section is marked for one."""
    return SECTION_AUDIENCES if any(section.audience for section in sections) else ()


def view_urls(entry: Entry) -> tuple[str, ...]:
    """The site paths of the views of an entry's page; none where it has no views."""
    if not entry.audiences or entry.not_a_monograph or not entry.url:
        return ()
    return tuple(f"{entry.url}{audience}/" for audience in entry.audiences)


def views_of(entry: Entry) -> tuple[View, ...]:
    """The whole page, then its view for each audience; () where it has no views."""
    urls = view_urls(entry)
    return (View("", entry.url), *map(View, entry.audiences, urls)) if urls else ()


def whole_url(url: str) -> str:
    """The site path of the page of which this one may be a view; '' where it can't be one."""
    for audience in SECTION_AUDIENCES:
        if url.endswith(f"/{audience}/"):
            return url.removesuffix(f"{audience}/")
    return ""


def is_left_out(section: Section, audience: str) -> bool:
    """Whether the view for an audience leaves a section out."""
    return bool(audience and section.audience and section.audience != audience)


def left_out(sections: Sequence[Section], audience: str) -> dict[str, LeftOut | None]:
    """What a view leaves out, by the id of each section that is left out: at the first of several in
    a row all of them, None at the others. Sections on safety have an item for themselves."""
    result: dict[str, LeftOut | None] = {}
    for run in _runs(sections, audience):
        result |= dict.fromkeys((section.id for section in run), None)
        result[run[0].id] = LeftOut(run, run[0].key in SAFETY_KEYS)
    return result


def _runs(sections: Sequence[Section], audience: str) -> Iterator[tuple[Section, ...]]:
    def kind(section: Section) -> tuple[bool, bool]:
        return is_left_out(section, audience), section.key in SAFETY_KEYS

    for (is_out, is_safety), group in groupby(sections, key=kind):
        if is_out and is_safety:
            yield from ((section,) for section in group)
        elif is_out:
            yield tuple(group)
