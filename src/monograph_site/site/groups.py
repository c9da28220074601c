"""Classes of medicines and conditions: which entries each has."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from ..model.classification import ATC_GROUP_LENGTH, name_key, plain_name, usual_spelling
from ..model.strings import anchor_of, sort_key
from .addresses import BY_CLASS, BY_CONDITION
from .entry import Entry
from .site import Group, Site

MIN_MEMBERS = 2
"""Entries of a group that has a page: one with a single entry leads nowhere that its own page does
not."""
ATC_FILE = Path(__file__).with_name("atc.txt")


def class_groups(site: Site) -> tuple[Group, ...]:
    """The classes that entries name, and the groups of the ATC classification that their codes are
    in, by name."""
    stated = _groups(site, lambda entry: entry.classes, BY_CLASS)
    by_code: dict[str, list[Entry]] = {}
    for entry in site.medicines:
        for code in dict.fromkeys(code[:ATC_GROUP_LENGTH] for code in entry.atc):
            if len(code) == ATC_GROUP_LENGTH:
                by_code.setdefault(code, []).append(entry)
    coded = (
        _group(site, code, _atc_name(site, code), f"{BY_CLASS}atc-{code.lower()}/", entries)
        for code, entries in by_code.items()
        if len(entries) >= MIN_MEMBERS
    )
    return _by_name(site, (*stated, *coded))


def condition_groups(site: Site) -> tuple[Group, ...]:
    """The conditions that entries are used for, by name."""
    return _by_name(site, _groups(site, lambda entry: entry.conditions, BY_CONDITION))


def _groups(site: Site, names_of: Callable[[Entry], Iterable[str]], base: str) -> tuple[Group, ...]:
    names: dict[str, list[str]] = {}
    members: dict[str, dict[str, Entry]] = {}
    for entry in site.medicines:
        for name in names_of(entry):
            key = name_key(name)
            names.setdefault(key, []).append(name)
            members.setdefault(key, {})[entry.path] = entry
    return tuple(
        _group(
            site, key, usual_spelling(names[key]), f"{base}{_slug(names[key])}/", of_key.values()
        )
        for key, of_key in members.items()
        if len(of_key) >= MIN_MEMBERS
    )


def _group(site: Site, key: str, name: str, path: str, entries: Iterable[Entry]) -> Group:
    """A group; `entries` come by title."""
    return Group(key, name, site.address(path), tuple(entry.path for entry in entries))


def _slug(names: Iterable[str]) -> str:
    """The address of a group: of its spellings the one in most words, so that it depends little on
    which of them are frequent."""
    slugs = {anchor_of(plain_name(name)) for name in names}
    return min(slugs, key=lambda slug: (-slug.count("-"), slug))


def _by_name(site: Site, groups: Iterable[Group]) -> tuple[Group, ...]:
    language = site.config.language
    return tuple(sorted(groups, key=lambda group: (sort_key(group.name, language), group.url)))


def _atc_name(site: Site, code: str) -> str:
    """`Analgesics (ATC N02)`; in other languages the code alone."""
    is_english = site.config.language.partition("-")[0].lower() == "en"
    name = atc_names().get(code, "") if is_english else ""
    return f"{name} (ATC {code})" if name else f"ATC {code}"


@cache
def atc_names() -> dict[str, str]:
    """The English name of each therapeutic subgroup (second level) of the ATC classification."""
    lines = ATC_FILE.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(" ", 1) for line in lines if line and not line.startswith("#"))
    return {line[0]: line[1] for line in pairs}
