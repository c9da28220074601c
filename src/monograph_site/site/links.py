"""Which page a link means, once all addresses are known.

A file is read on its own, and its links are then written as they would be if every file had the
address that follows from its path. This module finds those that need another one: of pages that
ask for an address of their own, and of links in the forms of other tools (without `.md`, to a
folder, relative to the file).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from posixpath import normpath
from urllib.parse import quote, unquote, urljoin

from ..config import Config
from ..config.addresses import (
    published_address,
    site_target,
    slug_of,
    source_path,
)
from ..config.site_paths import is_folder_page
from ..model.files import SOURCE_SUFFIXES
from ..model.strings import fold
from .addresses import ReservedAddresses, href
from .entry import Entry


class Resolver:
    """Finds the pages that links mean."""

    def __init__(
        self,
        entries: Sequence[Entry],
        taken: Iterable[str],
        reserved: ReservedAddresses,
        config: Config,
    ) -> None:
        self._config, self._reserved = config, reserved
        self._urls = {entry.path: entry.url for entry in entries}
        self._pages = {_key(url): url for url in (*self._urls.values(), *taken)}

    @cached_property
    def _moved(self) -> dict[str, str]:
        """The address that follows from a file's path, and the other one that its page has; without
        those that follow from several paths."""
        moved: dict[str, list[str]] = {}
        for path, url in self._urls.items():
            try:
                usual = _key(self._config.url_for(path, slug_of(path, self._config)))
            except ValueError:
                continue
            if usual != _key(url) and usual not in self._pages:
                moved.setdefault(usual, []).append(url)
        return {usual: urls[0] for usual, urls in moved.items() if len(urls) == 1}

    @cached_property
    def _by_folded_path(self) -> dict[str, str]:
        return {fold(path): url for path, url in self._urls.items()}

    @cached_property
    def _folders(self) -> dict[str, str]:
        """The pages of folders."""
        return {
            fold(path.rpartition("/")[0]): url
            for path, url in sorted(self._urls.items(), reverse=True)
            if is_folder_page(self._config.split_path(path)[1])
        }

    def addresses(self, entry: Entry, target: str) -> dict[str, str]:
        """The address of a link as the loaded text has it, with that of the page it means; empty
        where it needs no other address, or none is known."""
        target = target.partition("#")[0]
        url = self._resolve(entry, target)
        if not url:
            return {}
        written = published_address(target, entry.path, self._config)
        # A Markdown engine encodes what an author typed.
        encoded = quote(unquote(written), safe="/~!$&'()*+,;=:@?")
        return dict.fromkeys((written, encoded), href(self._config, url))

    def _resolve(self, entry: Entry, target: str) -> str:
        """The site path of the page that a link means; '' where it needs no other address, or none
        is known."""
        target = target.partition("?")[0]
        try:
            place = site_target(target, entry.path, entry.url, self._config) if target else None
        except ValueError:
            return ""
        if place is None:
            return ""
        url = self._published(place[0])
        if url:
            return "" if url == place[0] else url
        return (
            self._moved.get(_key(place[0]))
            or self._of_file(entry, target)
            or self._pages.get(_key(urljoin(entry.url.rstrip("/"), unquote(target))), "")
            or self._in_main_language(place[0])
        )

    def _in_main_language(self, url: str) -> str:
        """The page in the site's own language that has no translation at this site path: Starlight
        shows it there."""
        language, _, rest = url.lstrip("/").partition("/")
        return self._pages.get(_key(f"/{rest}"), "") if language in self._config.languages else ""

    def _of_file(self, entry: Entry, target: str) -> str:
        """The page of the file or folder that a link names, beside the file with the link or from
        the top of the content."""
        paths = [source_path(target, entry.path), normpath(unquote(target).lstrip("/") or ".")]
        for path in paths:
            base = path.removesuffix(".html").rstrip("/")
            for name in (path, *(base + suffix for suffix in SOURCE_SUFFIXES)):
                if url := self._urls.get(name) or self._by_folded_path.get(fold(name)):
                    return url
            folder = base.removesuffix("/index").removesuffix("/README").removesuffix("/_index")
            if url := self._folders.get("" if folder == "." else fold(folder)):
                return url
        listings = (f"/{path.strip('/').lower()}/" for path in paths if path.strip("/."))
        return next((url for url in listings if self._reserved.page_kind_at(url) == "listing"), "")

    def _published(self, url: str) -> str:
        """What is published at a site path: the same path, or that of a page with its last slash;
        '' for nothing."""
        page = self._pages.get(_key(url))
        if page or not self._reserved.page_kind_at(_key(url)):
            return page or ""
        is_file = url.endswith("/") or "." in url.rpartition("/")[2]
        return url if is_file else f"{url}/"


def _key(url: str) -> str:
    return url.rstrip("/")
