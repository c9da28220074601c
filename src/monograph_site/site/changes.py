"""When texts were published and changed, as their authors state it; the time stamps of imports, files
and builds say nothing about that."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.monograph import Dates
from ..model.strings import sort_key
from ..regex import regex
from .entry import Entry
from .reviews import is_unindexed
from .site import Site

_DAY = regex(r"\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


def day_published(dates: Dates) -> str:
    """The ISO date on which a text was published or, failing that, written; '' where neither is
    stated."""
    return _day(dates.publish_from) or _day(dates.created)


def day_changed(dates: Dates) -> str:
    """The ISO date of the last change of a text, which for a new one is that of its publication; ''
    where neither is stated."""
    return max(_day(dates.changed), day_published(dates))


def _day(stated: str) -> str:
    match = _DAY.match(stated) if stated else None
    return match[0] if match else ""


def newest(
    entries: Iterable[tuple[str, Entry]], count: int, language: str
) -> list[tuple[str, Entry]]:
    """Of entries with a date each, the `count` latest; those of one day are in the order of their
    titles, those without a date are left out."""
    dated = sorted((item for item in entries if item[0]), key=lambda item: item[0], reverse=True)
    if len(dated) > count:
        last_day = dated[count - 1][0]
        dated = [item for item in dated if item[0] >= last_day]
    dated.sort(key=lambda item: (sort_key(item[1].title, language), item[1].path))
    return sorted(dated, key=lambda item: item[0], reverse=True)[:count]


def indexed_entries(site: Site) -> list[Entry]:
    """The entries that search engines may list."""
    return [entry for entry in site.entries if not is_unindexed(entry, site.config)]
