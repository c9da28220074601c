"""Answers: the bytes of the pages of a snapshot. A page is rendered when it is requested, and kept
under its page key."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

from ..model.errors import RenderError
from ..pages.page import FRAME_DATA, Page
from ..render.page_key import page_key
from ..render.renderer import RenderJob, render
from ..render.theme import Theme, asset_paths
from ..site.entry import OWN_FIELDS
from .snapshot import Snapshot

MAX_CACHED_BYTES = 32_000_000
"""Rendered pages kept in memory, in bytes."""
MAX_HISTORY = 4096
"""Pages of which the last rendering is remembered, to say why they changed."""
MAX_THEMES = 8
"""Earlier themes whose assets are still served."""

_RESOLVED = ("addresses", "files")
"""Page data that follows from the page's own file together with others."""
_NOT_FROM_OTHER_FILES = frozenset((*_RESOLVED, *FRAME_DATA, *OWN_FIELDS, "toc", "version"))
"""Page data that follows from the page's own file or from the settings."""


class Answer(Struct, frozen=True):
    """The answer to one request: the bytes that a build would publish, but without smaller pictures
    that no build has made yet."""

    content: bytes
    path: str
    """Output path, such as `drugs/x/index.html`."""
    source: str = ""
    """Content file of the page; '' for lists and other generated pages."""
    why: tuple[str, ...] = ()
    """What has changed since the page was last rendered: `text`, `template`, `settings`, `other
    files`; () the first time."""
    error: str = ""
    """The template error that keeps the page from being rendered. `content` is then the page as the
    last working theme renders it, or b''."""


class PageRenderer:
    """Renders the pages of snapshots. Thread-safe."""

    def __init__(
        self,
        read_record: Callable[[str, str], bytes],
        read_file: Callable[[Mapping[str, Any]], bytes],
    ) -> None:
        """`read_record` returns the record with a digest, made from a content path; `read_file` the
        bytes of a picture or file, by the data of its page."""
        self._read_record, self._read_file = read_record, read_file
        self._working_theme: Theme | None = None  # the last one before this that had no errors
        self._earlier_themes: deque[Theme] = deque(maxlen=MAX_THEMES)
        self._errors: dict[str, tuple[str, RenderError]] = {}  # output path: theme digest, error
        self._lock = threading.Lock()
        self._rendered: OrderedDict[str, bytes] = OrderedDict()
        self._rendered_bytes = 0
        self._history: OrderedDict[str, _Rendering] = OrderedDict()

    def answer(self, snapshot: Snapshot, path: str) -> Answer | None:
        """The page of a snapshot at an output path; None where there is none."""
        result = snapshot.page(path)
        if result is None:
            self._errors.pop(path, None)
            return self._earlier_asset(path)
        page, source = result
        key = page_key(page, snapshot.templates, snapshot.code)
        content, error = self._rendered.get(key), ""
        if content is None:
            content, error = self._render(snapshot, page, source)
            if not error:
                self._keep(key, content)
        if not error:
            self._errors.pop(path, None)
        return Answer(content, path, source, self._why(path, key, page, snapshot), error)

    def theme_changed(self, previous: Theme) -> None:
        """Keep the previous theme: its assets are still served, and if it had no errors it renders
        the pages that the new one can't."""
        self._earlier_themes.appendleft(previous)
        if not self.errors(previous):
            self._working_theme = previous
        self._errors.clear()

    def errors(self, theme: Theme) -> list[RenderError]:
        """The errors in rendering the requested pages with a theme."""
        return [error for digest, error in list(self._errors.values()) if digest == theme.digest]

    def _render(self, snapshot: Snapshot, page: Page, source: str) -> tuple[bytes, str]:
        """The bytes of a page, and the error where the present theme can't render it."""
        if page.template == "file":
            return self._file(page)
        record = self._read_record(page.record, source) if page.record else b""
        job, config = RenderJob((page,), record), snapshot.site.config
        try:
            return render(job, snapshot.theme, config)[0].content, ""
        except RenderError as error:
            self._errors[page.url.lstrip("/")] = snapshot.theme.digest, error
            message = str(error)
        if self._working_theme is None:
            return b"", message
        try:
            return render(job, self._working_theme, config)[0].content, message
        except RenderError:
            return b"", message

    def _file(self, page: Page) -> tuple[bytes, str]:
        """The bytes of a picture or file, and the error where it can't be read."""
        try:
            return self._read_file(page.data), ""
        except OSError as error:
            return b"", str(error)

    def _earlier_asset(self, path: str) -> Answer | None:
        """An asset of an earlier theme, for pages rendered with it and for a window that received
        its page just before the theme changed."""
        if not path.startswith("assets/"):
            return None
        for theme in (*self._earlier_themes, *filter(None, (self._working_theme,))):
            for name, url in asset_paths(theme).items():
                if url == f"/{path}":
                    return Answer(theme.assets[name], path)
        return None

    def _keep(self, key: str, content: bytes) -> None:
        with self._lock:
            self._rendered_bytes += len(content) - len(self._rendered.get(key, b""))
            self._rendered[key] = content
            while self._rendered_bytes > MAX_CACHED_BYTES:
                self._rendered_bytes -= len(self._rendered.popitem(last=False)[1])

    def _why(self, path: str, key: str, page: Page, snapshot: Snapshot) -> tuple[str, ...]:
        template = snapshot.templates.get(page.template, "")
        with self._lock:
            previous = self._history.pop(path, None)
            if previous is None:
                why: tuple[str, ...] = ()
            elif previous.key == key:
                why = previous.why
            else:
                why = differences(previous.page, page, template != previous.template)
            self._history[path] = _Rendering(key, template, page, why)
            if len(self._history) > MAX_HISTORY:
                self._history.popitem(last=False)
        return why


class _Rendering(Struct, frozen=True):
    """How a page was last rendered."""

    key: str
    template: str
    """Digest of its template."""
    page: Page
    why: tuple[str, ...]


def differences(old: Page, new: Page, is_template_changed: bool) -> tuple[str, ...]:
    """Why a page is rendered differently: see `Answer.why`."""
    reasons = {
        "text": old.record != new.record,
        "template": is_template_changed or old.template != new.template,
        "settings": old.data.get("site") != new.data.get("site"),
        "other files": _from_other_files(old) != _from_other_files(new)
        or (old.record == new.record and _resolved(old) != _resolved(new)),
    }
    return tuple(reason for reason, applies in reasons.items() if applies) or ("other files",)


def _resolved(page: Page) -> list[object]:
    return [page.data.get(name) for name in _RESOLVED]


def _from_other_files(page: Page) -> dict[str, object]:
    return {name: value for name, value in page.data.items() if name not in _NOT_FROM_OTHER_FILES}
