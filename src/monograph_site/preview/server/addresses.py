"""From the path of a request to a file of the site. Nothing is ever looked up on the disk by an
address.

So a path can't lead out of the site whatever is in it; what no page could be called is refused
before it is looked up at all, since it is an attack or a mistake.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes

DEV = "/_dev/"
"""Where everything lies that only the preview has."""
LONGEST = 4096
"""Bytes of a path. A name has 255 at most, and folders are few."""

_BROKEN = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_HIDDEN_SLASH = re.compile(rb"%(?:2f|5c)", re.IGNORECASE)


class BadAddress(ValueError):
    """No page can have this address."""


def site_path(raw: bytes) -> str:
    """The path of a request, decoded. `raw` is as it was sent, without the query. Raises
    `BadAddress`."""
    if len(raw) > LONGEST:
        raise BadAddress("the address is too long")
    if not raw.startswith(b"/"):
        raise BadAddress("the address must be a path")
    if _BROKEN.search(raw) or _HIDDEN_SLASH.search(raw) or b"\\" in raw:
        raise BadAddress("the address is not well formed")
    try:
        path = unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        raise BadAddress("the address is not UTF-8") from None
    if not path.isprintable():
        raise BadAddress("the address has a control character in it")
    if any(part.startswith(".") for part in path.split("/")) or "//" in path:
        raise BadAddress("the address has a part that no page has")
    return path


def output_path(path: str, base: str) -> str | None:
    """The file of the site that a decoded path means, as `Session.answer` knows it; None for what
    lies outside `base`, the path every address of the site starts with."""
    if not path.startswith(base):
        return None
    within = path[len(base) :]
    return f"{within}index.html" if within == "" or within.endswith("/") else within


def site_url(output: str) -> str:
    """A file of the site as an address within it: `drugs/x/index.html` is `/drugs/x/`."""
    return (
        f"/{output[: -len('index.html')]}" if f"/{output}".endswith("/index.html") else f"/{output}"
    )


def encoded(path: str) -> str:
    """A decoded path as it is sent. It never starts with two slashes, so it never names another
    host."""
    return "/" + quote(path.lstrip("/"), safe="/~!$&'()*+,;=:@")
