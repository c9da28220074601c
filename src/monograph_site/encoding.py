"""Bytes to text: UTF-8 without surprises, and the certain kind of mis-encoding (`â‰¥` for `≥`) undone for display."""

from __future__ import annotations

import re
from typing import NamedTuple

from .diagnostics import Diagnostic
from .excerpts import with_excerpts
from .faults.files import CONTROL, MOJIBAKE, NOT_UTF8, TOO_LARGE
from .text import Source, Span

MAX_BYTES = 1_000_000
"""A content file's limit. The largest of 2,054 real monographs has 19 kB; a larger file is an accident or an attack."""

# UTF-8 read as Windows-1252 shows one of these letters followed by a sign that stands nowhere else in running text.
_SUSPECT = re.compile(
    "[\u00c2\u00c3\u00e2\u00e3\u00ce\u00cf\u00f0][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u2028\u2029\ufeff]")


class Decoded(NamedTuple):
    """A file as text, and what was found in its bytes."""

    source: Source | None
    diagnostics: tuple[Diagnostic, ...]


def decode(path: str, content: bytes) -> Decoded:
    """Decode a content file. Line ends become `\\n`, a byte order mark goes, control characters become `\ufffd`."""
    if len(content) > MAX_BYTES:
        text = f"The file has {len(content):,} bytes; the limit is {MAX_BYTES:,}.\nDivide it or remove what is no text."
        return Decoded(None, (TOO_LARGE.at(path, Span(), text),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        # The fault counts from behind a byte order mark; the lines before it end as those of a sound file would.
        before = "\n".join(re.split("\r\n?|\n", fault.object[: fault.start].decode()))
        bad = fault.object[fault.start : fault.start + 1]
        message = f"The byte {bad!r} is not UTF-8.\nSave the file as UTF-8."
        return Decoded(None, (NOT_UTF8.at(path, Source(path, before).span(len(before)), message),))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: list[Diagnostic] = []
    control = _CONTROL.search(text)
    if control:
        place = Source(path, text).span(control.start())
        found.append(CONTROL.at(path, place, f"Control character {control.group()!r}: shown as \ufffd.\nRemove it."))
        text = _CONTROL.sub("\ufffd", text)
    return _repair(path, text, found)


def _repair(path: str, text: str, found: list[Diagnostic]) -> Decoded:
    """Undo mis-encoding line by line, only where a line needs it; lines keep their number."""
    first = _SUSPECT.search(text)
    if first is None:
        return Decoded(Source(path, text), tuple(found))
    import ftfy  # hardly a file needs it, and it would be a twentieth of a build after one edit

    source, raw = Source(path, text), dict[int, str]()
    lines = text.split("\n")
    for at, line in enumerate(lines):
        suspect = _SUSPECT.search(line)
        fixed = _SUSPECT_RUN.sub(lambda m: ftfy.fix_encoding(m.group()), line) if suspect else line
        if suspect and fixed != line:
            run = (_SUSPECT_RUN.match(line, suspect.start()) or suspect).group()
            meant = ftfy.fix_encoding(run)
            message = f"{run!r} is mis-encoded text for {meant!r}, which is shown.\nWrite {meant!r}."
            found.append(MOJIBAKE.at(path, Span(at + 1, suspect.start() + 1), message, len(run)))
            lines[at], raw[at + 1] = fixed, line
    return Decoded(Source(path, "\n".join(lines), raw), with_excerpts(found, source))


_SUSPECT_RUN = re.compile(r"[^\x00-\x7f]{2,}")
