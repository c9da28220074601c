"""What a page says of others: the same class, look-alike names, articles, the same ingredient."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any
from urllib.parse import unquote

from msgspec.structs import replace

from ..config.addresses import site_target
from ..model.classification import ATC_GROUP_LENGTH, name_key
from ..model.strings import fold, sort_key, words
from .addresses import CONTAINING
from .entry import Entry
from .groups import class_groups, condition_groups
from .look_alikes import look_alikes
from .relations import without_brackets
from .site import MAX_RELATED_LINKS, UNRELATED, Card, Count, Group, Link, Related, Site

MAX_NAME_WORDS = 4
"""Words of a name that is looked for in the titles of articles."""
MIN_NAME_LENGTH = 4
"""Letters of such a name: shorter ones are words too (`Zinc` is one, `ACE` is not)."""


def with_related_pages(site: Site) -> Site:
    """The site with its classes and conditions, and with all that its pages say of others."""
    site = site.with_parts(classes=class_groups(site), conditions=condition_groups(site))
    classes = {group.key: group for group in site.classes}
    conditions = {group.key: group for group in site.conditions}
    by_name = _by_name(site)
    articles = _articles(site)
    paths = {entry.url: entry.path for entry in site.entries}
    related = dict(site.related)
    for entry in site.medicines:
        own = related.get(entry.path, UNRELATED)
        more: dict[str, Any] = {}
        if entry.classes or entry.atc or entry.conditions:
            more = _of_groups(site, entry, classes, conditions)
        if names := look_alikes().get(fold(without_brackets(entry.title))):
            same = (path for name in names for path in by_name.get(name, ()))
            more["look_alikes"] = _cards(site, same)
        if entry.path in articles:
            more["articles"] = _cards(site, articles[entry.path])
        if own.ingredients:
            more["containing"] = tuple(_containing(site, own, paths))
        if any(more.values()):
            related[entry.path] = replace(own, **more)
    return site.with_parts(related=related)


def containing_url(site: Site, entry: Entry | Card) -> str:
    """The site path of the page that lists all medicines with an ingredient."""
    return site.address(CONTAINING + entry.url.removeprefix(site.home).lstrip("/"))


def has_containing_page(related: Related) -> bool:
    """Whether more medicines contain an ingredient than its own page lists."""
    return max(len(related.combinations), len(related.brands)) > MAX_RELATED_LINKS


def _of_groups(
    site: Site, entry: Entry, classes: Mapping[str, Group], conditions: Mapping[str, Group]
) -> dict[str, Any]:
    stated = [(name, classes.get(name_key(name))) for name in entry.classes]
    codes = dict.fromkeys(code[:ATC_GROUP_LENGTH] for code in entry.atc)
    stated += [(classes[code].name, classes[code]) for code in codes if code in classes]
    of_entry = [group for _, group in stated if group]
    links: dict[str, Any] = {
        "classes": tuple(Link(name, group.url if group else None) for name, group in stated),
        "conditions": tuple(
            Link(name, group.url if (group := conditions.get(name_key(name))) else None)
            for name in entry.conditions
        ),
    }
    if of_entry:
        smallest = min(of_entry, key=lambda group: (len(group.paths), group.url))
        others = (path for path in smallest.paths if path != entry.path)
        shown = islice(others, MAX_RELATED_LINKS)  # a class may have thousands of members
        links["same_class"] = tuple(site.links[path] for path in shown)
        links["class_page"] = Count(smallest.name, smallest.url, len(smallest.paths))
    return links


def _by_name(site: Site) -> dict[str, list[str]]:
    """The paths of the medicines by their titles in lower case, without brackets."""
    by_name: dict[str, list[str]] = {}
    for entry in site.medicines:
        if entry.kind != "combination":
            by_name.setdefault(fold(without_brackets(entry.title)), []).append(entry.path)
    return by_name


def _cards(site: Site, paths: Iterable[str]) -> tuple[Card, ...]:
    """Short cards by title, each once."""
    language = site.config.language
    cards = (site.links[path] for path in dict.fromkeys(paths) if path in site.links)
    return tuple(sorted(cards, key=lambda card: (sort_key(card.title, language), card.path)))


def _containing(site: Site, related: Related, paths: Mapping[str, str]) -> Iterator[Count]:
    for link in related.ingredients:
        path = paths.get(link.url or "", "")
        of_ingredient = site.related.get(path, UNRELATED)
        if path and has_containing_page(of_ingredient):
            count = len(of_ingredient.combinations) + len(of_ingredient.brands)
            yield Count(link.title, containing_url(site, site.links[path]), count)


def _articles(site: Site) -> dict[str, list[str]]:
    """The paths of the articles about each medicine, by its path."""
    articles = site.listed("article")
    about: dict[str, list[str]] = {}
    if articles:
        names = _names_to_look_for(site)
        paths = {entry.url: entry.path for entry in site.entries}
        for article in articles:
            for path in {*_named_in_title(article, names), *_linked(site, article, paths)}:
                about.setdefault(path, []).append(article.path)
    return about


def _names_to_look_for(site: Site) -> dict[tuple[str, ...], list[str]]:
    """The paths of the medicines by the words of each of their names."""
    names: dict[tuple[str, ...], list[str]] = {}
    for entry in site.medicines:
        stated = (name.text for name in entry.names if name.role != "misspelling")
        for name in (entry.title, *stated):
            if len(name) >= MIN_NAME_LENGTH:
                names.setdefault(tuple(words(name)[: MAX_NAME_WORDS + 1]), []).append(entry.path)
    return names


def _named_in_title(
    article: Entry, names: Mapping[tuple[str, ...], Iterable[str]]
) -> Iterator[str]:
    title = words(article.title)
    for start in range(len(title)):
        for count in range(1, MAX_NAME_WORDS + 1):
            yield from names.get(tuple(title[start : start + count]), ())


def _linked(site: Site, article: Entry, paths: Mapping[str, str]) -> Iterator[str]:
    """The paths of the pages that an article links to."""
    base = site.config.base_path
    resolved = [address for _, address in site.related.get(article.path, UNRELATED).addresses]
    urls = ["/" + unquote(address.partition("#")[0]).removeprefix(base) for address in resolved]
    for link in article.facts.links:
        try:
            place = site_target(link.target, article.path, article.url, site.config)
        except ValueError:
            continue
        if place:
            urls.append(place[0])
    return (paths[url] for url in urls if url in paths)
