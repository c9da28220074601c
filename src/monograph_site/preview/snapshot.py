"""One state of the site in memory. Its pages are planned when they are asked for; nothing in it
ever changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter

from ..build.plan import kept_template_digests, make_site
from ..check.inspect import ReadSource, findings_across, judged
from ..config.findings import TEMPLATE_FAULT
from ..model.finding import Finding, ordered
from ..model.source import Source, Span
from ..pages import PAGE_KINDS, kinds_at, plan_one
from ..pages.page import Page
from ..render.renderer import syntax_faults
from ..render.theme import Theme, asset_paths
from ..site.catalogue import card
from ..site.site import SHARED, Entry, Site
from .store import FileStore

_FEW = 32
"""Changed entries that are tried one by one before the whole site is made again."""


_EVERYWHERE = ("config", "info", "disclaimers", "import_dates", "assets")
"""What of a site may show on every page."""


_MOST = 10_000
"""Site paths that are remembered as asked for, so that nobody fills the memory by asking."""


class Lists:
    """The pages that are not of one file, planned kind by kind when one of a kind is asked for."""

    def __init__(self, site: Site, known: Iterable[str] = ()) -> None:
        """`known` are the site paths that were asked for in an earlier state."""
        self.asked = set(known)
        self._site = site
        self._planned: dict[str, dict[str, Page]] = {}

    def page(self, url: str) -> Page | None:
        """The page at an artifact's site path. Two threads may plan the same kind: both get the
        same."""
        if len(self.asked) < _MOST:
            self.asked.add(url)
        for kind in kinds_at(url):
            if kind not in self._planned:
                self._planned[kind] = {page.url: page for page in PAGE_KINDS[kind](self._site)}
            if url in self._planned[kind]:
                return self._planned[kind][url]
        return None


@dataclass(frozen=True)
class Snapshot:
    """What all answers are made of until the next change."""

    site: Site
    entries: Mapping[str, Entry]
    """Every loaded file as it is now, by path; what is shown of it is in `site`."""
    theme: Theme
    templates: Mapping[str, str]
    """See `render.template_digests`."""
    code: str
    where: Mapping[str, int]
    """The place in `site.entries` of each page's site path."""
    lists: Lists
    others: tuple[Finding, ...]
    """What is wrong with no content file: in the folder, in site.yaml."""
    settings: Source
    """The text of site.yaml."""
    read_source: ReadSource
    look_across: Callable[[Site], tuple[Finding, ...]]
    """Finds what only the files together show. Slow: some tenths of a second in a site of thousands
    of files."""
    version: int = -1
    """Of the stock it was made of."""

    def page(self, path: str) -> tuple[Page, str] | None:
        """The page at an output path, with the content file it shows ('' for lists)."""
        url = "/" + path
        at = self.where.get(url.removesuffix("index.html").removesuffix("index.json"))
        if at is not None:
            entry = self.site.entries[at]
            page = next((one for one in plan_one(self.site, entry) if one.url == url), None)
            if page is not None:
                return page, entry.path
        listed = self.lists.page(url)
        return (listed, "") if listed else None

    @cached_property
    def across(self) -> tuple[Finding, ...]:
        """What only the files together show to be wrong."""
        return self.look_across(self.site)

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that is wrong."""
        faults = (template_fault(*one) for one in syntax_faults(self.theme))
        return judged(
            self.entries,
            (*self.others, *faults, *self.across),
            self.site.config,
            self.settings,
            self.read_source,
        )

    def findings_of(
        self, paths: Iterable[str], across: Iterable[Finding] = ()
    ) -> tuple[Finding, ...]:
        """What is wrong with some files alone, and what of `across` is about them."""
        some = frozenset(paths)
        entries = {path: self.entries[path] for path in some if path in self.entries}
        theirs = [one for one in (*self.others, *across) if one.path in some]
        if not entries:
            return ordered(theirs)
        found = judged(entries, theirs, self.site.config, self.settings, self.read_source)
        return tuple(one for one in found if one.path in some)


def changed_findings(
    old: Snapshot, new: Snapshot
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What of single files, or of none, is wrong in the new state and was not in the old, and the
    other way round."""
    paths = _changed(old.entries, new.entries) | {one.path for one in {*old.others} ^ {*new.others}}
    before, now = ({*shot.findings_of(paths)} for shot in (old, new))
    if old.theme is not new.theme:
        before |= {template_fault(*one) for one in syntax_faults(old.theme)}
        now |= {template_fault(*one) for one in syntax_faults(new.theme)}
    return ordered(now - before), ordered(before - now)


def _changed(old: Mapping[str, Entry], new: Mapping[str, Entry]) -> set[str]:
    """The paths whose entry is another value, or there in one only."""
    return {path for path, entry in new.items() if old.get(path) is not entry} | (
        old.keys() - new.keys()
    )


def places(site: Site) -> dict[str, int]:
    """The place in `site.entries` of each page's site path."""
    return {entry.url: at for at, entry in enumerate(site.entries)}


def with_entries(old: Snapshot, changed: Iterable[Entry | None]) -> Site | None:
    """The site with some entries changed, where that shows on their own pages only; else None."""
    site = old.site
    for entry in changed:
        at = old.where.get(entry.url) if entry else None
        if entry is None or at is None or site.entries[at].path != entry.path:
            return None
        made = amended(site, at, entry)
        if made is None:
            return None
        site = made
    return site


def changed_urls(old: Snapshot, new: Snapshot) -> frozenset[str] | None:
    """The site paths whose bytes may differ; None where all may. Of lists, those that were ever
    asked for."""
    one, other = old.site, new.site
    if old.templates != new.templates or any(
        getattr(one, name) != getattr(other, name) for name in _EVERYWHERE
    ):
        return None
    before, after = ({entry.path: entry for entry in site.entries} for site in (one, other))
    paths = _changed(before, after)
    if one.related is not other.related:
        paths |= {
            path for path, related in one.related.items() if other.related.get(path) != related
        }
    paths |= one.overdue ^ other.overdue
    found = [some[path].url for path in paths for some in (before, after) if path in some]
    urls = {f"{url}{name}" for url in found for name in ("", "index.json")}
    if old.lists is not new.lists:
        urls |= {url.removesuffix("index.html") for url in new.lists.asked}
        urls |= {url for url, _ in {*one.aliases} ^ {*other.aliases}}
    return frozenset(urls)


def template_fault(file: str, line: int, message: str) -> Finding:
    """The finding that a template is at fault."""
    return TEMPLATE_FAULT.at(file, Span(line, 1), message)


class SnapshotMaker:
    """Makes the snapshot of what a stock knows now."""

    def __init__(self, stock: FileStore, record: Callable[[str, str], bytes]) -> None:
        """`record` gives the record with a digest, made of a content file."""
        self._stock, self._record = stock, record

    def next(self, theme: Theme, old: Snapshot | None) -> Snapshot:
        """The present state, made of the one before as far as that is exact. For who holds the
        stock's lock."""
        stock = self._stock
        if old is not None and old.theme is theme and old.version == stock.version:
            return old
        made = self._amended(old) if old else None
        if made is None or old is None:
            made, shown = make_site(stock.good.values(), stock.config, stock.options.as_of)
            where: Mapping[str, int] = places(made)
            clashes = {entry.path: entry for entry in shown if entry.blocks_page}
        else:
            where, clashes = old.where, {}
        stock.touched.clear()
        if old is None or old.theme is not theme:
            assets = tuple(sorted(asset_paths(theme).items()))
            templates: Mapping[str, str] = kept_template_digests(
                theme, stock.code, stock.options.cache / "templates"
            )
        else:
            assets, templates = old.site.assets, old.templates
        made = replace(made, assets=assets)
        same = old is not None and made.cards is old.site.cards and assets is old.site.assets
        lists = old.lists if old and same else Lists(made, old.lists.asked if old else ())
        others = (*stock.found.faults, *stock.config_faults)
        return Snapshot(
            made, {**stock.entries, **clashes}, theme, templates, stock.code, where, lists, others,
            stock.settings.source, stock.loader.source, self._across,
            stock.version,
        )  # fmt: skip

    def _across(self, made: Site) -> tuple[Finding, ...]:
        stock = self._stock
        return findings_across(made, stock.options.as_of, self._record, stock.loader.source)

    def _amended(self, old: Snapshot) -> Site | None:
        """The site before with a few entries changed, where that is all there is to it."""
        stock = self._stock
        if old.site.config is not stock.config or len(stock.touched) > _FEW:
            return None
        return with_entries(old, [stock.good.get(path) for path in stock.touched])


_seen_by_others = attrgetter(*SHARED)


def amended(site: Site, at: int, new: Entry) -> Site | None:
    """The site that `catalogue.site` gives when the entry at a place of `site.entries` becomes
    `new`; None where that takes looking at all entries, since what changed may show elsewhere.

    The site differs from the one before in `entries` and, where the summary changed, in `cards`.
    """
    if _seen_by_others(site.entries[at]) != _seen_by_others(new):
        return None
    entries = (*site.entries[:at], new, *site.entries[at + 1 :])
    shown = card(new)
    same = shown == site.cards[new.path]
    return replace(
        site, entries=entries, cards=site.cards if same else {**site.cards, new.path: shown}
    )
