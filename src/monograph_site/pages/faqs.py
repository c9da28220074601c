"""The index of questions, by the first letter of the medicine or article they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from msgspec import Struct

from ..site.addresses import FAQS, KINDS
from ..site.entry import Entry, FaqHead
from ..site.menu import letter_counts, letter_label, letter_of
from ..site.site import Card, Count, Labelled, Site
from . import page_kind
from ._common import LETTER, MORE_PAGES, html_page, pagers, range_label
from .page import Page, PageGroup

MAX_BYTES = 110_000
"""Estimated bytes of the questions on one page, so that the whole page stays below 150 kB."""
MAX_GROUPS = 70
"""Medicines on one page, so that with its questions folded it is at most ten screens of a phone."""
_GROUP_BYTES, _QUESTION_BYTES = 320, 50
"""Bytes of HTML around the title of a group and around a question."""


class FaqGroup(Struct, frozen=True):
    """The questions of one medicine or article."""

    card: Card
    questions: tuple[FaqHead, ...]


@page_kind("faqs", rf"{FAQS.rstrip('/')}(?:/{LETTER}{MORE_PAGES})?", in_each_language=True)
def faq_pages(site: Site) -> Iterator[Page | PageGroup]:
    """The page with all letters, and for each letter as many pages as its questions need."""
    by_letter: dict[str, list[Entry]] = {}
    for entry in site.listed(*KINDS):
        if entry.has_faqs:
            by_letter.setdefault(letter_of(entry.heading), []).append(entry)
    if not by_letter:
        return
    counts = {
        letter: sum(entry.faq_count for entry in entries) for letter, entries in by_letter.items()
    }
    letters = letter_counts(site.address(FAQS), counts, site.words)
    title, name = site.words("Questions and answers"), site.config.title
    description = site.words("{title} on {site}.", title=title, site=name)
    yield html_page(
        site,
        site.address(FAQS),
        "faqs.html",
        title,
        {"letters": letters},
        description=description,
    )
    top = Labelled(title, site.address(FAQS))
    for letter in sorted(by_letter):
        entries = by_letter[letter]
        shown = [(site.links[entry.path], entry.encoded_faqs) for entry in entries]
        yield PageGroup(
            f"{site.address(FAQS)}{letter}/",
            (letters, shown),
            partial(_letter_pages, site, letter, letters, entries, top),
        )


def _letter_pages(
    site: Site, letter: str, letters: Sequence[Count], entries: Sequence[Entry], top: Labelled
) -> Iterator[Page]:
    """The pages of one letter. `top` is the page with all letters."""
    label = letter_label(letter, site.words)
    parts = list(_divided(site, entries))
    ranges = [range_label([group.card.title for group in groups]) for groups in parts]
    base = site.address(f"{FAQS}{letter}/")
    for (url, pager), groups in zip(pagers(base, ranges), parts, strict=True):
        title = site.words("Questions and answers: {letter}", letter=label)
        if pager.number > 1:
            title = site.words("{title}, page {number}", title=title, number=pager.number)
        data = {"letter": label, "letters": letters, "groups": groups, "pager": pager}
        named = f"{title} ({ranges[pager.number - 1]})" if pager.count > 1 else title
        description = site.words("{title} on {site}.", title=named, site=site.config.title)
        parents = (top,) if pager.number == 1 else (top, Labelled(label, base))
        yield html_page(
            site, url, "faq_letter.html", title, data, description=description, parents=parents
        )


def _divided(site: Site, entries: Iterable[Entry]) -> Iterator[tuple[FaqGroup, ...]]:
    """The groups of each page. A group too long for the rest of a page continues on the next."""
    groups: list[FaqGroup] = []
    page_bytes = 0
    for entry in entries:
        card = site.links[entry.path]
        title_bytes = _GROUP_BYTES + 2 * (len(card.url) + len(card.title.encode()))
        link_bytes = _QUESTION_BYTES + len(card.url)
        faqs = entry.faqs
        sizes = [link_bytes + len(faq.id) + len(faq.question.encode()) for faq in faqs]
        if len(groups) == MAX_GROUPS:
            yield tuple(groups)
            groups, page_bytes = [], 0
        page_bytes += title_bytes
        if page_bytes + sum(sizes) <= MAX_BYTES:
            groups.append(FaqGroup(card, faqs))
            page_bytes += sum(sizes)
            continue
        questions: list[FaqHead] = []
        for question, question_bytes in zip(faqs, sizes, strict=True):
            if page_bytes + question_bytes > MAX_BYTES and (groups or questions):
                yield (*groups, FaqGroup(card, tuple(questions))) if questions else tuple(groups)
                groups, questions, page_bytes = [], [], title_bytes
            questions.append(question)
            page_bytes += question_bytes
        groups.append(FaqGroup(card, tuple(questions)))
    yield tuple(groups)
