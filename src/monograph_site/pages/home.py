"""The front page."""

from __future__ import annotations

from collections.abc import Iterator

from ..site.addresses import A_TO_Z, FAQS, KINDS, SEARCH, absolute
from ..site.menu import kind_label, letter_counts
from ..site.site import MEDICINES, Count, Site
from . import page_kind
from ._common import homes, html_page, introduced
from .page import Page

MAX_ARTICLES = 12
"""Articles on the front page; the listing has all of them."""


@page_kind("home", "/", in_each_language=True)
def home_page(site: Site) -> Iterator[Page]:
    """The page at `/` (`/es/`): letters, kinds, articles, and notices about the site as a whole."""
    articles = site.listed("article")
    counts = {letter: len(lines) for letter, lines in site.names.items()}
    data = {
        "counts": _counts(site),
        "letters": letter_counts(site.address(A_TO_Z), counts, site.words) if counts else (),
        "articles": tuple(site.cards[entry.path] for entry in articles[:MAX_ARTICLES]),
        "intro_html": "",
        "notices": _notices(site),
        "search_url": absolute(site.config, site.address(SEARCH)) if site.config.search else "",
    }
    intro = site.intros.get(site.home)
    if intro:
        yield introduced(site, site.home, "home.html", intro, data, site.config.title)
        return
    title = site.config.title
    description = site.config.description or site.words(
        "{site}: information on medicines, by name and by question.", site=title
    )
    yield html_page(
        site,
        site.home,
        "home.html",
        title,
        data,
        description=description,
        translations=homes(site),
    )


def _counts(site: Site) -> tuple[Count, ...]:
    counts = [
        Count(kind_label(site, kind), site.address(KINDS[kind][2]), len(entries))
        for kind in KINDS
        if kind != "page" and (entries := site.listed(kind))
    ]
    questions = sum(len(entry.faqs) for entry in site.entries if not entry.not_a_monograph)
    return (
        (*counts, Count(site.words("Questions"), site.address(FAQS), questions))
        if questions
        else tuple(counts)
    )


def _notices(site: Site) -> tuple[str, ...]:
    """What readers should know about all the pages together."""
    texts = site.listed(*MEDICINES, "article")
    approved = sum(entry.review.status == "approved" for entry in texts)
    if approved == len(texts):
        return ()
    if approved:
        notice = site.words.count(
            "{count} of the {total} texts on this site has been approved by a reviewer.",
            "{count} of the {total} texts on this site have been approved by a reviewer.",
            approved,
            total=len(texts),
        )
    else:
        notice = site.words("No text on this site has been approved by a reviewer.")
    return (f"{notice} {site.words('Each page says where its text comes from.')}",)
