"""The pages of the last plan, kept for a build in which only templates have changed: the pages that
use them are rendered again, and the site is neither loaded nor planned.

Data of pages is kept by its digest, so that a build writes only what has changed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct, field

from ..model.strings import digest
from ..pages import PAGE_KINDS
from ..pages.page import Page
from ..pages.page_data import is_typed
from ..render.page_key import PLAIN, encode_data, key_of_parts, site_digest, template_digest
from ..site.site import SiteInfo
from .cache import Cache, read_decoded, write_atomically
from .entries import Loader
from .options import Inputs, Options
from .site_plan import KeptData, PlanMemory, PlannedPage, SitePlan, WrittenData
from .state import BuildState, PublishedFile, cached_template_digests

_PACKAGE = __name__.partition(".")[0]


class KeptPage(Struct, frozen=True):
    """A page with a template: what its key is made of (see `page_key`)."""

    url: str
    template: str
    site: str
    record: str
    data: str

    def key(self, templates: Mapping[str, str], code: str) -> str:
        """Its key with templates of these digests."""
        template = template_digest(self.template, templates)
        return key_of_parts(code, template, self.site, self.record, self.data)


class KeptPages(Struct, frozen=True):
    """The pages of a plan, without their data."""

    content_key: str = ""
    """That of the build (see `BuildState.content_key`)."""
    pages: tuple[KeptPage, ...] = ()
    """In order; without those that have no template."""
    sites: dict[str, SiteInfo] = field(default_factory=dict)
    """`site`, by its digest."""


class ChangedPages(Struct, frozen=True):
    """The pages that have changed since `KeptPages` were written: after one edit, a few of
    thousands."""

    base: str = ""
    """The `content_key` of these `KeptPages`."""
    content_key: str = ""
    pages: tuple[KeptPage, ...] = ()
    sites: dict[str, SiteInfo] = field(default_factory=dict)


class PageKeeper:
    """Keeps the pages of a plan while their keys are made."""

    def __init__(
        self, folder: Path, last_content_key: str, other_pages: Collection[str] | None = None
    ) -> None:
        """`folder` is that of the cache. The `other_pages`, by path, are those that are not planned:
        they are as in the last build, whose content had this key. None: all but a few."""
        self._folder, self._last, self._others = folder, last_content_key, other_pages
        self._data = Cache(folder / "pages")
        self._pages: list[KeptPage] = []
        self._sites: dict[str, SiteInfo] = {}
        self._knows_all = _knows_all_page_kinds()
        """Whether the types of all data are known."""

    def planned(self, page: Page, templates: Mapping[str, str], code: str) -> PlannedPage:
        """A page with its key (see `page_key`). It is kept if it has a template; data that is
        written then does not stay in memory."""
        encoded, site = encode_data(page), page.data.get("site")
        kept = KeptPage(page.url, page.template, site_digest(site), page.record, digest(encoded))
        if page.template not in PLAIN and self._knows_all:
            self._knows_all = is_typed(page.template, page.data)
            self._pages.append(kept)
            self._sites[kept.site] = page.data["site"]
            if self._data.put(kept.data, encoded) and self._knows_all:
                written = WrittenData(kept.data, self._data, page.data["site"])
                page = Page(page.url, page.template, {}, page.record)
                return PlannedPage(page, kept.key(templates, code), written)
        return PlannedPage(page, kept.key(templates, code))

    def close(self) -> None:
        """Forget the pages of a plan that is not published."""
        self._data.close()

    def save(self, content_key: str) -> None:
        """Keep the pages for a build with the same content."""
        if self._others is None:
            self._save_changed(content_key)
            return
        pages = [*self._pages, *self._unplanned(self._others)]
        if not self._knows_all:
            pages = []
        self._data.sweep({page.data for page in pages})
        self._data.close()
        kept = KeptPages(content_key, tuple(pages), self._sites) if pages else KeptPages()
        write_atomically(self._folder / "planned", msgspec.msgpack.encode(kept))

    def _save_changed(self, content_key: str) -> None:
        """Keep the pages beside those that are kept already."""
        self._data.close()
        changed = read_decoded(self._folder / "planned-changes", ChangedPages, ChangedPages())
        if changed.content_key != self._last:
            changed = ChangedPages(self._last)
        pages = {page.url: page for page in (*changed.pages, *self._pages)}
        changed = ChangedPages(
            changed.base, content_key, tuple(pages.values()), changed.sites | self._sites
        )
        if not self._knows_all:
            changed = ChangedPages()
        write_atomically(self._folder / "planned-changes", msgspec.msgpack.encode(changed))

    def _unplanned(self, others: Collection[str]) -> list[KeptPage]:
        """The pages that were not planned, as the last build kept them."""
        if not others:
            return []
        last = _read_kept(self._folder, self._last)
        pages = [page for page in last.pages if page.url.lstrip("/") in others]
        found = {page.url.lstrip("/") for page in pages}
        missing = [path for path in others if path not in found and not _is_plain(path)]
        if missing or last.content_key != self._last:
            self._knows_all = False
        self._sites |= last.sites
        return pages


def _read_kept(folder: Path, content_key: str) -> KeptPages:
    """The pages that the build of the content with this key has kept; none where that is not known."""
    kept = read_decoded(folder / "planned", KeptPages, KeptPages())
    if kept.content_key == content_key:
        return kept
    changed = read_decoded(folder / "planned-changes", ChangedPages, ChangedPages())
    if changed.content_key != content_key or changed.base != kept.content_key:
        return KeptPages()
    pages = {page.url: page for page in changed.pages}
    return KeptPages(
        content_key,
        tuple(pages.get(page.url, page) for page in kept.pages),
        kept.sites | changed.sites,
    )


def _is_plain(path: str) -> bool:
    """Whether what is at a path has no template, among the pages of a content file."""
    return path.endswith("index.json")


def replan_templates(
    options: Options,
    inputs: Inputs,
    records: Cache,
    last: BuildState,
    memory: PlanMemory,
    intact: Mapping[str, PublishedFile],
    digests: Mapping[str, str],
) -> SitePlan | None:
    """The plan of the site if nothing but templates has changed since the last build, of which
    `memory` is left: the pages that use them. None where the whole site has to be planned. `digests`
    are those of `content_digests`."""
    content_key = inputs.content_key(digests)
    is_same = last.content_key == content_key and len(intact) == len(last.files)
    if not is_same or not _knows_all_page_kinds():
        return None
    kept = _read_kept(options.cache, content_key)
    if memory.key != last.key or memory.shared is None or kept.content_key != content_key:
        return None
    templates = cached_template_digests(inputs.theme, inputs.code, options.cache / "templates")
    pages = _changed_pages(kept, templates, inputs.code, options.cache / "pages", last)
    if pages is None:
        return None
    planned = {page.path for page in pages}
    left = msgspec.msgpack.encode(memory.of_build(inputs.key(content_key), inputs))
    return SitePlan(
        loader=Loader(options.content, memory.shared.config, records, {}),
        config=memory.shared.config,
        monographs=last.monographs,
        pages=pages,
        digests=dict(digests),
        content_key=content_key,
        records=memory.records,
        examined=lambda: (last.report, left),
        other_pages={
            path: file.key
            for path, file in last.files.items()
            if path not in planned and not file.is_text_index
        },
        texts=memory.texts,
        templates=templates,
        only_templates=True,
    )


def _knows_all_page_kinds() -> bool:
    """Whether all page kinds are those of this package."""
    kinds = (kind.plan_pages.__module__ for kind in PAGE_KINDS.values())
    return all(module.partition(".")[0] == _PACKAGE for module in kinds)


def _changed_pages(
    kept: KeptPages,
    templates: Mapping[str, str],
    code: str,
    folder: Path,
    last: BuildState,
) -> tuple[PlannedPage, ...] | None:
    """The pages whose key has changed; None where one is not kept, or was not published."""
    cache = Cache(folder)
    pages: list[PlannedPage] = []
    try:
        for page in kept.pages:
            key, file = page.key(templates, code), last.files.get(page.url.lstrip("/"))
            if file is None:
                return None
            if file.key == key:
                continue
            data = cache.get(page.data)
            if data is None:
                return None
            whole = KeptData(data, kept.sites[page.site])
            pages.append(PlannedPage(Page(page.url, page.template, {}, page.record), key, whole))
    finally:
        cache.close()
    return tuple(pages)
