"""How fast a host is asked: one request at a time, with a pause between two, and a longer one where
the host asks for it (`Retry-After`, RFC 9110, 10.2.3)."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from msgspec import Struct, field

PAUSE = 1.0
"""Seconds between two requests to a host."""
MAX_WAIT = 60.0
"""Seconds to wait for a host that asks for it; one that asks for more is left alone."""


class HostUnavailableError(Exception):
    """The host does not want to be asked again now."""


class _Host(Struct):
    lock: threading.Lock = field(default_factory=threading.Lock)
    next_request: float = 0.0


class Pace:
    """The turns of all hosts. Safe for threads."""

    def __init__(
        self,
        pause: float = PAUSE,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] | None = None,
    ) -> None:
        """`clock` gives seconds; `sleep` waits for some, and by default `stop` ends the wait."""
        self._pause, self._clock = pause, clock
        self._stopped = threading.Event()
        self._sleep = sleep or self._stopped.wait
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, name: str) -> Iterator[None]:
        """The time of one request to a host. Raises HostUnavailableError where that is too far
        away."""
        with self._lock:
            host = self._hosts[name]
        with host.lock:
            wait = host.next_request - self._clock()
            if wait > MAX_WAIT or self._stopped.is_set():
                raise HostUnavailableError("the host takes no more requests now")
            if wait > 0:
                self._sleep(wait)
            try:
                yield
            finally:
                host.next_request = max(host.next_request, self._clock() + self._pause)

    def delay(self, name: str, seconds: float) -> None:
        """Ask a host again only after some seconds."""
        with self._lock:
            host = self._hosts[name]
        host.next_request = max(host.next_request, self._clock() + seconds)

    def stop(self) -> None:
        """End all waiting; no request is made any more."""
        self._stopped.set()
