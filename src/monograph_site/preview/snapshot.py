"""A snapshot: one state of the site in memory, which never changes. Its pages are planned when they
are requested."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from ..build.state import cached_template_digests
from ..check.after_policy import ReadSource, findings_after_policy
from ..check.inspect import (
    LINK_RULES,
    Lines,
    findings_across_files,
    findings_on_links,
    with_kept_lines,
)
from ..config.findings import TEMPLATE_FAULT
from ..model.attachment import Attachment
from ..model.excerpt import with_excerpts
from ..model.finding import Finding, ordered
from ..model.source import Source, Span
from ..pages import kinds_at, plan_entry, plan_kind, reserved_addresses
from ..pages.page import Page
from ..render.renderer import syntax_errors
from ..render.theme import Theme, asset_paths
from ..site.audiences import view_urls, whole_url
from ..site.catalogue import card
from ..site.catalogue import site as make_site
from ..site.entry import SHARED_FIELDS, Entry
from ..site.findings import DUPLICATE_TITLE, UNKNOWN_REFERENCE, UNSAFE_ALIAS, URL_COLLISION
from ..site.internal_links import resolve_links
from ..site.site import ALL_PAGES_FIELDS, Site
from .store import FileStore

MAX_REPLACED_ENTRIES = 32
"""Up to this many changed entries are replaced one by one; for more, the whole site is made again.
"""
MAX_REQUESTED_URLS = 10_000
"""Site paths remembered as requested. The limit keeps requests from filling the memory."""


class ListPages:
    """The pages that do not belong to one file. All pages of a kind are planned when one of them is
    requested."""

    def __init__(self, site: Site, requested: Iterable[str] = ()) -> None:
        """`requested` are the site paths that were requested of earlier states."""
        self.requested = set(requested)
        self._site = site
        self._planned: dict[str, dict[str, Page]] = {}

    def page(self, url: str) -> Page | None:
        """The page at an artifact's site path. Two threads may plan the same kind: both get equal
        pages."""
        if len(self.requested) < MAX_REQUESTED_URLS:
            self.requested.add(url)
        for kind in kinds_at(self._site, url):
            if kind not in self._planned:
                self._planned[kind] = {page.url: page for page in plan_kind(self._site, kind)}
            if url in self._planned[kind]:
                return self._planned[kind][url]
        return None


_ALWAYS_FRESH = LINK_RULES | {
    kind.name for kind in (URL_COLLISION, DUPLICATE_TITLE, UNKNOWN_REFERENCE, UNSAFE_ALIAS)
}
"""Findings about several files that follow from the site itself, or are found fast."""


class Snapshot(Struct, frozen=True, dict=True):
    """Everything that answers are made from, until the next change."""

    site: Site
    entries: Mapping[str, Entry]
    """Every loaded file as it is now, by path. `site` has the entries that are shown."""
    theme: Theme
    templates: Mapping[str, str]
    """See `renderer.template_digests`."""
    code: str
    """Digest of this program."""
    positions: Mapping[str, int]
    """The index in `site.entries` of each entry, by the site path of its page."""
    lists: ListPages
    others: tuple[Finding, ...]
    """Findings in no content file: in the content folder and in site.yaml."""
    settings: Source
    """The text of site.yaml."""
    read_source: ReadSource
    find_across: Callable[[Site], tuple[Finding, ...]]
    """Returns the findings about several files together. Takes tenths of a second in a site of
    thousands of files."""
    find_links: Callable[[Site, frozenset[str]], tuple[Finding, ...]]
    """Returns the findings on the links of some files."""
    version: int = -1
    """That of the store it was made from."""

    def page(self, path: str) -> tuple[Page, str] | None:
        """The page at an output path, and the content file it shows ('' for list pages)."""
        url = "/" + path
        base = url.removesuffix("index.html").removesuffix("index.json")
        position = self.positions.get(base, self.positions.get(whole_url(base)))
        if position is not None:
            entry = self.site.entries[position]
            page = next((page for page in plan_entry(self.site, entry) if page.url == url), None)
            if page is not None:
                return page, entry.path
        list_page = self.lists.page(url)
        return (list_page, "") if list_page else None

    @cached_property
    def across(self) -> tuple[Finding, ...]:
        """The findings about several files together, or about the site as a whole."""
        return self.find_across(self.site)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings."""
        others = (*self.others, *self.template_findings, *self.across)
        return findings_after_policy(
            self.entries, others, self.site.config, self.settings, self.read_source
        )

    @cached_property
    def template_findings(self) -> tuple[Finding, ...]:
        """The syntax errors in templates."""
        return tuple(template_finding(self.theme, *error) for error in syntax_errors(self.theme))

    def findings_of(
        self, paths: Iterable[str], across: Iterable[Finding] = ()
    ) -> tuple[Finding, ...]:
        """The findings in some files, with those of `across` that are about them. Those on links and
        addresses are always fresh."""
        wanted = frozenset(paths)
        wanted |= {self.site.config.file_of(path) for path in wanted}
        entries = {path: self.entries[path] for path in wanted if path in self.entries}
        fresh = (*self.site.findings, *self.find_links(self.site, wanted))
        across = (finding for finding in across if finding.name not in _ALWAYS_FRESH)
        others = [finding for finding in (*self.others, *fresh, *across) if finding.path in wanted]
        if not entries:
            return ordered(others)
        findings = findings_after_policy(
            entries, others, self.site.config, self.settings, self.read_source
        )
        return tuple(finding for finding in findings if finding.path in wanted)


def template_finding(theme: Theme, file: str, line: int, message: str) -> Finding:
    """The finding that there is an error in a line of a template file."""
    finding = TEMPLATE_FAULT.at(file, Span(line, 1), message)
    texts = (theme.templates[name] for name, path in theme.files.items() if path == file)
    return with_excerpts((finding,), Source(file, next(texts, "")))[0]


def changed_findings(
    old: Snapshot, new: Snapshot
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that are new, and those that are gone. Of the findings about several files
    together only those on addresses and on links of changed files are among them: looking for the
    others takes too long."""
    paths = _changed_paths(old.entries, new.entries)
    paths |= {finding.path for finding in {*old.others} ^ {*new.others}}
    paths |= {finding.path for finding in {*old.site.findings} ^ {*new.site.findings}}
    before, after = ({*snapshot.findings_of(paths)} for snapshot in (old, new))
    if old.theme is not new.theme:
        before |= {*old.template_findings}
        after |= {*new.template_findings}
    return ordered(after - before), ordered(before - after)


def changed_urls(old: Snapshot, new: Snapshot) -> frozenset[str] | None:
    """The site paths of the pages whose bytes may differ; None where all may. Of list pages, those
    that have been requested."""
    was, now = old.site, new.site
    if old.templates != new.templates or _on_all_pages(was) != _on_all_pages(now):
        return None
    # Where a language comes or goes, `languages` differs, which is on all pages.
    for language in was.editions.keys() & now.editions.keys():
        if _on_all_pages(was.editions[language]) != _on_all_pages(now.editions[language]):
            return None
    before, after = ({entry.path: entry for entry in site.entries} for site in (was, now))
    paths = _changed_paths(before, after) | (was.overdue ^ now.overdue)
    paths |= {path for path, _ in was.hidden.items() ^ now.hidden.items()}
    if was.related is not now.related:
        paths |= {path for path in was.related if was.related[path] != now.related.get(path)}
    for mappings in ((was.translations, now.translations), (was.outdated, now.outdated)):
        paths |= {path for path, _ in mappings[0].items() ^ mappings[1].items()}
    if was.files is not now.files:
        paths |= {path for path, entry in after.items() if _files_differ(entry, was, now)}
    changed = [entries[path] for path in paths for entries in (before, after) if path in entries]
    urls = {f"{entry.url}{name}" for entry in changed for name in ("", "index.json")}
    urls |= {url for entry in changed for url in view_urls(entry)}
    if old.lists is not new.lists:
        urls |= {url.removesuffix("index.html") for url in new.lists.requested}
        urls |= {url for url, _ in {*was.aliases} ^ {*now.aliases}}
    return frozenset(urls)


def _on_all_pages(site: Site) -> tuple[object, ...]:
    """What may show on every page."""
    return tuple(getattr(site, name) for name in ALL_PAGES_FIELDS)


def _files_differ(entry: Entry, was: Site, now: Site) -> bool:
    """Whether a picture or file that an entry refers to has changed."""
    references = (file.reference for file in entry.facts.files)
    return any(was.files.get(name) != now.files.get(name) for name in references)


def _changed_paths(old: Mapping[str, Entry], new: Mapping[str, Entry]) -> set[str]:
    """The paths of the entries that were replaced, added or removed."""
    changed = {path for path, entry in new.items() if old.get(path) is not entry}
    return changed | (old.keys() - new.keys())


class SnapshotMaker:
    """Makes snapshots of the present state of a store."""

    def __init__(self, store: FileStore, read_record: Callable[[str, str], bytes]) -> None:
        """`read_record` returns the record with a digest, made from a content path."""
        self._store, self._read_record = store, read_record
        self._links: deque[tuple[Site, frozenset[str], tuple[Finding, ...]]] = deque(maxlen=2)
        self._lines: Lines = {}

    def next(self, theme: Theme, old: Snapshot | None) -> Snapshot:
        """The present state, made from the previous one as far as the result is the same. The
        caller holds the store's lock."""
        store = self._store
        if old is not None and old.theme is theme and old.version == store.version:
            return old
        has_same_words = old is not None and old.theme.words == theme.words
        site = self._with_changed_entries(old) if old and has_same_words else None
        if site is None or old is None:
            shown, day = store.last_good.values(), store.options.as_of
            site = make_site(
                shown,
                store.config,
                day,
                reserved=reserved_addresses(store.config),
                with_hidden=True,
                settings=store.settings.source,
                own_words=theme.words,
            )
            positions: Mapping[str, int] = positions_of(site)
        else:
            positions = old.positions
        store.changed.clear()
        if old is None or old.theme is not theme:
            assets = tuple(sorted(asset_paths(theme).items()))
            templates: Mapping[str, str] = cached_template_digests(
                theme, store.code, store.options.cache / "templates"
            )
        else:
            assets, templates = old.site.assets, old.templates
        files: Mapping[str, Attachment] = store.files()
        if old is not None and files == old.site.files:
            files = old.site.files
        site = site.with_files(assets, files)
        if (
            old is not None
            and site.cards is old.site.cards
            and assets is old.site.assets
            and files is old.site.files
        ):
            lists = old.lists
        else:
            lists = ListPages(site, old.lists.requested if old else ())
        return Snapshot(
            site=site,
            entries=dict(store.entries),
            theme=theme,
            templates=templates,
            code=store.code,
            positions=positions,
            lists=lists,
            others=(*store.scan.faults, *store.config_findings, *store.data.findings),
            settings=store.settings.source,
            read_source=store.loader.source,
            find_across=self._find_across,
            find_links=self._find_links,
            version=store.version,
        )

    def _find_across(self, site: Site) -> tuple[Finding, ...]:
        store = self._store
        found = findings_across_files(site, store.options.as_of, self._read_record).findings
        return with_kept_lines(found, site, store.loader.source, self._lines)

    def _find_links(self, site: Site, paths: frozenset[str]) -> tuple[Finding, ...]:
        # The old snapshot's are asked for again. Other threads may add some meanwhile.
        for kept_site, kept_paths, findings in tuple(self._links):
            if kept_site is site and kept_paths == paths:
                return findings
        try:
            findings = findings_on_links(site, paths, self._read_record)
        except OSError:  # a file has changed again since; the next snapshot has its findings
            return ()
        self._links.append((site, paths, findings))
        return findings

    def _with_changed_entries(self, old: Snapshot) -> Site | None:
        """The previous site with the changed entries replaced; None where that is not enough."""
        store = self._store
        if old.site.config is not store.config or len(store.changed) > MAX_REPLACED_ENTRIES:
            return None
        site: Site | None = old.site
        for path in store.changed:
            entry = store.last_good.get(path)
            position = old.positions.get(entry.url) if entry else None
            if site is None or entry is None or position is None:
                return None
            site = with_entry(site, position, entry)
        return site


def positions_of(site: Site) -> dict[str, int]:
    """The index in `site.entries` of each entry, by the site path of its page."""
    return {entry.url: position for position, entry in enumerate(site.entries)}


def _targets(entry: Entry) -> set[str]:
    return {link.target for link in entry.facts.links}


_shared_values = attrgetter(*SHARED_FIELDS)


def with_entry(site: Site, position: int, entry: Entry) -> Site | None:
    """The site that `catalogue.site` returns when `entry` takes the place of the one at an index of
    `site.entries`; None where the change may show on other pages, so that all entries have to be
    looked at.

    Only `entries` and, where they have changed, the entry's summary in `cards` and its resolved
    addresses in `related` differ from those of the old site.
    """
    if site.editions:  # each language has its own entries and cards
        return None
    if _shared_values(site.entries[position]) != _shared_values(entry):
        return None  # another file at the same address has another path, which is a shared value
    if entry.kind == "article" and _targets(site.entries[position]) != _targets(entry):
        return None  # the pages of medicines name the articles that link to them
    if site.entries[position].facts.confusable_names != entry.facts.confusable_names:
        return None  # the search shows them
    entries = (*site.entries[:position], entry, *site.entries[position + 1 :])
    new = replace(site, entries=entries)
    new_card = card(entry)
    if new_card != site.cards[entry.path]:
        new = replace(new, cards={**site.cards, entry.path: new_card})
    related = site.related[entry.path]
    resolved = resolve_links(
        (*entries, *site.intros.values()),
        site.config,
        (entry,),
        taken=(
            *(url for other in entries for url in view_urls(other)),
            *(url for url, _ in site.aliases),
            *(item.label for item in site.redirects),
        ),
        reserved=site.reserved,
    ).get(entry.path, ())
    if resolved != related.addresses:
        changed = replace(related, addresses=resolved)
        new = replace(new, related={**site.related, entry.path: changed})
    return new
