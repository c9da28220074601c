"""The front page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from ..model.words import mark
from ..site.addresses import A_TO_Z, BY_CLASS, BY_CONDITION, FAQS, KINDS, SEARCH, absolute
from ..site.changes import day_changed, indexed_entries, newest
from ..site.menu import kind_label, letter_counts
from ..site.site import MEDICINES, Card, Count, Group, Site
from . import page_kind
from ._common import homes, html_page, introduced
from .page import Page

MAX_ARTICLES = 12
"""Articles on the front page; the listing has all of them."""
MAX_UPDATED = 8
MAX_GROUPS = 16


class Updated(Struct, frozen=True):
    """A page, and the ISO date of its last change."""

    card: Card
    day: str


class Groups(Struct, frozen=True):
    """Some classes or conditions, and the number of all."""

    items: tuple[Count, ...]
    count: int


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
        "updated": _updated(site),
        "classes": _largest(site.classes),
        "conditions": _largest(site.conditions),
        "search_url": absolute(site.config, site.address(SEARCH)) if site.config.search else "",
    }
    title = site.config.title
    description = site.config.description or site.words(
        "{site}: information on medicines, by name and by question.", site=title
    )
    intro = site.intros.get(site.home)
    if intro:
        yield introduced(site, site.home, "home.html", intro, data, title, description)
        return
    yield html_page(
        site,
        site.home,
        "home.html",
        title,
        data,
        description=description,
        translations=homes(site),
    )


def _updated(site: Site) -> tuple[Updated, ...]:
    """The pages that changed last, by the dates that their authors state; none where all state one
    date, which then says nothing of a single page."""
    dated = [(day_changed(entry.dates), entry) for entry in indexed_entries(site)]
    if len({day for day, _ in dated if day}) < 2:
        return ()
    latest = newest(dated, MAX_UPDATED, site.config.language)
    return tuple(Updated(site.links[entry.path], day) for day, entry in latest)


def _largest(groups: Sequence[Group]) -> Groups:
    """The groups with the most medicines, by name."""
    largest = sorted(groups, key=lambda group: -len(group.paths))[:MAX_GROUPS]
    counts = tuple(
        Count(group.name, group.url, len(group.paths)) for group in groups if group in largest
    )
    return Groups(counts, len(groups))


def _counts(site: Site) -> tuple[Count, ...]:
    counts = [
        Count(kind_label(site, kind), site.address(KINDS[kind][2]), len(entries))
        for kind in KINDS
        if kind != "page" and (entries := site.listed(kind))
    ]
    counts += [
        Count(site.words(label), site.address(path), len(groups))
        for label, path, groups in (
            (mark("Classes"), BY_CLASS, site.classes),
            (mark("Conditions"), BY_CONDITION, site.conditions),
        )
        if groups
    ]
    questions = sum(entry.faq_count for entry in site.entries if not entry.not_a_monograph)
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
