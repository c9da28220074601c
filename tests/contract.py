"""What reading a content file owes its author, whatever bytes the file has: the measure of
tests/test_fuzz.py and of fuzz/fuzz_load.py."""

from __future__ import annotations

import contextlib
import signal
import unicodedata
from collections.abc import Iterator
from types import FrameType
from typing import NamedTuple

import msgspec
import pytest

from monograph_site import rules
from monograph_site.build.entries import LoadJob, load_file
from monograph_site.check.kinds import findings
from monograph_site.config import Config
from monograph_site.model.excerpt import MAX_EXCERPT_LENGTH
from monograph_site.model.finding import Finding
from monograph_site.model.monograph import Monograph
from monograph_site.rules import Check, Rule
from monograph_site.site.entry import Entry
from monograph_site.source.findings_file import CRASH

SECONDS = 2.0
"""Of processor time (other programs on the machine take none of it) for one file. A real page takes
5 ms."""
_UNPRINTABLE = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))


class Hang(BaseException):
    """A file that takes too long. Not an `Exception`: the loader turns those into findings."""


class Read(NamedTuple):
    """What a file became, and in what it is not as it should be."""

    entry: Entry
    record: bytes
    wrong: list[str]
    slow: bool = False
    """True where reading had to be ended."""


@contextlib.contextmanager
def limited(seconds: float = SECONDS) -> Iterator[None]:
    """Ends what takes longer, with `Hang`. Patterns are interrupted too; of C code only libyaml is
    not."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise Hang(f"more than {seconds} seconds")

    before = signal.signal(signal.SIGVTALRM, ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def read(content: bytes, path: str = "drugs/examplin.md", config: Config | None = None) -> Read:
    """Read a file as a build does, and judge what comes out. Raises nothing that reading itself
    does not."""
    raw = LoadJob(path, content, "digest", config or Config())
    try:
        with limited():
            entry, record = load_file(raw)
    except Hang as hang:
        return Read(Entry(path, "digest"), b"", [f"does not come to an end: {hang}"], slow=True)
    wrong = [
        f"{problem}: {one}" for one in entry.findings for problem in _problems(one, content, path)
    ]
    if not record and not any(one.blocks_page for one in entry.findings):
        wrong.append("there is neither a record nor a finding that says why")
    if list(entry.findings) != sorted(entry.findings, key=lambda d: (d.span, d.code, d.message)):
        wrong.append("the findings are in no order")
    if msgspec.msgpack.decode(msgspec.msgpack.encode(entry), type=Entry) != entry:
        wrong.append("the entry is another when it comes back from the cache")
    if record and msgspec.msgpack.encode(msgspec.msgpack.decode(record, type=Monograph)) != record:
        wrong.append("the record is another when it comes back from the cache")
    return Read(entry, record, wrong)


_NOT_SHOWN = {0x2028: " ", 0x2029: " "}
"""What stands in place of separators of lines and paragraphs."""


def lines_of(content: bytes) -> list[str]:
    """The lines of a file as an editor counts them."""
    text = content.decode("utf-8-sig", "replace").translate(_NOT_SHOWN)
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _problems(one: Finding, content: bytes, path: str) -> Iterator[str]:
    known = {finding.code: finding for finding in findings()}
    if one.code == CRASH.code:
        yield "the program failed"
    if one.code not in known or known[one.code].name != one.name:
        yield "an unknown kind of finding"
    if one.path != path:
        yield "a finding in another file"
    for text in (one.message, one.hint):
        if any(unicodedata.category(sign) in _UNPRINTABLE for sign in text):
            yield f"a message that is more than one line of text ({text!r})"
    if not one.message.strip():
        yield "a finding without a message"
    yield from _misplaced(one, lines_of(content))


def _misplaced(one: Finding, lines: list[str]) -> Iterator[str]:
    number, column = one.span.line, one.span.column
    if not 1 <= number <= len(lines):
        yield f"line {number} of {len(lines)}"
        return
    line = lines[number - 1]
    if not 1 <= column <= len(line) + 1:
        yield f"column {column} of {len(line)}"
    if one.length < 1:
        yield f"a length of {one.length}"
    if one.excerpt:
        start = one.excerpt_from - 1
        if (
            len(one.excerpt) > MAX_EXCERPT_LENGTH
            or not start < column <= start + len(one.excerpt) + 1
        ):
            yield f"an excerpt ({start}, {one.excerpt!r}) beside column {column}"
        # What is no text is shown as a replacement character, in excerpts too.
        if not _same(one.excerpt, line[start : start + len(one.excerpt)]):
            yield f"an excerpt ({one.excerpt!r}) that is not line {number}"


def _same(excerpt: str, line: str) -> bool:
    return len(excerpt) == len(line) and all(
        a in (b, "\ufffd") or (a, b) == (" ", "\x0c") for a, b in zip(excerpt, line, strict=True)
    )


def plant(check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put in one more rule, to see what this module says of its faults."""
    planted = (*rules.rules(), Rule(rules.RULES["no-section"].finding, check))
    monkeypatch.setattr(rules, "rules", lambda: planted)
    rules._active_rules.cache_clear()
    monkeypatch.setattr(rules, "_active_rules", rules._active_rules.__wrapped__)
