"""Medicines by class and by condition: a list of all, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from ..site.addresses import BY_CLASS, BY_CONDITION
from ..site.feeds import class_feed_url, feeds
from ..site.site import Card, Count, Group, Labelled, Site
from . import page_kind
from ._common import MORE_PAGES, evenly_divided, html_page, line_height, pagers, range_label
from .page import Page, PageGroup

_OF_ONE = rf"(?:/[^/]+{MORE_PAGES})?"


@page_kind("classes", BY_CLASS.rstrip("/") + _OF_ONE, in_each_language=True)
def class_pages(site: Site) -> Iterator[Page | PageGroup]:
    """The classes of medicines."""
    title = site.words("Medicines by class")
    text = site.words(
        "A medicine is listed under the classes that its text names. A text that names no class is in "
        "no list here."
    )
    yield from _pages(site, site.classes, BY_CLASS, title, text)


@page_kind("conditions", BY_CONDITION.rstrip("/") + _OF_ONE, in_each_language=True)
def condition_pages(site: Site) -> Iterator[Page | PageGroup]:
    """The conditions that medicines are used for."""
    title = site.words("Medicines by condition")
    text = site.words(
        "A medicine is listed where its text names the condition as one of its uses. Other medicines "
        "may be used for it too. Which one is right for you is for a doctor or pharmacist to say."
    )
    yield from _pages(site, site.conditions, BY_CONDITION, title, text)


def _pages(
    site: Site, groups: Sequence[Group], path: str, title: str, text: str
) -> Iterator[Page | PageGroup]:
    if not groups:
        return
    top = Labelled(title, site.address(path))
    name = site.config.title
    description = site.words("{title} on {site}.", title=title, site=name)
    counts = tuple(Count(group.name, group.url, len(group.paths)) for group in groups)
    feed_urls = {feed.url for feed in feeds(site)} if path == BY_CLASS else set()
    yield html_page(
        site,
        top.url,
        "groups.html",
        title,
        {"groups": counts, "text": text},
        description=description,
    )
    for group in groups:
        cards = [site.links[path] for path in group.paths]
        feed = class_feed_url(site, group)
        feed = feed if feed in feed_urls else ""
        yield PageGroup(
            group.url,
            (group.name, cards, feed),
            partial(_group_pages, site, group, cards, top, text, feed),
        )


def _group_pages(
    site: Site, group: Group, cards: Sequence[Card], top: Labelled, text: str, feed: str
) -> Iterator[Page]:
    """The pages of one class or condition. `top` is the page with all; `feed` is the site path of
    its feed, '' for none."""
    chunks = evenly_divided(cards, [line_height(card.title) for card in cards])
    ranges = [range_label([card.title for card in chunk]) for chunk in chunks]
    for (url, pager), chunk in zip(pagers(group.url, ranges), chunks, strict=True):
        label = group.name
        if pager.number > 1:
            label = site.words("{title}, page {number}", title=label, number=pager.number)
        data = {"text": text, "cards": chunk, "total": len(cards), "pager": pager}
        if feed:
            data["feed"] = feed
        yield html_page(
            site,
            url,
            "group.html",
            label,
            data,
            description=site.words(
                "{title}: {name}. On {site}.", title=top.label, name=label, site=site.config.title
            ),
            parents=(top,),
        )
