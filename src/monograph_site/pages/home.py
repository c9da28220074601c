"""The front page."""

from __future__ import annotations

from collections.abc import Iterator

from ..site.addresses import A_TO_Z, FAQS, KINDS
from ..site.menu import label, letters
from ..site.site import MEDICINES, Count, Site
from . import PAGE_KINDS
from ._common import html_page
from .page import Page

ARTICLES = 12
"""Articles on the front page; their listing has all of them."""


@PAGE_KINDS.named("home")
def home(site: Site) -> Iterator[Page]:
    """The page at `/`: letters, kinds, articles, and what a reader must know of the whole."""
    articles = site.listed("article")
    counts = {letter: len(lines) for letter, lines in site.names.items()}
    data = {
        "counts": _counts(site),
        "letters": letters(A_TO_Z, counts) if counts else (),
        "articles": tuple(site.cards[entry.path] for entry in articles[:ARTICLES]),
        "intro_html": "",
        "notices": _notices(site),
    }
    yield html_page(
        site, "/", "home.html", site.config.title, data, description=site.config.description
    )


def _counts(site: Site) -> tuple[Count, ...]:
    counts = [
        Count(label(site.config, kind), KINDS[kind][2], len(found))
        for kind in KINDS
        if kind != "page" and (found := site.listed(kind))
    ]
    questions = sum(len(entry.faqs) for entry in site.entries if not entry.not_a_monograph)
    return (*counts, Count("Questions", FAQS, questions)) if questions else tuple(counts)


def _notices(site: Site) -> tuple[str, ...]:
    """What is true of many pages and matters to who relies on them."""
    texts = site.listed(*MEDICINES, "article")
    approved = sum(entry.review.status == "approved" for entry in texts)
    if approved == len(texts):
        return ()
    which = (
        f"{approved} of the {len(texts)} texts on this site {'has' if approved == 1 else 'have'}"
    )
    none = "No text on this site has"
    return (
        f"{which if approved else none} been approved by a reviewer. Each page says where its text comes from.",
    )
