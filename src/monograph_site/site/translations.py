"""Which pages are one text in several languages, and which translations are older than it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from posixpath import dirname, join, normpath

from msgspec import Struct, field

from ..config import Config
from ..model.finding import Finding
from .entry import Entry
from .findings import DUPLICATE_TRANSLATION, OUTDATED_TRANSLATION, UNKNOWN_TRANSLATION
from .site import Outdated, Translation


class Translations(Struct):
    """The translations of a site, by content path. Pages in one language only have none."""

    by_path: dict[str, tuple[Translation, ...]] = field(default_factory=dict)
    """All pages of the same text, the page itself among them, in the order of the languages."""
    outdated: dict[str, Outdated] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def find_translations(entries: Sequence[Entry], config: Config) -> Translations:
    """The translations among entries, which come sorted by path.

    A page is a translation of what its `translation_of` names; where it names nothing, of the file
    with the same path but for the language (`drugs/x.md`, `drugs/x.es.md`, `es/drugs/x.md`).
    """
    result = Translations()
    if not config.languages:
        return result
    finder = _Originals(entries, config)
    groups: dict[str, dict[str, Entry]] = {}
    for entry in sorted(entries, key=lambda entry: bool(entry.edition)):  # originals come first
        group = groups.setdefault(finder.root_of(entry), {})
        first = group.setdefault(entry.edition, entry)
        if first is not entry:
            result.findings.append(_duplicate(entry, first))
    result.findings += finder.findings
    order = {edition: number for number, edition in enumerate(("", *config.languages))}
    for group in groups.values():
        if len(group) > 1:
            _add_group(result, sorted(group.values(), key=lambda e: order[e.edition]), config)
    return result


class _Originals:
    """Finds the original of each entry."""

    def __init__(self, entries: Sequence[Entry], config: Config) -> None:
        self._config = config
        self._by_path = {entry.path: entry for entry in entries}
        self._by_slug: dict[tuple[str, str, str], Entry] = {}
        self._by_stem: dict[str, Entry] = {}
        for entry in sorted(entries, key=lambda entry: bool(entry.edition)):
            for slug in (entry.slug, entry.id):
                self._by_slug.setdefault((entry.namespace, entry.kind, slug.casefold()), entry)
            self._by_stem.setdefault(config.split_path(entry.path)[1], entry)
        self.findings: list[Finding] = []

    def root_of(self, entry: Entry) -> str:
        """The path of the text that an entry translates, or is."""
        seen = {entry.path}
        while original := self._original_of(entry):
            if original.path in seen:  # two that name each other
                return min(seen)
            seen.add(original.path)
            entry = original
        return entry.path

    def _original_of(self, entry: Entry) -> Entry | None:
        if entry.translation_of:
            return self._named(entry)
        other = self._by_stem.get(self._config.split_path(entry.path)[1])
        return other if other and other.edition != entry.edition and entry.edition else None

    def _named(self, entry: Entry) -> Entry | None:
        name = entry.translation_of
        original = self._by_slug.get((entry.namespace, entry.kind, name.strip("/").casefold()))
        for path in (normpath(join(dirname(entry.path), name)), name.lstrip("/")):
            original = original or self._by_path.get(path)
        if original is not None and original.edition != entry.edition:
            return original
        message = (
            f"'translation_of' names {name!r}, which is not a page in another language.\n"
            "Write the slug or the file of the original."
        )
        finding = UNKNOWN_TRANSLATION.at(entry.path, entry.at("translation"), message, len(name))
        if finding not in self.findings:
            self.findings.append(finding)
        return None


def _add_group(result: Translations, group: Sequence[Entry], config: Config) -> None:
    pages = tuple(Translation(entry.edition or config.language, entry.url) for entry in group)
    original, *translations = group
    changed = _last_change(original)
    for entry in group:
        result.by_path[entry.path] = pages
    for entry in translations:
        own = _last_change(entry)
        if own and own < changed:
            result.outdated[entry.path] = Outdated(changed, original.url)
            message = (
                f"The original {original.path!r} was changed on {changed}, this translation on {own}."
                "\nTranslate what has changed, and state the new date."
            )
            place = entry.places.get("changed") or entry.at("created")
            result.findings.append(OUTDATED_TRANSLATION.at(entry.path, place, message))


def _last_change(entry: Entry) -> str:
    """The last day on which an author or reviewer states to have worked on a text."""
    dates = entry.dates
    return max(dates.changed[:10], dates.created[:10], entry.review.on[:10])


def _duplicate(entry: Entry, first: Entry) -> Finding:
    message = (
        f"{first.path!r} is the same text in the same language.\n"
        "Remove one of the files, or correct its 'translation_of'."
    )
    return DUPLICATE_TRANSLATION.at(entry.path, entry.at("translation"), message)


def missing_translations(
    entries: Iterable[Entry], by_path: Mapping[str, Sequence[Translation]], config: Config
) -> Iterator[tuple[Entry, list[str]]]:
    """The texts that are not in every language of the site, each with the languages it is not in."""
    wanted = [language for language in config.languages if config.edition_of(language)]
    for entry in entries:
        if not entry.edition and not entry.not_a_monograph:
            present = {page.language for page in by_path.get(entry.path, ())}
            if missing := [language for language in wanted if language not in present]:
                yield entry, missing
