"""The pictures and files that pages show or link to."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.attachment import DIGEST_DIGITS, FILES
from ..site.site import Site
from . import page_kind
from .page import Page


@page_kind("files", FILES + r"[a-z0-9-]+\.[0-9a-f]{%d}\.[a-z0-9]+" % DIGEST_DIGITS)
def file_pages(site: Site) -> Iterator[Page]:
    """A page for each attachment, and for each smaller picture of one; the published name contains
    the digest of the content."""
    by_url: dict[str, dict[str, str]] = {}
    for file in site.files.values():
        if not file.problem:
            by_url[file.url] = {"path": file.path, "digest": file.digest}
            for picture in file.smaller:
                data = {**by_url[file.url], "smaller": picture.digest}
                by_url[file.smaller_url(picture)] = data
    for url, data in sorted(by_url.items()):
        yield Page(url, "file", data)
