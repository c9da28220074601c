"""Answers: the bytes of pages of a snapshot, rendered when they are asked for and remembered by
page key."""

from __future__ import annotations

import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass

from ..model.errors import RenderError
from ..pages.page import Page
from ..render.renderer import Job, page_key, render
from ..render.theme import Theme, asset_paths
from .snapshot import Snapshot

_BYTES = 32_000_000
"""Of rendered pages that are remembered."""
_PAGES = 4096
"""Pages of which is remembered what they were last made of."""
_THEMES = 8
"""Earlier themes whose files are still given."""
_OWN_DATA = ("site", "page", "toc")
"""Page data that follows from the text or the settings; everything else comes from other files."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request gets: exactly the bytes a build would publish."""

    content: bytes
    path: str
    """Output path, such as `drugs/x/index.html`."""
    source: str = ""
    """Content file of the page; '' for lists and the like."""
    why: tuple[str, ...] = ()
    """What changed since the page was rendered before: `text`, `template`, `settings`, `lists`; ()
    the first time."""
    fault: str = ""
    """Why the page can't be drawn anew: a template's fault. The bytes are then the last good
    theme's, or b''."""


class Renderer:
    """Makes answers, in any thread."""

    def __init__(self, record: Callable[[str, str], bytes]) -> None:
        """`record` gives the record with a digest, made of a content file."""
        self.good: Theme | None = None
        """The last theme that drew pages without a fault, before the present one."""
        self._faults: dict[
            str, tuple[str, RenderError]
        ] = {}  # by output path, with the digest of the theme
        self._before: deque[Theme] = deque(maxlen=_THEMES)
        self._record = record
        self._lock = threading.Lock()
        self._bytes: OrderedDict[str, bytes] = OrderedDict()
        self._size = 0
        self._last: OrderedDict[str, tuple[str, str, Page, tuple[str, ...]]] = OrderedDict()

    def answer(self, shot: Snapshot, path: str) -> Answer | None:
        """The page of a snapshot at an output path; None where there is none."""
        found = shot.page(path)
        if found is None:
            self._faults.pop(path, None)
            return self._old_asset(path)
        page, source = found
        key = page_key(page, shot.templates, shot.code)
        content, fault = self._bytes.get(key), ""
        if content is None:
            content, fault = self._drawn(shot, page, source)
            if not fault:
                self._remember(key, content)
        if not fault:
            self._faults.pop(path, None)
        return Answer(content, path, source, self._why(path, key, page, shot), fault)

    def theme_changed(self, old: Theme) -> None:
        """Another theme takes the place of `old`, which goes on to stand in for it if it was
        without fault."""
        self._before.appendleft(old)
        if not self.faults(old):
            self.good = old
        self._faults.clear()

    def faults(self, theme: Theme) -> list[RenderError]:
        """What keeps pages that were asked for from being drawn with a theme."""
        return [fault for digest, fault in list(self._faults.values()) if digest == theme.digest]

    def _drawn(self, shot: Snapshot, page: Page, source: str) -> tuple[bytes, str]:
        """The bytes, and the fault that keeps them from being what the theme now says."""
        job = Job((page,), self._record(page.record, source) if page.record else b"")
        try:
            return render(job, shot.theme, shot.site.config)[0].content, ""
        except RenderError as fault:
            self._faults[page.url.lstrip("/")] = shot.theme.digest, fault
            words = str(fault)
        try:
            return (
                render(job, self.good, shot.site.config)[0].content if self.good else b""
            ), words
        except RenderError:
            return b"", words

    def _old_asset(self, path: str) -> Answer | None:
        """A file of an earlier theme: for pages that the last good one still draws, and for a
        window that got its page just before the theme changed."""
        if not path.startswith("assets/"):
            return None
        for theme in (*self._before, *([self.good] if self.good else [])):
            for name, url in asset_paths(theme).items():
                if url == f"/{path}":
                    return Answer(theme.assets[name], path)
        return None

    def _remember(self, key: str, content: bytes) -> None:
        with self._lock:
            self._size += len(content) - len(self._bytes.get(key, b""))
            self._bytes[key] = content
            while self._size > _BYTES:
                self._size -= len(self._bytes.popitem(last=False)[1])

    def _why(self, path: str, key: str, page: Page, shot: Snapshot) -> tuple[str, ...]:
        drawn = shot.templates.get(page.template, "")
        with self._lock:
            known = self._last.pop(path, None)
            if known is None:
                why: tuple[str, ...] = ()
            elif known[0] == key:
                why = known[3]
            else:
                why = _differences(known[2], page, known[1] != drawn)
            self._last[path] = key, drawn, page, why
            if len(self._last) > _PAGES:
                self._last.popitem(last=False)
        return why


def _differences(old: Page, new: Page, other_template: bool) -> tuple[str, ...]:
    def others(page: Page) -> dict[str, object]:
        return {name: value for name, value in page.data.items() if name not in _OWN_DATA}

    found = (
        ("text", old.record != new.record),
        ("template", other_template or old.template != new.template),
        ("settings", old.data.get("site") != new.data.get("site")),
        ("lists", others(old) != others(new)),
    )
    return tuple(name for name, is_so in found if is_so) or ("lists",)
