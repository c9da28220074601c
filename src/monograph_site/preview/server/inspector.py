"""Comparing all files with each other while the editor pauses: it takes too long to do it at every
save."""

from __future__ import annotations

import threading
import time

from ..session import Change, Session
from .events import Hub

MAX_PAUSE_SECONDS = 1.5
"""Seconds without a change before the files are compared; less where comparing takes less."""
POLL_SECONDS = 0.5
"""Seconds after which the thread looks whether it must end."""


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
        pause = MAX_PAUSE_SECONDS
        while not self._stop.is_set():
            if not self._changed.wait(POLL_SECONDS):
                continue
            self._changed.clear()
            if self._stop.wait(pause):
                break
            loaded, total = self._session.progress
            if loaded < total or self._changed.is_set():
                self._changed.set()  # try again later
                continue
            previous, start = self._session.last_inspection, time.monotonic()
            self._session.findings()
            pause = min(MAX_PAUSE_SECONDS, time.monotonic() - start)
            if self._session.last_inspection != previous:
                self._hub.publish(Change(findings_changed=True))
