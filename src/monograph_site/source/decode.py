"""From bytes to text: UTF-8 without control characters, and with certain mis-encoding (`â‰¥` for
`≥`) repaired for display."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from ..model.excerpt import with_excerpts
from ..model.finding import Finding, FindingKind
from ..model.source import RepairedLine, Source, Span
from ..regex import regex
from .findings_file import CONTROL, LOST, MOJIBAKE, NOT_UTF8, TOO_LARGE

MAX_BYTES = 1_000_000
"""The limit for a content file. The largest of 2,054 real monographs has 19 kB; a larger file is an
accident or an attack."""

MAX_PLACES = 100
"""Places of one kind that are reported one by one; the last finding counts the rest."""

_WINDOWS_1252 = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013-\u203a\u20ac\u2122"
)
"""The characters that Windows-1252 has for the bytes 80 to BF, which in UTF-8 only follow
others."""
_LOST_SPACE = "(?<=[a-z0-9.,;:)%])\u00c2(?= |$)"
"""What is left of a no-break space that became an ordinary one: no word ends like this."""
_SUSPECT = regex(
    f"[\u00c2\u00c3\u00e2\u00e3\u00ce\u00cf\u00ef\u00f0][{_WINDOWS_1252}]|{_LOST_SPACE}"
    # see _OTHER_ENCODINGS
    "|\u201a[\u00c4\u00e2][^\x00-\x7f]|\u0393[\u00c7\u00eb][^\x00-\x7f]|\u0432\u0402[^\x00-\x7f]"
)
"""UTF-8 read in another encoding: letters in an order that running text never has."""
_SUSPECT_LETTERS = frozenset("\u00c2\u00c3\u00e2\u00e3\u00ce\u00cf\u00ef\u00f0\u201a\u0393\u0432")
"""One of these is in whatever `_SUSPECT` matches."""
_PLAIN_BYTES = bytes((ord("\n"), *range(ord(" "), 0x7F)))
"""ASCII that needs no examination: what prints, and line ends. `bytes.translate` leaves it out in a
fifth of the time in which a pattern reads it."""
_THREE_OR_FOUR = regex(f"\u00e2[{_WINDOWS_1252}]{{2}}|\u00f0[{_WINDOWS_1252}]{{3}}")
"""So many of these characters are always mis-encoded, whatever is around them."""
_OTHER_ENCODINGS = {"\u201a": "mac_roman", "\u0393": "cp437", "\u0432": "cp1251"}
"""Other encodings in which UTF-8 has been read, by what the byte E2 is in them: it is the first of
every dash and quotation mark."""
_OTHER = regex(f"[{''.join(_OTHER_ENCODINGS)}][^\x00-\x7f]{{2}}")
_RUN = regex(f"[^\x00-\x7f]{{2,}}|{_LOST_SPACE}")
_CUT_OFF = "\u00e2\u20ac"
"""What is left of a quotation mark or dash whose third byte is lost: it is not known of which."""
_CONTROL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_PAGE_BREAK = "\x0c"
"""White space, which programs that read PDF files write at the end of a page."""
_SEPARATORS = f"{_PAGE_BREAK}\u2028\u2029"
_BYTE_ORDER_MARK = "\ufeff"
_LOST = regex("\ufffd+")


class Decoded(NamedTuple):
    """A file as text, and the findings on its bytes."""

    source: Source | None
    """None where the bytes are not text."""
    findings: tuple[Finding, ...]


def decode(path: str, content: bytes, max_bytes: int = MAX_BYTES) -> Decoded:
    """Decode a content file of at most `max_bytes`. Line ends become `\\n`, a byte order mark is
    removed, control characters become `\ufffd`, and what is certainly mis-encoded becomes what was
    meant; lines keep their numbers."""
    if len(content) > max_bytes:
        text = (
            f"The file has {len(content):,} bytes; the limit is {max_bytes:,}.\n"
            "Split it, remove what is not text, or raise `max_file_bytes` in site.yaml."
        )
        return Decoded(None, (TOO_LARGE.at(path, Span(), text),))
    others = content.translate(None, _PLAIN_BYTES)
    if not others:
        return Decoded(Source(path, content.decode("ascii")), ())
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The error counts from after a byte order mark. Lines before it end as in a decoded file.
        before = "\n".join(re.split("\r\n?|\n", error.object[: error.start].decode()))
        span = Source(path, before).span(len(before))
        byte = error.object[error.start : error.start + 1]
        message = f"The byte {byte!r} is not UTF-8.\nSave the file as UTF-8."
        return Decoded(None, (NOT_UTF8.at(path, span, message),))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    # No control character is printable, and most files have only printable ones on their lines.
    characters = others.decode().replace("\r", "")
    is_suspect = not _SUSPECT_LETTERS.isdisjoint(characters) and _SUSPECT.search(text)
    has_control = not characters.isprintable() and _CONTROL.search(text)
    if has_control or is_suspect or "\ufffd" in characters:
        return _repair(path, text)
    return Decoded(Source(path, text), ())


class _Repair(NamedTuple):
    """Mis-encoded text of a line."""

    start: int
    run: str
    meant: str


class _Place(NamedTuple):
    """A problem in a line."""

    kind: FindingKind
    column: int
    text: str
    length: int


def _repair(path: str, text: str) -> Decoded:
    """The text without what is not text, and every place where it had to be changed."""
    lines = text.split("\n")
    as_written, repaired_lines = lines.copy(), dict[int, RepairedLine]()
    findings: dict[FindingKind, list[Finding]] = {}
    for at, line in enumerate(lines):
        repairs = _repairs(line) if not line.isascii() and _SUSPECT.search(line) else ()
        if _BYTE_ORDER_MARK in line:
            repairs = _with_marks_left_out(line, repairs)
        for place in _places(line, repairs):
            finding = place.kind.at(path, Span(at + 1, place.column), place.text, place.length)
            findings.setdefault(place.kind, []).append(finding)
        lines[at] = as_written[at] = _CONTROL.sub(_shown, line)
        if repairs:
            lines[at], places = _repaired(as_written[at], repairs)
            repaired_lines[at + 1] = RepairedLine(as_written[at], places)
    kept = [finding for group in findings.values() for finding in _limited(group)]
    return Decoded(
        Source(path, "\n".join(lines), repaired_lines),
        with_excerpts(kept, Source(path, "\n".join(as_written))),
    )


def _with_marks_left_out(line: str, repairs: tuple[_Repair, ...]) -> tuple[_Repair, ...]:
    """The repairs of a line, and the byte order marks in it: another program left them there when
    it joined two files."""
    repaired = {
        at for repair in repairs for at in range(repair.start, repair.start + len(repair.run))
    }
    marks = (
        _Repair(at, char, "")
        for at, char in enumerate(line)
        if char == _BYTE_ORDER_MARK and at not in repaired
    )
    return tuple(sorted((*repairs, *marks)))


def _repaired(line: str, repairs: tuple[_Repair, ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The line with its repairs; and where they start and end, as offsets in the new line and in
    the old one."""
    pieces, places, length, at = [""], [(0, 0)], 0, 0
    for start, run, meant in repairs:
        meant = _CONTROL.sub("\ufffd", meant)
        pieces += [line[at:start], meant]
        length, at = length + start - at, start + len(run)
        places += [(length, start), (length + len(meant), at)]
        length += len(meant)
    return "".join((*pieces, line[at:])), tuple(places)


_LOOK_UP = "Look it up in the source of the text, and write it."


def _places(line: str, repairs: tuple[_Repair, ...]) -> Iterator[_Place]:
    """The problems in a line: mis-encoded text, lost characters, and control characters that are
    not part of it."""
    repaired = set[int]()
    for repair in repairs:
        start, run, _ = repair
        repaired.update(range(start, start + len(run)))
        kind, text = _describe(repair)
        yield _Place(kind, start + 1, text, len(run))
    for match in _LOST.finditer(line):
        if match.start() not in repaired:
            text = f"A character was lost here; the file has {match.group()}.\n{_LOOK_UP}"
            yield _Place(LOST, match.start() + 1, text, len(match.group()))
    for match in _CONTROL.finditer(line):
        if match.start() not in repaired and match.group() != _PAGE_BREAK:
            shown = "a space" if match.group() in _SEPARATORS else "\ufffd"
            text = f"Control character {match.group()!r}: shown as {shown}.\nRemove it."
            yield _Place(CONTROL, match.start() + 1, text, 1)


def _shown(control: re.Match[str]) -> str:
    """What takes the place of a control character: a blank for a line separator or page break,
    which other programs write into texts, else a mark."""
    return " " if control.group() in _SEPARATORS else "\ufffd"


def _describe(repair: _Repair) -> tuple[FindingKind, str]:
    """The finding on mis-encoded text: its kind, what is wrong and what to do."""
    _, run, meant = repair
    if run == _BYTE_ORDER_MARK:
        return CONTROL, f"Control character {run!r}: left out.\nRemove it."
    if "\ufffd" in meant:
        return LOST, f"A character was lost here ({run!r}).\n{_LOOK_UP}"
    if meant == run:
        what = f"{run!r} is the rest of a mis-encoded character."
        return MOJIBAKE, f"{what}\nWrite the character: a quotation mark or a dash."
    if meant:
        what = f"{run!r} is mis-encoded text for {meant!r}, which is shown."
        return MOJIBAKE, f"{what}\nWrite {meant!r}."
    what = f"{run!r} is mis-encoded text for an invisible character, which is left out."
    return MOJIBAKE, f"{what}\nRemove it."


def certain_repairs(line: str) -> dict[int, tuple[str, str]]:
    """The mis-encoded text of a line of a file whose meaning is certain: by its offset, that text and
    what was meant."""
    return {
        repair.start: (repair.run, repair.meant)
        for repair in (_repairs(line) if _SUSPECT.search(line) else ())
        if repair.meant != repair.run and not _CONTROL.search(repair.meant)
        if "\ufffd" not in repair.meant
    }


def _repairs(line: str) -> tuple[_Repair, ...]:
    """The mis-encoded runs of a line. A run whose meaning is not known means itself."""
    repairs = (
        _Repair(match.start(), match.group(), _meaning(match.group()))
        for match in _RUN.finditer(line)
    )
    return tuple(
        repair for repair in repairs if repair.meant != repair.run or _CUT_OFF in repair.run
    )


@lru_cache(1_000)
def _meaning(run: str) -> str:
    if run == "\u00c2":
        return ""
    import ftfy  # few files need it, and it would take a twentieth of a build after one edit

    meant = ftfy.fix_encoding(_OTHER.sub(_from_other_encoding, run))
    return ftfy.fix_encoding(_THREE_OR_FOUR.sub(_from_windows_1252, meant)).replace("\ufeff", "")


def _from_windows_1252(match: re.Match[str]) -> str:
    return _read_as(match.group(), "sloppy-windows-1252")


def _from_other_encoding(match: re.Match[str]) -> str:
    return _read_as(match.group(), _OTHER_ENCODINGS[match.group()[0]])


def _read_as(text: str, encoding: str) -> str:
    """The text as the UTF-8 that it was before it was read in another encoding; itself if it never
    was."""
    try:
        return text.encode(encoding).decode("utf-8")
    except UnicodeError:
        return text


def _limited(findings: list[Finding]) -> list[Finding]:
    """The first MANY findings of a kind, and one that says how many more there are."""
    if len(findings) <= MAX_PLACES:
        return findings
    more = len(findings) - MAX_PLACES - 1
    message = f"{findings[MAX_PLACES].message} {more:,} more places like it follow."
    return [*findings[:MAX_PLACES], replace(findings[MAX_PLACES], message=message)]
