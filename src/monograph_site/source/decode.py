"""Bytes to text: UTF-8 without surprises, and the certain kind of mis-encoding (`â‰¥` for `≥`)
undone for display."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from ..model.excerpt import with_excerpts
from ..model.finding import Finding, FindingKind
from ..model.source import RepairedLine, Source, Span
from .findings_file import CONTROL, LOST, MOJIBAKE, NOT_UTF8, TOO_LARGE

MAX_BYTES = 1_000_000
"""A content file's limit. The largest of 2,054 real monographs has 19 kB; a larger file is an
accident or an attack."""

MANY = 100
"""Places of one kind that are reported one by one; the last of them counts the rest."""

_C1252 = "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122"
"""The signs that Windows-1252 has for the bytes 80 to BF, which in UTF-8 only follow another."""
_SPACE = "(?<=[a-z0-9.,;:)%])\u00c2(?= |$)"
"""What is left of a no-break space that became an ordinary one: no word ends so."""
_SUSPECT = re.compile(
    f"[\u00c2\u00c3\u00e2\u00e3\u00ce\u00cf\u00ef\u00f0][{_C1252}]|{_SPACE}"
    "|\u201a[\u00c4\u00e2][^\x00-\x7f]|\u0393[\u00c7\u00eb][^\x00-\x7f]|\u0432\u0402[^\x00-\x7f]"  # see `_OTHERS`
)
"""UTF-8 read in another encoding: letters in an order that stands nowhere else in running text."""
_THREE = re.compile(f"\u00e2[{_C1252}]{{2}}|\u00f0[{_C1252}]{{3}}")
"""As much in Windows-1252 can be nothing else, whatever stands around it."""
_OTHERS = {"\u201a": "mac_roman", "\u0393": "cp437", "\u0432": "cp1251"}
"""Other encodings that UTF-8 has been read in, by what the byte E2 is in them: it begins every dash
and quotation mark.
"""
_FOREIGN = re.compile(f"[{''.join(_OTHERS)}][^\x00-\x7f]{{2}}")
_RUN = re.compile(f"[^\x00-\x7f]{{2,}}|{_SPACE}")
_HALF = "\u00e2\u20ac"
"""What is left of a quotation mark or dash when its third byte is lost: nobody can say of which."""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_LOST = re.compile("\ufffd+")


class Decoded(NamedTuple):
    """A file as text, and what was found in its bytes."""

    source: Source | None
    findings: tuple[Finding, ...]


def decode(path: str, content: bytes) -> Decoded:
    """Decode a content file. Line ends become `\\n`, a byte order mark goes, control characters
    become `\ufffd`, and what is certainly mis-encoded becomes what was meant; lines keep their
    number."""
    if len(content) > MAX_BYTES:
        text = f"The file has {len(content):,} bytes; the limit is {MAX_BYTES:,}.\nDivide it or remove what is no text."
        return Decoded(None, (TOO_LARGE.at(path, Span(), text),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        # The fault counts from behind a byte order mark; the lines before it end as those of a
        # sound file would.
        before = "\n".join(re.split("\r\n?|\n", fault.object[: fault.start].decode()))
        bad = fault.object[fault.start : fault.start + 1]
        message = f"The byte {bad!r} is not UTF-8.\nSave the file as UTF-8."
        return Decoded(None, (NOT_UTF8.at(path, Source(path, before).span(len(before)), message),))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    odd = _CONTROL.search(text) or (
        not text.isascii() and ("\ufffd" in text or _SUSPECT.search(text))
    )
    return _mend(path, text) if odd else Decoded(Source(path, text), ())


class _Repair(NamedTuple):
    """Mis-encoded text of a line."""

    start: int
    run: str
    meant: str


class _Place(NamedTuple):
    """What is wrong in a line."""

    finding: FindingKind
    column: int
    text: str
    length: int


def _mend(path: str, text: str) -> Decoded:
    """The text without what is no text, and every place where it had to be changed."""
    lines = text.split("\n")
    as_written, raw = lines.copy(), dict[int, RepairedLine]()
    found: dict[FindingKind, list[Finding]] = {}
    for at, line in enumerate(lines):
        repairs = _repairs(line) if not line.isascii() and _SUSPECT.search(line) else ()
        for place in _places(line, repairs):
            one = place.finding.at(path, Span(at + 1, place.column), place.text, place.length)
            found.setdefault(place.finding, []).append(one)
        lines[at] = as_written[at] = _CONTROL.sub("\ufffd", line)
        if repairs:
            lines[at], places = _repaired(as_written[at], repairs)
            raw[at + 1] = RepairedLine(as_written[at], places)
    kept = [one for some in found.values() for one in _not_too_many(some)]
    return Decoded(
        Source(path, "\n".join(lines), raw),
        with_excerpts(kept, Source(path, "\n".join(as_written))),
    )


def _repaired(line: str, repairs: tuple[_Repair, ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The line with its repairs; and where they start and end, as offsets in the new line and in
    the old one."""
    made, places, length, at = [""], [(0, 0)], 0, 0
    for start, run, meant in repairs:
        meant = _CONTROL.sub("\ufffd", meant)
        made += [line[at:start], meant]
        length, at = length + start - at, start + len(run)
        places += [(length, start), (length + len(meant), at)]
        length += len(meant)
    return "".join((*made, line[at:])), tuple(places)


def _places(line: str, repairs: tuple[_Repair, ...]) -> Iterator[_Place]:
    """What is wrong in a line: mis-encoded text, lost characters, and control characters that are
    no part of it."""
    repaired = set[int]()
    for start, run, meant in repairs:
        repaired.update(range(start, start + len(run)))
        if "\ufffd" in meant:
            yield _Place(
                LOST, start + 1, f"A character was lost here ({run!r}).\n{_LOOK_UP}", len(run)
            )
        elif meant == run:
            message = f"{run!r} is the rest of a mis-encoded sign.\nWrite the sign: a quotation mark or a dash."
            yield _Place(MOJIBAKE, start + 1, message, len(run))
        elif meant:
            message = (
                f"{run!r} is mis-encoded text for {meant!r}, which is shown.\nWrite {meant!r}."
            )
            yield _Place(MOJIBAKE, start + 1, message, len(run))
        else:
            message = f"{run!r} is mis-encoded text for a sign that is not seen; it is left out.\nRemove it."
            yield _Place(MOJIBAKE, start + 1, message, len(run))
    for match in _LOST.finditer(line):
        if match.start() not in repaired:
            message = f"A character was lost here: {match.group()} stands in its place.\n{_LOOK_UP}"
            yield _Place(LOST, match.start() + 1, message, len(match.group()))
    for match in _CONTROL.finditer(line):
        if match.start() not in repaired:
            yield _Place(
                CONTROL,
                match.start() + 1,
                f"Control character {match.group()!r}: shown as \ufffd.\nRemove it.",
                1,
            )


_LOOK_UP = "Look up in the source which it was, and write it."


def _repairs(line: str) -> tuple[_Repair, ...]:
    """The mis-encoded runs of a line; one whose meaning nobody can tell means itself."""
    found = (
        _Repair(match.start(), match.group(), _meaning(match.group()))
        for match in _RUN.finditer(line)
    )
    return tuple(one for one in found if one.meant != one.run or _HALF in one.run)


@lru_cache(1_000)
def _meaning(run: str) -> str:
    if run == "\u00c2":
        return ""
    import ftfy  # hardly a file needs it, and it would be a twentieth of a build after one edit

    meant = ftfy.fix_encoding(_FOREIGN.sub(_foreign, run))
    return ftfy.fix_encoding(_THREE.sub(_certain, meant)).replace("\ufeff", "")


def _certain(match: re.Match[str]) -> str:
    return _read_as(match.group(), "sloppy-windows-1252")


def _foreign(match: re.Match[str]) -> str:
    return _read_as(match.group(), _OTHERS[match.group()[0]])


def _read_as(text: str, encoding: str) -> str:
    """The text as the UTF-8 that it was before it was read in another encoding; itself if it never
    was."""
    try:
        return text.encode(encoding).decode("utf-8")
    except UnicodeError:
        return text


def _not_too_many(some: list[Finding]) -> list[Finding]:
    """The first hundred findings of a kind; a last one says how many more there are."""
    if len(some) <= MANY:
        return some
    rest = f"{some[MANY].message} {len(some) - MANY - 1:,} more places like it follow."
    return [*some[:MANY], replace(some[MANY], message=rest)]
