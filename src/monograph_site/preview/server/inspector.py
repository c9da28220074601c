"""Looking at all files together while nobody is typing: what that finds takes too long to wait for
at every save."""

from __future__ import annotations

import threading

from ..session import Change, Session
from .events import Hub

_QUIET = 1.5
"""Seconds without a change before it is worth looking."""


class Inspector:
    """Looks, in a thread of its own, some time after the last of several changes, and tells every
    window."""

    def __init__(self, live: Session, hub: Hub, stop: threading.Event) -> None:
        """It ends when `stop` is set."""
        self._live, self._hub, self._stop = live, hub, stop
        self._changed = threading.Event()
        self._changed.set()
        threading.Thread(target=self._work, name="inspecting", daemon=True).start()

    def wake(self) -> None:
        """Say that something changed."""
        self._changed.set()

    def _work(self) -> None:
        while not self._stop.wait(_QUIET / 3):
            if not self._changed.is_set():
                continue
            self._changed.clear()
            done, files = self._live.progress
            if done < files or (not self._stop.wait(_QUIET) and self._changed.is_set()):
                self._changed.set()  # not yet
                continue
            before = self._live.inspected
            self._live.findings()
            if self._live.inspected != before:
                self._hub.publish(Change(findings_changed=True))
