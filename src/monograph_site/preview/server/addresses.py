"""From the path of a request to an output path. No file is ever looked up by an address.

So no path can lead out of the site, whatever it contains. A path that no page could have is refused
before it is looked up at all, since it is a mistake or an attack.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes

from ...regex import regex

DEV = "/_dev/"
"""The path below which everything lies that only the preview has."""
MAX_PATH_BYTES = 4096
"""File names have at most 255 bytes, and folders are few."""

_BAD_ESCAPE = regex(rb"%(?![0-9A-Fa-f]{2})")
_HIDDEN_SLASH = regex(rb"%(?:2f|5c)", re.IGNORECASE)


class BadAddress(ValueError):
    """No page can have this address."""


def site_path(raw: bytes) -> str:
    """The decoded path of a request. `raw` is the path as it was sent, without the query. Raises
    BadAddress."""
    if len(raw) > MAX_PATH_BYTES:
        raise BadAddress("the address is too long")
    if not raw.startswith(b"/"):
        raise BadAddress("the address must be a path")
    if _BAD_ESCAPE.search(raw) or _HIDDEN_SLASH.search(raw) or b"\\" in raw:
        raise BadAddress("the address is not well formed")
    try:
        path = unquote_to_bytes(raw).decode()
    except UnicodeDecodeError:
        raise BadAddress("the address is not UTF-8") from None
    if not path.isprintable():
        raise BadAddress("the address contains a control character")
    if any(part.startswith(".") for part in path.split("/")) or "//" in path:
        raise BadAddress("no page can have this address")
    return path


def output_path(path: str, base: str) -> str | None:
    """The output path that a decoded path means, as `Session.answer` expects it; None for a path
    outside `base`, with which every address of the site starts."""
    if not path.startswith(base):
        return None
    relative = path[len(base) :]
    return f"{relative}index.html" if relative == "" or relative.endswith("/") else relative


def site_url(output: str) -> str:
    """An output path as a site path: `drugs/x/index.html` is `/drugs/x/`."""
    url = f"/{output}"
    return url.removesuffix("index.html") if url.endswith("/index.html") else url


def encoded(path: str) -> str:
    """A decoded path, percent-encoded. It never starts with two slashes, so it can't name another
    host."""
    return "/" + quote(path.lstrip("/"), safe="/~!$&'()*+,;=:@")
