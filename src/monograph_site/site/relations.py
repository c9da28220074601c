"""What contains what: ingredients, combinations and brands, matched by stated slug or by name, and
linked both ways."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from operator import attrgetter

from msgspec import Struct, field

from ..model.finding import Finding
from ..model.strings import squash
from ..regex import regex
from .entry import Entry
from .findings import UNKNOWN_REFERENCE

MIN_SIMILARITY = 80
"""Of 100: how similar a slug must be to one that exists to be offered in its place."""
_PLUS = regex(r"\s+\+\s+")
_BRACKETS = regex(r"\s*[(\[][^()\[\]]*[)\]]\s*$")


class Relations(Struct):
    """What each content path is related to. Lists are in the order of the entries."""

    ingredients: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Names, each with the path of the drug; '' where it has no page."""
    combinations: dict[str, list[str]] = field(default_factory=dict)
    """Combinations that contain a drug."""
    brands: dict[str, list[str]] = field(default_factory=dict)
    """Brands that contain a drug or combination."""
    generic: dict[str, str] = field(default_factory=dict)
    """The drug or combination that a brand contains."""
    interactions: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Substances of interactions that have a page, each with the path of the drug, combination or
    brand."""
    unbuilt: frozenset[str] = frozenset()
    """Slugs of files that become no page because of an error, in lower case. A reference to one of
    them is not wrong."""
    findings: list[Finding] = field(default_factory=list)


def title_parts(title: str) -> list[str]:
    """The ingredients that a combination's title names; empty where it names none."""
    parts = [part.strip() for part in _PLUS.split(title)]
    if len(parts) < 2:
        parts = [part.strip() for part in title.split("+")]
    return [part for part in parts if part] if len(parts) > 1 else []


def without_brackets(name: str) -> str:
    """A name without the brackets at its end. The words of a salt are kept: salts are different
    substances."""
    return _BRACKETS.sub("", name) if ")" in name or "]" in name else name


def find_relations(entries: Sequence[Entry], unbuilt: frozenset[str] = frozenset()) -> Relations:
    """The relations between entries, which come sorted by path (`unbuilt`: see `Relations`)."""
    relations = Relations(unbuilt=unbuilt)
    drugs = _DrugIndex([entry for entry in entries if entry.kind == "drug"])
    combinations = _SlugIndex([entry for entry in entries if entry.kind == "combination"])
    for entry in entries:
        _add_ingredients(entry, drugs, relations)
    by_ingredients = _combinations_by_ingredients(entries, relations)
    brands = [entry for entry in entries if entry.kind == "brand"]
    for brand in brands:
        target = _generic_of(brand, drugs.slugs, combinations, by_ingredients, relations)
        if target:
            relations.generic[brand.path] = target
    _add_brands_named_by_generics(entries, brands, relations)
    _add_reverse_links(entries, relations)
    _add_interactions(entries, drugs, relations)
    return relations


class _SlugIndex:
    """Entries by slug and id, in one namespace and language, and in all. A file that is no monograph is found
    only where no other has that slug."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = sorted(entries, key=attrgetter("not_a_monograph"))

    @cached_property
    def _paths(self) -> tuple[dict[tuple[str, str], str], dict[str, str]]:
        """Content paths by scope and slug, and by slug alone. Many sites state no slugs."""
        in_scope: dict[tuple[str, str], str] = {}
        anywhere: dict[str, str] = {}
        for value in (attrgetter("slug"), attrgetter("id")):
            for entry in self._entries:
                key = value(entry).casefold()
                in_scope.setdefault((entry.scope, key), entry.path)
                anywhere.setdefault(key, entry.path)
        return in_scope, anywhere

    def find(self, scope: str, slug: str) -> str:
        """The path of the entry with a slug, in the scope (`Entry.scope`) first, then anywhere; '' for none."""
        key = slug.strip().strip("/").rpartition("/")[2].casefold()
        if not key:
            return ""
        in_scope, anywhere = self._paths
        return in_scope.get((scope, key)) or anywhere.get(key, "")

    def suggestion(self, slug: str) -> str:
        """What to do about a slug that no entry has: the most similar one, where there is one."""
        from rapidfuzz import process  # only a slug that leads nowhere needs it

        best = process.extractOne(slug, self._paths[1].keys(), score_cutoff=MIN_SIMILARITY)
        if best:
            return f"Did you mean {best[0]!r}?"
        return "Write the file name of its page, without .md."


class _DrugIndex:
    """Drugs by title, generic name and title without brackets, in one namespace and language, and in all."""

    def __init__(self, drugs: Sequence[Entry]) -> None:
        self.slugs = _SlugIndex(drugs)
        self._in_scope: dict[tuple[str, str], str] = {}
        self._anywhere: dict[str, str] = {}
        self._results: dict[tuple[str, str], str] = {}
        for not_a_monograph in (False, True):
            group = [drug for drug in drugs if drug.not_a_monograph == not_a_monograph]
            self._add((drug, drug.title) for drug in group)
            self._add(
                (drug, name.text) for drug in group for name in drug.names if name.role == "generic"
            )
            without = ((drug, without_brackets(drug.title)) for drug in group)
            self._add(_unshared((drug, name) for drug, name in without if name != drug.title))

    def _add(self, named: Iterable[tuple[Entry, str]]) -> None:
        for drug, name in named:
            key = squash(name)
            if key:
                self._in_scope.setdefault((drug.scope, key), drug.path)
                self._anywhere.setdefault(key, drug.path)

    def find(self, scope: str, name: str) -> str:
        """The path of the drug with a name, in the scope (`Entry.scope`) first, then anywhere; '' for none."""
        query = (scope, name)
        if query not in self._results:
            self._results[query] = self._find(scope, name)
        return self._results[query]

    def _find(self, scope: str, name: str) -> str:
        keys = [key for key in dict.fromkeys((squash(name), squash(without_brackets(name)))) if key]
        in_scope = (self._in_scope.get((scope, key)) for key in keys)
        anywhere = (self._anywhere.get(key) for key in keys)
        return next((path for path in (*in_scope, *anywhere) if path), "")


def _unshared(named: Iterable[tuple[Entry, str]]) -> list[tuple[Entry, str]]:
    """Those whose name no other of these drugs has, in its scope: 'X (oral)' and 'X (skin)' are not
    both 'X'."""
    by_name: dict[tuple[str, str], list[tuple[Entry, str]]] = {}
    for drug, name in named:
        by_name.setdefault((drug.scope, squash(name)), []).append((drug, name))
    return [group[0] for group in by_name.values() if len(group) == 1]


def _add_ingredients(entry: Entry, drugs: _DrugIndex, relations: Relations) -> None:
    """The ingredients an entry states, then those of its title that are not among them."""
    ingredients: list[tuple[str, str]] = []
    for stated in entry.ingredients:
        path = drugs.slugs.find(entry.scope, stated.ref) if stated.ref else ""
        if stated.ref and not path:
            _add_unknown_reference(relations, entry, "ingredient", stated.ref, drugs.slugs)
        path = path or drugs.find(entry.scope, stated.name)
        ingredients.append((stated.name or stated.ref, "" if path == entry.path else path))
    parts = title_parts(entry.title) if entry.kind == "combination" else []
    if len(parts) > len(ingredients):
        names = {squash(name) for name, _ in ingredients}
        paths = {path for _, path in ingredients if path}
        for part in parts:
            path = drugs.find(entry.scope, part)
            if squash(part) not in names and path not in paths:
                ingredients.append((part, path))
    if ingredients:
        relations.ingredients[entry.path] = ingredients


def _combinations_by_ingredients(
    entries: Iterable[Entry], relations: Relations
) -> dict[tuple[str, frozenset[str]], str]:
    """Combinations by scope and exact set of ingredients, where all ingredients have pages."""
    by_ingredients: dict[tuple[str, frozenset[str]], str] = {}
    for entry in entries:
        if entry.kind == "combination" and not entry.not_a_monograph:
            paths = [path for _, path in relations.ingredients.get(entry.path, ())]
            if paths and all(paths):
                by_ingredients.setdefault((entry.scope, frozenset(paths)), entry.path)
    return by_ingredients


def _generic_of(
    brand: Entry,
    drugs: _SlugIndex,
    combinations: _SlugIndex,
    by_ingredients: dict[tuple[str, frozenset[str]], str],
    relations: Relations,
) -> str:
    """What a brand contains: what it states, else the drug or combination with exactly its
    ingredients; '' for neither."""
    product = brand.product
    targets = []
    for slug, index, kind in (
        (product.combination_slug, combinations, "combination"),
        (product.generic_slug, drugs, "drug"),
    ):
        path = index.find(brand.scope, slug) if slug else ""
        if slug and not path:
            _add_unknown_reference(relations, brand, kind, slug, index)
        targets.append(path)
    if any(targets):
        return next(path for path in targets if path)
    paths = [path for _, path in relations.ingredients.get(brand.path, ())]
    if len(paths) == 1:
        return paths[0]
    if not paths or not all(paths):
        return ""
    return by_ingredients.get((brand.scope, frozenset(paths)), "")


def _add_brands_named_by_generics(
    entries: Iterable[Entry], brands: Iterable[Entry], relations: Relations
) -> None:
    """Where a brand does not say what it contains, the drug or combination that names the brand."""
    unmatched: dict[tuple[str, str], str] = {}
    for brand in brands:
        if brand.path not in relations.generic:
            for name in (brand.title, brand.slug):
                unmatched.setdefault((brand.scope, squash(name)), brand.path)
    if not unmatched:
        return
    for entry in entries:
        if entry.kind in ("drug", "combination"):
            brand_names = (name.text for name in entry.names if name.role == "brand")
            for text in brand_names:
                path = unmatched.get((entry.scope, squash(text)))
                if path:
                    relations.generic.setdefault(path, entry.path)


def _add_reverse_links(entries: Iterable[Entry], relations: Relations) -> None:
    """From a drug to its combinations, and from a drug or combination to its brands, in its own
    language. Files that are no monographs are left out."""
    entries = tuple(entries)
    edition_of = {entry.path: entry.edition for entry in entries}
    for entry in entries:
        if entry.not_a_monograph:
            continue
        if entry.kind == "combination":
            paths = (path for _, path in relations.ingredients.get(entry.path, ()) if path)
            for path in dict.fromkeys(paths):
                if edition_of[path] != entry.edition:
                    continue
                relations.combinations.setdefault(path, []).append(entry.path)
        elif entry.kind == "brand":
            generic = relations.generic.get(entry.path)
            if generic and edition_of[generic] == entry.edition:
                relations.brands.setdefault(generic, []).append(entry.path)


def _add_interactions(entries: Sequence[Entry], drugs: _DrugIndex, relations: Relations) -> None:
    """The pages of the substances that entries interact with."""
    stating = [entry for entry in entries if entry.interactions]
    if not stating:
        return
    others = _DrugIndex([entry for entry in entries if entry.kind in ("combination", "brand")])
    for entry in stating:
        pairs = (
            (name, drugs.find(entry.scope, name) or others.find(entry.scope, name))
            for name in entry.interactions
        )
        relations.interactions[entry.path] = [
            (name, path) for name, path in pairs if path and path != entry.path
        ]


def _add_unknown_reference(
    relations: Relations, entry: Entry, kind: str, slug: str, index: _SlugIndex
) -> None:
    if slug.casefold() in relations.unbuilt:
        return
    message = f"There is no {kind} with the slug {slug!r}.\n{index.suggestion(slug)}"
    relations.findings.append(
        UNKNOWN_REFERENCE.at(entry.path, entry.at(f"{kind}:{slug}"), message, len(slug))
    )
