"""What contains what: ingredients, combinations and brands, found by stated slug or by name, and
linked both ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import process

from ..model.finding import Finding
from ..model.strings import squash
from .findings import UNKNOWN_REFERENCE
from .site import Entry

_PLUS = re.compile(r"\s+\+\s+")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")


@dataclass(slots=True)
class Relations:
    """Paths related to a path. Lists are in the order of the entries they were found in."""

    ingredients: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Names with the path of the drug, or ''."""
    combinations: dict[str, list[str]] = field(default_factory=dict)
    brands: dict[str, list[str]] = field(default_factory=dict)
    generic: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def title_parts(title: str) -> list[str]:
    """The ingredients that a combination's title names; empty where it names none."""
    parts = [part.strip() for part in _PLUS.split(title)]
    if len(parts) < 2:
        parts = [part.strip() for part in title.split("+")]
    return [part for part in parts if part] if len(parts) > 1 else []


def without_brackets(name: str) -> str:
    """A name without what stands in brackets at its end. Salt words stay: salts are different
    substances."""
    return _BRACKETS.sub("", name)


def relate(entries: Sequence[Entry]) -> Relations:
    """Find what belongs together among the entries, which are in the order of their paths."""
    found = Relations()
    drugs = _Drugs([entry for entry in entries if entry.kind == "drug"])
    combinations = _Slugs([entry for entry in entries if entry.kind == "combination"])
    for entry in entries:
        if entry.kind != "page":
            _contents(entry, drugs, found)
    whole = _by_contents(entries, found)
    brands = [entry for entry in entries if entry.kind == "brand"]
    for entry in brands:
        target = _generic(entry, drugs.slugs, combinations, whole, found)
        if target:
            found.generic[entry.path] = target
    _stated_brands(entries, brands, found)
    _turn_round(entries, found)
    return found


class _Slugs:
    """Entries by slug and id: in the namespace of who asks first, then anywhere. Sound entries go
    before rejected."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._here: dict[tuple[str, str], str] = {}
        self._anywhere: dict[str, str] = {}
        sound_first = sorted(entries, key=lambda entry: entry.not_a_monograph)
        for value in (lambda entry: entry.slug, lambda entry: entry.id):
            self._fill(sound_first, value)

    def _fill(self, entries: Iterable[Entry], value: Callable[[Entry], str]) -> None:
        for entry in entries:
            key = value(entry).casefold()
            self._here.setdefault((entry.namespace, key), entry.path)
            self._anywhere.setdefault(key, entry.path)

    def find(self, namespace: str, slug: str) -> str:
        """The path of the entry, or ''."""
        key = slug.strip().strip("/").rpartition("/")[2].casefold()
        return (self._here.get((namespace, key)) or self._anywhere.get(key, "")) if key else ""

    def nearest(self, slug: str) -> str:
        """What to do about a slug that nothing has: the one that is much like it, where there is
        one."""
        best = process.extractOne(slug, self._anywhere.keys(), score_cutoff=80)
        return (
            f"Did you mean {best[0]!r}?"
            if best
            else "Write the file name of its page, without .md."
        )


class _Drugs:
    """Drugs by name: title, generic name, title without brackets; in the namespace of who asks,
    then anywhere."""

    def __init__(self, drugs: Sequence[Entry]) -> None:
        self.slugs = _Slugs(drugs)
        self._here: dict[tuple[str, str], str] = {}
        self._anywhere: dict[str, str] = {}
        self._known: dict[tuple[str, str], str] = {}
        for not_a_monograph in (False, True):
            some = [drug for drug in drugs if drug.not_a_monograph == not_a_monograph]
            self._fill((drug, drug.title) for drug in some)
            self._fill(
                (drug, name.text) for drug in some for name in drug.names if name.role == "generic"
            )
            self._fill(_only_ones((drug, without_brackets(drug.title)) for drug in some))

    def _fill(self, named: Iterable[tuple[Entry, str]]) -> None:
        for drug, name in named:
            key = squash(name)
            if key:
                self._here.setdefault((drug.namespace, key), drug.path)
                self._anywhere.setdefault(key, drug.path)

    def find(self, namespace: str, name: str) -> str:
        """The path of the drug a name means, or ''."""
        asked = (namespace, name)
        if asked not in self._known:
            self._known[asked] = self._find(namespace, name)
        return self._known[asked]

    def _find(self, namespace: str, name: str) -> str:
        keys = [key for key in dict.fromkeys((squash(name), squash(without_brackets(name)))) if key]
        here = (self._here.get((namespace, key)) for key in keys)
        anywhere = (self._anywhere.get(key) for key in keys)
        return next((path for path in (*here, *anywhere) if path), "")


def _only_ones(named: Iterable[tuple[Entry, str]]) -> list[tuple[Entry, str]]:
    """Those whose name no other drug of the namespace shares: 'X (oral)' and 'X (skin)' are not
    both 'X'."""
    by_name: dict[tuple[str, str], list[tuple[Entry, str]]] = {}
    for drug, name in named:
        by_name.setdefault((drug.namespace, squash(name)), []).append((drug, name))
    return [group[0] for group in by_name.values() if len(group) == 1]


def _contents(entry: Entry, drugs: _Drugs, found: Relations) -> None:
    """The ingredients of an entry: those stated, and those of its title that are not among them."""
    contents: list[tuple[str, str]] = []
    for stated in entry.ingredients:
        path = drugs.slugs.find(entry.namespace, stated.ref) if stated.ref else ""
        if stated.ref and not path:
            found.findings.append(_unknown(entry, "ingredient", stated.ref, drugs.slugs))
        path = path or drugs.find(entry.namespace, stated.name)
        contents.append((stated.name or stated.ref, "" if path == entry.path else path))
    parts = title_parts(entry.title) if entry.kind == "combination" else []
    if len(parts) > len(contents):
        names = {squash(name) for name, _ in contents}
        paths = {path for _, path in contents if path}
        for part in parts:
            path = drugs.find(entry.namespace, part)
            if squash(part) not in names and path not in paths:
                contents.append((part, path))
    if contents:
        found.ingredients[entry.path] = contents


def _by_contents(
    entries: Iterable[Entry], found: Relations
) -> dict[tuple[str, frozenset[str]], str]:
    """Combinations by namespace and exactly what they contain, where all of that has pages."""
    whole: dict[tuple[str, frozenset[str]], str] = {}
    for entry in entries:
        if entry.kind == "combination" and not entry.not_a_monograph:
            paths = [path for _, path in found.ingredients.get(entry.path, ())]
            if paths and all(paths):
                whole.setdefault((entry.namespace, frozenset(paths)), entry.path)
    return whole


def _generic(
    brand: Entry,
    drugs: _Slugs,
    combinations: _Slugs,
    whole: dict[tuple[str, frozenset[str]], str],
    found: Relations,
) -> str:
    """What a brand contains: as stated, else the drug or the combination with exactly its
    ingredients."""
    product = brand.product
    stated = (
        (product.combination_slug, combinations, "combination"),
        (product.generic_slug, drugs, "drug"),
    )
    targets = []
    for slug, table, what in stated:
        path = table.find(brand.namespace, slug) if slug else ""
        if slug and not path:
            found.findings.append(_unknown(brand, what, slug, table))
        targets.append(path)
    if any(targets):
        return next(path for path in targets if path)
    paths = [path for _, path in found.ingredients.get(brand.path, ())]
    if len(paths) == 1:
        return paths[0]
    return whole.get((brand.namespace, frozenset(paths)), "") if paths and all(paths) else ""


def _stated_brands(entries: Iterable[Entry], brands: Iterable[Entry], found: Relations) -> None:
    """A drug or combination that states a brand's name is what the brand contains, where the brand
    says nothing."""
    silent: dict[tuple[str, str], str] = {}
    for brand in brands:
        if brand.path not in found.generic:
            for own in (brand.title, brand.slug):
                silent.setdefault((brand.namespace, squash(own)), brand.path)
    if not silent:
        return
    for entry in entries:
        if entry.kind in ("drug", "combination"):
            for name in entry.names:
                path = (
                    silent.get((entry.namespace, squash(name.text)))
                    if name.role == "brand"
                    else None
                )
                if path:
                    found.generic.setdefault(path, entry.path)


def _turn_round(entries: Iterable[Entry], found: Relations) -> None:
    """The same links from the other end: drug to combinations, drug or combination to brands.
    Rejected ones are out."""
    for entry in entries:
        if entry.not_a_monograph:
            continue
        if entry.kind == "combination":
            for path in dict.fromkeys(
                path for _, path in found.ingredients.get(entry.path, ()) if path
            ):
                found.combinations.setdefault(path, []).append(entry.path)
        elif entry.kind == "brand" and entry.path in found.generic:
            found.brands.setdefault(found.generic[entry.path], []).append(entry.path)


def _unknown(entry: Entry, what: str, slug: str, table: _Slugs) -> Finding:
    message = f"The {what} {slug!r} has no page of this slug.\n{table.nearest(slug)}"
    return UNKNOWN_REFERENCE.at(entry.path, entry.at(f"{what}:{slug}"), message, len(slug))
