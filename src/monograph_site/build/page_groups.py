"""Groups of pages that show the same as in the last build: they are not planned again.

What a group shows is digested before its pages are planned. A digest says all that their keys depend
on, and each key is compared with that of the published file: whatever an earlier build has left,
a page is only taken for unchanged where it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from ..model.strings import digest
from ..pages.page import Page, PageGroup
from ..site.site import Site
from .cache import read_decoded, write_atomically
from .options import Inputs
from .site_plan import PlannedPage, shared_parts
from .state import PublishedFile

_encode = msgspec.msgpack.Encoder(order="deterministic").encode


class _Group(Struct, frozen=True, array_like=True):
    """A group as it was planned."""

    shown: str
    """The digest of all that its pages depend on."""
    keys: dict[str, str]
    """The keys of its pages, by path."""


class PageGroups:
    """Plans those groups of pages of a site that show something else than the last build's."""

    def __init__(
        self, file: Path, site: Site, inputs: Inputs, published: Mapping[str, PublishedFile]
    ) -> None:
        """`file` keeps what is known of the groups; `published` are the intact files of the site, if
        it has one language and had no other before (see `remember`)."""
        self._file, self._published = file, published
        self._depends_on = digest(inputs.surroundings, inputs.theme.digest, _shared_digest(site))
        self._last = read_decoded(file, dict[str, _Group], {}) if published else {}
        self._same: dict[str, _Group] = {}
        self._planned: dict[str, tuple[str, tuple[Page, ...]]] = {}

    def plan(self, group: PageGroup) -> Iterable[Page]:
        """The pages of a group; none where they have not changed."""
        shown = digest(self._depends_on, digest(_encode(group.shown)))
        last = self._last.get(group.name)
        if last and last.shown == shown and self._are_published(last.keys):
            self._same[group.name] = last
            return ()
        pages = tuple(group.plan())
        self._planned[group.name] = shown, pages
        return pages

    def _are_published(self, keys: Mapping[str, str]) -> bool:
        files = ((self._published.get(path), key) for path, key in keys.items())
        return all(file is not None and file.key == key for file, key in files)

    @property
    def unplanned(self) -> dict[str, str]:
        """The keys of the pages that were not planned, by path."""
        return {path: key for group in self._same.values() for path, key in group.keys.items()}

    def save(self, pages: Iterable[PlannedPage]) -> None:
        """Keep what is known of the groups; `pages` are those that were planned."""
        keys = {page.path: page.key for page in pages} if self._planned else {}
        groups = self._same | {
            name: _Group(shown, {path: keys[path] for path in (page.path for page in pages)})
            for name, (shown, pages) in self._planned.items()
        }
        if groups != self._last:
            write_atomically(self._file, _encode(groups))


def _shared_digest(site: Site) -> str:
    """A digest of what the page of any content file may show of a site."""
    parts = structs.asdict(shared_parts(site))
    disclaimers = sorted(parts.pop("disclaimers").items())  # by more than one key
    return digest(_encode((parts, disclaimers)))
