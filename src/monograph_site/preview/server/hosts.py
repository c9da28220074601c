"""Which requests are answered: only those whose Host header is a name of this server.

Another site can make a browser send requests to any server on this machine. It can read the answers
if its own host name resolves to this machine for a moment (DNS rebinding). The Host header then
still has that name, so requests with a foreign name are refused. An IP address can't be rebound.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

_FOREIGN_HOST = (
    "This server answers only under its own name. Use the address it printed when it started.\n"
)
_AMBIGUOUS_LENGTH = "A request may not have both Content-Length and Transfer-Encoding.\n"
_TWO_LENGTHS = {b"content-length", b"transfer-encoding"}


def is_loopback(host: str) -> bool:
    """Whether a server bound to `host`, a name or an IP address, is reachable from this machine
    only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return _is_localhost(host.lower())


class Guard:
    """Passes on requests whose Host header is a name of this server; refuses others with status
    400, and those whose end is ambiguous."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        """`host` is the name or address the server is bound to."""
        self._app = app
        self._host = host.lower()
        self._accepts_any_ip = not is_loopback(host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = self._refusal(scope) if scope["type"] == "http" else ""
        if refusal:
            answer = PlainTextResponse(refusal, 400, {"Connection": "close"})
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _refusal(self, scope: Scope) -> str:
        """Why a request is refused; '' for one that is passed on."""
        headers = scope.get("headers", ())
        hosts = [value for name, value in headers if name == b"host"]
        if len(hosts) != 1 or not self._is_own(hosts[0]):
            return _FOREIGN_HOST
        # RFC 9112, 6.1: what comes behind such a request may be a hidden second one.
        if {name for name, _ in headers} >= _TWO_LENGTHS:
            return _AMBIGUOUS_LENGTH
        return ""

    def _is_own(self, header: bytes) -> bool:
        try:
            parts = urlsplit(f"//{header.decode('ascii')}")
            name, _ = (parts.hostname or "").lower(), parts.port
        except ValueError:  # not ASCII, unbalanced brackets, or a port that is not a number
            return False
        if parts.netloc != header.decode("ascii") or "@" in parts.netloc:
            return False
        try:
            return ip_address(name).is_loopback or self._accepts_any_ip
        except ValueError:
            return _is_localhost(name) or name == self._host


def _is_localhost(name: str) -> bool:
    """`localhost` and names below it resolve to this machine by definition (RFC 6761)."""
    return name == "localhost" or name.endswith(".localhost")
