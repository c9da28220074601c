"""The index of questions, by the first letter of the medicine or article they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..site.addresses import FAQS, KINDS
from ..site.menu import letter_label, letter_of, letters
from ..site.site import Card, Entry, FaqHead, Site
from . import PAGE_KINDS
from ._common import html_page, pagers
from .page import Page

MAX_BYTES = 110_000
"""Estimated bytes of the groups of one page, so that with the frame around them a page stays below
150 kB."""
_GROUP, _QUESTION = 200, 50
"""Bytes of HTML around the title of a group and around a question."""


@dataclass(frozen=True, slots=True)
class FaqGroup:
    """The questions of one page."""

    card: Card
    questions: tuple[FaqHead, ...]


@PAGE_KINDS.named("faqs")
def faqs(site: Site) -> Iterator[Page]:
    """The page with all letters, and as many pages for each letter as its questions need."""
    by_letter: dict[str, list[Entry]] = {}
    for entry in site.listed(*KINDS):
        if entry.faqs:
            by_letter.setdefault(letter_of(entry.title), []).append(entry)
    if not by_letter:
        return
    every = letters(
        FAQS, {letter: sum(len(entry.faqs) for entry in some) for letter, some in by_letter.items()}
    )
    yield html_page(site, FAQS, "faqs.html", "Questions and answers", {"letters": every})
    for letter in sorted(by_letter):
        shown = letter_label(letter)
        parts = list(_pages(site, by_letter[letter]))
        for (url, pager), groups in zip(pagers(f"{FAQS}{letter}/", len(parts)), parts, strict=True):
            title = f"Questions and answers: {shown}" + (
                f", page {pager.number}" if pager.number > 1 else ""
            )
            data = {"letter": shown, "letters": every, "groups": groups, "pager": pager}
            yield html_page(site, url, "faq_letter.html", title, data)


def _pages(site: Site, entries: Iterable[Entry]) -> Iterator[tuple[FaqGroup, ...]]:
    """The groups, divided where a page would become too heavy; a long group goes on on the next
    page."""
    groups: list[FaqGroup] = []
    weight = 0
    for entry in entries:
        card = site.links[entry.path]
        head = _GROUP + len(card.url) + len(card.title.encode())
        fixed = _QUESTION + len(card.url)
        questions: list[FaqHead] = []
        weight += head
        for question in entry.faqs:
            size = fixed + len(question.id) + len(question.question.encode())
            if weight + size > MAX_BYTES and (groups or questions):
                yield (*groups, FaqGroup(card, tuple(questions))) if questions else tuple(groups)
                groups, questions, weight = [], [], head
            questions.append(question)
            weight += size
        groups.append(FaqGroup(card, tuple(questions)))
    yield tuple(groups)
