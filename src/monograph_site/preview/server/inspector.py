"""Comparing all files with each other while the editor pauses: it takes too long to do it at every
save."""

from __future__ import annotations

import threading

from ..session import Change, Session
from .events import Hub

QUIET_SECONDS = 1.5
"""Seconds without a change before the files are compared."""


class Inspector:
    """Looks for findings about several files together, in a thread of its own, some time after the
    last of several changes, and tells all windows when they have changed."""

    def __init__(self, session: Session, hub: Hub, stop: threading.Event) -> None:
        """Starts the thread. It ends when `stop` is set."""
        self._session, self._hub, self._stop = session, hub, stop
        self._changed = threading.Event()
        self._changed.set()
        threading.Thread(target=self._work, name="inspecting", daemon=True).start()

    def wake(self) -> None:
        """Report that something has changed."""
        self._changed.set()

    def _work(self) -> None:
        while not self._stop.wait(QUIET_SECONDS / 3):
            if not self._changed.is_set():
                continue
            self._changed.clear()
            loaded, total = self._session.progress
            is_early = loaded < total
            if is_early or (not self._stop.wait(QUIET_SECONDS) and self._changed.is_set()):
                self._changed.set()  # try again later
                continue
            previous = self._session.last_inspection
            self._session.findings()
            if self._session.last_inspection != previous:
                self._hub.publish(Change(findings_changed=True))
