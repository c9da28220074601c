"""Whether the published site is the one that a build from nothing makes, byte for byte."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import groupby, zip_longest
from pathlib import Path

from msgspec.structs import replace

from .options import Options
from .output import read_manifest
from .pipeline import build
from .summary import Notify, Progress

MAX_RANGES = 20
"""Ranges of bytes that are listed for a file."""


def verify(
    options: Options, notify: Notify = lambda _: None, progress: Progress | None = None
) -> tuple[str, ...]:
    """What differs between the site in `options.output` and the same site built from nothing in a
    temporary folder: a line for each file, in the order of their paths.

    Raises what `build` raises.
    """
    with tempfile.TemporaryDirectory(prefix="monograph-site-") as folder:
        clean = replace(options, output=Path(folder, "site"), cache=Path(folder, "cache"))
        build(clean, notify, progress)
        return tuple(_differences(options.output, clean.output))


def _differences(output: Path, clean: Path) -> Iterator[str]:
    for path in sorted({*read_manifest(output), *read_manifest(clean)}):
        present, expected = _content(output / path), _content(clean / path)
        if present == expected:
            continue
        if present is None:
            yield f"{path}: missing"
        elif expected is None:
            yield f"{path}: not part of the site"
        else:
            yield f"{path}: {_byte_ranges(present, expected)}"


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _byte_ranges(present: bytes, expected: bytes) -> str:
    """The bytes that differ, counted from 0, with the lengths where these differ too."""
    pairs = enumerate(zip_longest(present, expected))
    offsets = [offset for offset, (one, other) in pairs if one != other]
    runs = groupby(enumerate(offsets), key=lambda item: item[1] - item[0])
    ranges = [[offset for _, offset in run] for _, run in runs]
    texts = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in ranges[:MAX_RANGES]]
    more = f" and {len(ranges) - MAX_RANGES} more ranges" if len(ranges) > MAX_RANGES else ""
    lengths = ""
    if len(present) != len(expected):
        lengths = f"; {len(present):,} bytes in place of {len(expected):,}"
    noun = "byte" if len(offsets) == 1 else "bytes"
    return f"{noun} {', '.join(texts)}{more} differ{'s' if len(offsets) == 1 else ''}{lengths}"
