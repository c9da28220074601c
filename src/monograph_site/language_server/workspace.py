"""The content folders in the folders that an editor has open, and the open files in them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from pygls import uris

from ..config import SETTINGS_FILE
from ..model.files import DATA_SUFFIXES, SOURCE_SUFFIXES
from .document import Document, open_document
from .positions import UTF_16
from .site_index import SiteIndex

CONTENT_FOLDER = "content"
CACHE_FOLDER = ".monograph-site"


class Workspace:
    """The sites and open files of one editor."""

    def __init__(self, on_change: Callable[[], None]) -> None:
        """`on_change` is called, in another thread, when a site was read again."""
        self.encoding: str = UTF_16
        self._folders: list[Path] = []
        self._on_change = on_change
        self._sites: dict[Path, SiteIndex] = {}
        self._documents: dict[str, Document] = {}

    def add_folders(self, folders: Iterable[str]) -> None:
        """Begin to read the sites in folders that the editor has open."""
        for name in folders:
            folder = Path(os.path.abspath(name))
            self._folders.append(folder)
            content = _content_below(folder)
            if content:
                self._site(content, folder)

    def set_text(self, uri: str, version: int | None, text: str) -> Document | None:
        """The document after a change of its text; None for a file outside of all content."""
        site, path = self._place(uri)
        if site is None:
            return None
        document = open_document(uri, version, text, path, site, self.encoding)
        self._documents[uri] = document
        return document

    def document(self, uri: str) -> Document | None:
        """An open file; None where it is not open, or not content."""
        document = self._documents.get(uri)
        if document and document.page.config is not document.site.config:  # site.yaml has changed
            return self.set_text(uri, document.version, document.page.file.written)
        return document

    @property
    def uris(self) -> list[str]:
        """The addresses of all open files of content."""
        return list(self._documents)

    def close(self, uri: str) -> None:
        """Forget a file that is no longer open."""
        self._documents.pop(uri, None)

    def saved(self, uri: str) -> None:
        """Read the site of a file again."""
        document = self._documents.get(uri)
        if document:
            document.site.refresh()

    def forget_findings(self) -> None:
        """Let the open files look again for what follows from other files."""
        for document in list(self._documents.values()):
            text = document.page.file.written
            self.set_text(document.uri, document.version, text)

    def shut_down(self) -> None:
        """Keep what was read for the next run."""
        for site in self._sites.values():
            site.close()

    def _place(self, uri: str) -> tuple[SiteIndex | None, str]:
        """The site and content path of a file."""
        name = uris.to_fs_path(uri) if uri.startswith("file:") else None
        if not name or not name.endswith((*SOURCE_SUFFIXES, *DATA_SUFFIXES)):
            return None, ""
        file = Path(os.path.abspath(name))
        content = next(filter(None, map(_content_in, file.parents)), None)
        inside = [folder for folder in self._folders if file.is_relative_to(folder)]
        if content is None or not file.is_relative_to(content):
            return None, ""
        folder = max(inside, key=lambda folder: len(folder.parts), default=content.parent)
        site = self._site(content, folder)
        path = file.relative_to(content).as_posix()
        if site is None or _is_excluded(path, site.config.exclude):
            return None, ""
        return site, path

    def _site(self, content: Path, folder: Path) -> SiteIndex | None:
        if content not in self._sites:
            top = folder if content.is_relative_to(folder) else content.parent
            with suppress(OSError):
                cache = (content.parent if content.name == CONTENT_FOLDER else top) / CACHE_FOLDER
                self._sites[content] = SiteIndex(content, cache, self._on_change)
        return self._sites.get(content)


def _content_below(folder: Path) -> Path | None:
    """The content folder of a folder that is open: itself, or `content` in it."""
    if (folder / SETTINGS_FILE).is_file():
        return folder
    content = folder / CONTENT_FOLDER
    return content if content.is_dir() else None


def _content_in(folder: Path) -> Path | None:
    """The folder itself where it is a content folder."""
    is_content = folder.name == CONTENT_FOLDER or (folder / SETTINGS_FILE).is_file()
    return folder if is_content else None


def _is_excluded(path: str, excluded: Iterable[str]) -> bool:
    return any(path == name or path.startswith(f"{name.rstrip('/')}/") for name in excluded)
