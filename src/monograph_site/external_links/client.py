"""One request to another host, within limits of time and size, and in its turn."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import urlsplit

from msgspec import Struct, field

from ..build.remote import TIMEOUT, USER_AGENT, connect, is_public
from .pace import MAX_WAIT, HostUnavailableError, Pace

MAX_SECONDS = 30.0
"""Seconds for one answer, however slowly it arrives."""
MAX_BODY_BYTES = 65_536
"""The part of an answer that is read where its content matters; else none is."""
DEFAULT_WAIT = 30.0
"""Seconds to wait where a host refuses more requests and does not say for how long."""
_RATE_LIMITED = (429, 503)


class Answer(NamedTuple):
    """What a host answered."""

    status: int
    reason: str
    location: str
    """The address of a redirect; '' for none."""
    retry_after: float | None
    """Seconds until the host wants to be asked again; None where it does not say."""
    is_challenge: bool
    """Whether it is a protection against programs that answers."""
    body: bytes


class Client(Struct, frozen=True):
    """Asks hosts. Safe for threads."""

    may_ask: Callable[[str], bool] = is_public
    """Whether an IP address may be asked."""
    pace: Pace = field(default_factory=Pace)
    timeout: float = TIMEOUT
    """Seconds to wait for each step of an answer."""
    max_seconds: float = MAX_SECONDS
    """Seconds for the whole answer."""
    now: Callable[[], float] = time.time
    """Seconds since 1970."""

    def probe(self, url: str) -> Answer:
        """The answer to HEAD, or to GET where HEAD fails. Raises as `request` does."""
        try:
            answer = self.request("HEAD", url)
        except (TimeoutError, ConnectionResetError, http.client.HTTPException):
            return self.request("GET", url)
        if answer.status < http.client.BAD_REQUEST or answer.status == 429:
            return answer
        return self.request("GET", url)

    def request(self, method: str, url: str, *, with_body: bool = False) -> Answer:
        """The answer to a request. A host that asks for time gets it, and is asked once more.

        Raises HostUnavailableError where the time is too long, ValueError for an address that is
        not valid or not public, HTTPException for an answer that is not HTTP, and OSError.
        """
        host = (urlsplit(url).hostname or "").lower()
        with self.pace.turn(host):
            answer = self._exchange(method, url, with_body)
        wait = _wait(answer)
        if wait is None:
            return answer
        self.pace.delay(host, wait)
        if wait > MAX_WAIT:
            return answer
        with suppress(HostUnavailableError), self.pace.turn(host):
            answer = self._exchange(method, url, with_body)
        if _wait(answer) is not None:  # it meant it
            self.pace.delay(host, 2 * MAX_WAIT)
        return answer

    def _exchange(self, method: str, url: str, with_body: bool) -> Answer:
        connection, target = connect(url, self.may_ask, self.timeout)
        try:
            with _deadline(connection.sock, self.max_seconds):
                headers = {"User-Agent": USER_AGENT, "Accept": "*/*", "Connection": "close"}
                connection.request(method, target, headers=headers)
                with connection.getresponse() as response:
                    body = response.read(MAX_BODY_BYTES) if with_body else b""
        finally:
            connection.close()
        return Answer(
            response.status,
            response.reason,
            response.headers.get("Location", ""),
            _seconds(response.headers.get("Retry-After", ""), self.now()),
            "cf-mitigated" in response.headers,
            body,
        )


@contextmanager
def _deadline(stream: socket.socket, seconds: float) -> Iterator[None]:
    """Ends a connection after some seconds. Raises TimeoutError then."""
    is_over = threading.Event()

    def end() -> None:
        is_over.set()
        with suppress(OSError):
            # The base class: that of TLS would wait for the other side.
            socket.socket.shutdown(stream, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except (OSError, http.client.HTTPException):
        if is_over.is_set():
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
    if is_over.is_set():  # `http.client` takes a connection that ends for the end of the headers
        raise TimeoutError


def _wait(answer: Answer) -> float | None:
    """How long to wait before the host is asked again; None where it has not refused."""
    if answer.status not in _RATE_LIMITED:
        return None
    if answer.retry_after is None:
        return DEFAULT_WAIT if answer.status == 429 else None
    return answer.retry_after


def _seconds(retry_after: str, now: float) -> float | None:
    """The value of a header `Retry-After`, which is a number of seconds or a date."""
    value = retry_after.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        return max(parsedate_to_datetime(value).timestamp() - now, 0.0)
    except (ValueError, OverflowError):
        return None
