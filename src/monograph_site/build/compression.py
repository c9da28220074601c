"""Compressed forms of the files of a site, for hosts that serve them in place of the files
(`gzip_static` and `brotli_static` of nginx, and others)."""

from __future__ import annotations

import gzip
from collections.abc import Collection, Iterator

from ..pages.page import Artifact

ENCODINGS = (".br", ".gz")
"""What the names of compressed files end with."""
_TEXTS = (".html", ".htm", ".json", ".css", ".js", ".svg", ".xml", ".txt", ".csv", ".webmanifest")
"""Ends of the names of files that get smaller: pictures and documents are compressed already."""
GZIP_LEVEL, BROTLI_QUALITY = 9, 11
"""The highest ones: a file is compressed once and read often."""


def compressed_forms(artifact: Artifact) -> Iterator[Artifact]:
    """The compressed forms of a file that have fewer bytes than the file. The same bytes give the
    same forms."""
    if not artifact.path.endswith(_TEXTS):
        return
    import brotli  # only for this option

    forms = (
        brotli.compress(artifact.content, quality=BROTLI_QUALITY),
        gzip.compress(artifact.content, GZIP_LEVEL, mtime=0),
    )
    for suffix, content in zip(ENCODINGS, forms, strict=True):
        if len(content) < len(artifact.content):
            yield Artifact(artifact.path + suffix, content)


def original_of(path: str, paths: Collection[str]) -> str:
    """The path of the file that a path is the compressed form of; '' where it is not one. `paths` are
    those of all files."""
    original = path[:-3]
    return original if path.endswith(ENCODINGS) and original in paths else ""
