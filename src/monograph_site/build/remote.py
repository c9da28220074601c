"""Connections to hosts of the internet, and to none of this machine or network."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import quote, urlsplit

from .. import __version__

TIMEOUT = 15
"""Seconds to wait for a host."""
MAX_ADDRESSES = 3
"""IP addresses of a host that are tried."""
USER_AGENT = f"monograph-site/{__version__}"
_KEPT_IN_PATHS = "%/:?#[]@!$&'()*+,;=~"
"""Characters of paths and queries that are sent as they are."""


class NotPublicError(ValueError):
    """A name leads to an address that may not be asked."""


def is_public(address: str) -> bool:
    """Whether an IP address may be asked: one of the internet, not of this machine
    or network."""
    return ipaddress.ip_address(address).is_global


def connect(
    url: str, may_ask: Callable[[str], bool], timeout: float = TIMEOUT
) -> tuple[http.client.HTTPConnection, str]:
    """A connection to the host of an address, and the path to ask for. The IP address that was
    allowed is the one that is asked: a name may lead elsewhere a moment later.

    Raises NotPublicError, ValueError for what is not an address of http or https, and OSError.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url!r} is not an address of http or https")
    host = parts.hostname.encode("idna").decode("ascii")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    places = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(place[4][0]) for place in places]
    refused = next((address for address in addresses if not may_ask(address)), "")
    if refused or not addresses:
        raise NotPublicError(f"{host} points to {refused or 'no address'}, which is not public")
    stream = _open(addresses[:MAX_ADDRESSES], port, timeout)
    if parts.scheme == "https":
        try:
            stream = _tls().wrap_socket(stream, server_hostname=host)
        except BaseException:
            stream.close()
            raise
    connection = (
        http.client.HTTPSConnection(host, port, timeout=timeout, context=_tls())
        if parts.scheme == "https"
        else http.client.HTTPConnection(host, port, timeout=timeout)
    )
    connection.sock = stream
    target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    return connection, quote(target, safe=_KEPT_IN_PATHS)


def _open(addresses: list[str], port: int, timeout: float) -> socket.socket:
    """A connection to the first address that takes one."""
    *others, last = dict.fromkeys(addresses)
    for address in others:
        try:
            return socket.create_connection((address, port), timeout)
        except OSError:
            continue
    return socket.create_connection((last, port), timeout)


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()
