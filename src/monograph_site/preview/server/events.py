"""Server-sent events: every open browser window hears when its own page changed, and when there are
other findings."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool

from ..session import Change

_MANY = 500
"""A listener to everything is told 'all pages' rather than more addresses than this."""
_SILENCE = 15.0
"""Seconds after which a comment is sent, so that a connection nobody reads is noticed."""


@dataclass(eq=False, slots=True)
class _Listener:
    """One connection, and what it has not been told yet: however slow it is, that never grows
    beyond one message."""

    page: str
    """Site path of its page; '' for a listener to all pages."""
    awake: asyncio.Event = field(default_factory=asyncio.Event)
    urls: set[str] | None = field(default_factory=set)
    """None for all pages."""
    findings: bool = False

    def hear(self, change: Change) -> None:
        if change.urls is None:
            self.urls = None if not self.page else {self.page}
        elif self.page:
            if self.page in change.urls and self.urls is not None:
                self.urls.add(self.page)
        elif self.urls is not None:
            self.urls |= change.urls
            if len(self.urls) > _MANY:
                self.urls = None
        self.findings = self.findings or change.findings_changed
        if self.findings or self.urls is None or self.urls:
            self.awake.set()

    def take(self) -> str:
        """The messages for what happened since the last call."""
        told = []
        if self.urls is None or self.urls:
            told.append(_message("change", None if self.urls is None else sorted(self.urls)))
        if self.findings:
            told.append(_message("findings", None))
        self.urls, self.findings = set(), False
        self.awake.clear()
        return "".join(told)


class Hub:
    """All open connections. `publish` may be called from any thread; everything else within the
    event loop."""

    def __init__(self) -> None:
        self._listeners: set[_Listener] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._closed = False

    def publish(self, change: Change) -> None:
        """Tell a change to everybody whom it concerns."""
        loop = self._loop
        if loop is not None and not self._closed:
            loop.call_soon_threadsafe(self._tell, change)

    def close(self) -> None:
        """End every connection."""
        self._closed = True
        for one in self._listeners:
            one.awake.set()

    async def stream(self, page: str, outdated: Callable[[], bool]) -> AsyncIterator[str]:
        """The event stream of one connection. `outdated` says whether its page has changed already;
        it is asked in a thread, once what changes from now on is heard."""
        self._loop = (
            asyncio.get_running_loop()
        )  # before the first listener there is nobody to tell anything
        listener = _Listener(page)
        self._listeners.add(listener)
        try:
            yield "retry: 1000\n\n"
            if await run_in_threadpool(outdated):
                listener.hear(Change(frozenset({page})))
            while not self._closed:
                try:
                    await asyncio.wait_for(listener.awake.wait(), _SILENCE)
                except TimeoutError:
                    yield ":\n\n"
                else:
                    yield listener.take()
        finally:
            self._listeners.discard(listener)

    def _tell(self, change: Change) -> None:
        for one in self._listeners:
            one.hear(change)


def _message(name: str, urls: list[str] | None) -> str:
    return f"event: {name}\ndata: {json.dumps({'urls': urls}, ensure_ascii=False)}\n\n"
