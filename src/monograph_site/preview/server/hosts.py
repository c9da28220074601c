"""Who may ask: only a browser that was told this server's own name.

A page of a stranger can make a browser ask any server on this machine, and read the answer if the
stranger's own name is made to lead here for a moment (DNS rebinding). The browser then still says
the stranger's name as the host, so whatever is no name of ours is refused. An IP address can't be
rebound.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server bound to `host`, a name or an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return _is_localhost(host.lower())


class Guard:
    """Lets a request through whose Host header is ours; any other gets a plain 400."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        """`host` is the one the server is bound to."""
        self._app = app
        self._host = host.lower()
        self._open = not is_loopback(host)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        hosts = [value for name, value in scope.get("headers", ()) if name == b"host"]
        if scope["type"] != "http" or (len(hosts) == 1 and self._is_ours(hosts[0])):
            await self._app(scope, receive, send)
            return
        message = "This server answers only to its own name. Open it at the address it printed when it started.\n"
        await PlainTextResponse(message, 400, {"Connection": "close"})(scope, receive, send)

    def _is_ours(self, header: bytes) -> bool:
        try:
            parts = urlsplit(f"//{header.decode('ascii')}")
            name, _ = (parts.hostname or "").lower(), parts.port
        except ValueError:  # not ASCII, brackets that do not match, a port that is no number
            return False
        if parts.netloc != header.decode("ascii") or "@" in parts.netloc:
            return False
        try:
            return ip_address(name).is_loopback or self._open
        except ValueError:
            return _is_localhost(name) or name == self._host


def _is_localhost(name: str) -> bool:
    """`localhost` and the names below it lead here by definition (RFC 6761)."""
    return name == "localhost" or name.endswith(".localhost")
