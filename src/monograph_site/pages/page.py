"""A page as it is planned, and as bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec import Struct, field

FRAME_DATA = ("site", "page")
"""Page data of every HTML page: `site` follows from the settings and the menu, `page` from what the
page itself shows."""


class Page(Struct, frozen=True):
    """A page to publish: its address, its template, and all the data the template gets."""

    url: str
    """Site path of the artifact, such as `/drugs/x/index.html`."""
    template: str
    """Template name; `json`, `text` and `asset` are rendered without one. The bytes of a `file` are
    those of a file beside the content."""
    data: dict[str, Any] = field(default_factory=dict)
    record: str = ""
    """Digest of the record that the template gets as `monograph`; '' for none."""

    @property
    def path(self) -> str:
        """The path of the artifact, relative to the output folder."""
        return self.url.lstrip("/")


class PageGroup(Struct, frozen=True):
    """Pages that need not be planned where they show the same as in the last build."""

    name: str
    """Of no other group."""
    shown: object
    """All that the pages show besides what the pages of every content file may show (see
    `SharedParts`); it can be encoded as MessagePack."""
    plan: Callable[[], Iterator[Page]]
    """Gives the pages, in order."""


class Artifact(Struct, frozen=True):
    """A rendered page: its bytes, and its path relative to the output folder."""

    path: str
    content: bytes
    blocks: bytes = b""
    """Where the longer blocks of its template are in it, encoded: first byte and first one after it,
    by name."""
