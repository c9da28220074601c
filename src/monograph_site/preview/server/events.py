"""Server-sent events: every open browser window is told when its own page has changed, and when the
findings have."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool

from ..session import Change

MAX_URLS = 500
"""A window that listens to all pages receives "all pages" instead of more site paths than this."""
HEARTBEAT_SECONDS = 15.0
"""Seconds of silence after which a comment is sent, so that a dead connection is noticed."""


@dataclass(eq=False, slots=True)
class _Listener:
    """A connection, with the changes that it has not been sent yet. They never amount to more than
    one message, however slow the connection is."""

    page: str
    """Site path of its page; '' for a listener to all pages."""
    is_due: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when there is something to send."""
    urls: set[str] | None = field(default_factory=set)
    """None for all pages."""
    findings_changed: bool = False

    def add(self, change: Change) -> None:
        """Note what concerns this connection."""
        if change.urls is None:
            self.urls = None if not self.page else {self.page}
        elif self.page:
            if self.page in change.urls and self.urls is not None:
                self.urls.add(self.page)
        elif self.urls is not None:
            self.urls |= change.urls
            if len(self.urls) > MAX_URLS:
                self.urls = None
        self.findings_changed = self.findings_changed or change.findings_changed
        if self.findings_changed or self.urls is None or self.urls:
            self.is_due.set()

    def drain(self) -> str:
        """The messages about the changes since the last call."""
        messages = []
        if self.urls is None or self.urls:
            messages.append(_message("change", None if self.urls is None else sorted(self.urls)))
        if self.findings_changed:
            messages.append(_message("findings", None))
        self.urls, self.findings_changed = set(), False
        self.is_due.clear()
        return "".join(messages)


class Hub:
    """All open connections. `publish` may be called from any thread, everything else only in the
    event loop."""

    def __init__(self) -> None:
        self._listeners: set[_Listener] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    def publish(self, change: Change) -> None:
        """Send a change to all connections that it concerns."""
        loop = self._loop
        if loop is not None and not self._closed:
            loop.call_soon_threadsafe(self._distribute, change)

    def close(self) -> None:
        """End all connections."""
        self._closed = True
        for listener in self._listeners:
            listener.is_due.set()

    async def stream(self, page: str, is_outdated: Callable[[], bool]) -> AsyncIterator[str]:
        """The event stream of a connection for the page at a site path ('' for all pages).

        `is_outdated` tells whether the page has changed already. It is called in a thread, after
        the connection has begun to listen, so that no change is missed.
        """
        self._loop = asyncio.get_running_loop()  # until the first stream there is no one to tell
        listener = _Listener(page)
        self._listeners.add(listener)
        try:
            yield "retry: 1000\n\n"
            if await run_in_threadpool(is_outdated):
                listener.add(Change(frozenset({page})))
            while not self._closed:
                try:
                    await asyncio.wait_for(listener.is_due.wait(), HEARTBEAT_SECONDS)
                except TimeoutError:
                    yield ":\n\n"
                else:
                    yield listener.drain()
        finally:
            self._listeners.discard(listener)

    def _distribute(self, change: Change) -> None:
        for listener in self._listeners:
            listener.add(change)


def _message(name: str, urls: list[str] | None) -> str:
    return f"event: {name}\ndata: {json.dumps({'urls': urls}, ensure_ascii=False)}\n\n"
