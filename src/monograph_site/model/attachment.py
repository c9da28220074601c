"""A picture or another file beside the content that pages show or link to."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import NamedTuple

from msgspec import Struct

from .strings import slugify

FILES = "/files/"
"""Site path below which attachments are published."""
DIGEST_DIGITS = 12
"""Digits of a digest in an address."""


class FileReference(NamedTuple):
    """A picture or file that a content file shows or links to, with the first place where it
    does."""

    reference: str
    """The folder of the content file, `//`, and the address as written (see
    `source.attachments.candidates`)."""
    target: str
    """The address as written."""
    line: int
    column: int
    is_picture: bool


class SmallerPicture(NamedTuple):
    """A smaller width of a picture, in WebP."""

    width: int
    """In pixels."""
    digest: str
    """Of its bytes."""


class Attachment(Struct, frozen=True):
    """A file as it is published, or why it is not."""

    path: str
    """Relative to the content folder; it starts with `../` for a file of a static folder beside
    it."""
    digest: str = ""
    """Of its bytes."""
    width: int = 0
    """In pixels; 0 where the file is not a picture or its size is not known."""
    height: int = 0
    problem: str = ""
    """Why it is not published; '' where it is."""
    smaller: tuple[SmallerPicture, ...] = ()
    """The same picture for narrow screens, the smallest first."""
    suffix: str = ""
    """That of its format, where its name has the suffix of another; its address has this one."""

    @property
    def url(self) -> str:
        """Site path. The digest of the content is part of the name, so hosts may cache it without
        limit."""
        suffix = self.suffix or PurePosixPath(self.path).suffix.lower()
        return f"{FILES}{self._stem}.{self.digest[:DIGEST_DIGITS]}{suffix}"

    def smaller_url(self, picture: SmallerPicture) -> str:
        """The site path of one of the smaller pictures."""
        digits = picture.digest[:DIGEST_DIGITS]
        return f"{FILES}{self._stem}-{picture.width}.{digits}.webp"

    @property
    def _stem(self) -> str:
        return slugify(PurePosixPath(self.path).stem)[:60] or "file"
