"""What is wrong, where, and what to do about it. A fault in content is a value of this kind, never
an exception."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from .registry import NameTaken, Registry
from .source import Span
from .strings import printable

_CODE = re.compile(r"[EWI]\d{0,3}|\d{1,3}")


class Severity(StrEnum):
    """How bad a finding is. `error` keeps the site from being published (unless --keep-going), the
    others do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _RANKS[self]

    @classmethod
    def of_code(cls, code: str) -> Severity:
        """The usual severity of a finding, which the letter of its code says."""
        return _LETTERS[code[0]]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


_LETTERS = {severity.name[0]: severity for severity in Severity}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: what and where, in the words of the person who can mend it."""

    path: str
    """The content file, relative to the content folder; `site.yaml` for the configuration; '' for
    the whole site."""
    span: Span
    """Line and column, one-based."""
    code: str
    """Stable short code, never reused: `E101`."""
    name: str
    """Stable name of the fault: `no-section`."""
    severity: Severity
    message: str
    """What is wrong, naming the offending value; one line."""
    hint: str = ""
    """What to do next; one line."""
    length: int = 1
    """Characters of the line the finding is about, from its column on."""
    excerpt: str = ""
    """The line of the source around it; '' where the finding is about no line (the whole site, an
    unreadable file)."""
    excerpt_from: int = 1
    """The column at which the excerpt starts: of long lines only a stretch is kept."""
    blocks_page: bool = False
    """True where the file cannot become a page at all (unreadable, unsafe, two files for one
    address)."""
    fixable: bool = False
    """True where the right text follows from the wrong one, so that no judgement is needed to mend
    it."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.span.line}:{self.span.column}" if self.path else "site"
        return " ".join(
            filter(
                None, (place, self.code, self.name, f"[{self.severity}]", self.message, self.hint)
            )
        )


class Problem(NamedTuple):
    """A place in a file and what is wrong there: a `Finding` without what its `FindingKind` and its
    file add."""

    span: Span
    text: str
    """What is wrong; then, after a line end, what to do."""
    length: int = 1
    """See `Finding.length`."""


@dataclass(frozen=True, slots=True)
class FindingKind:
    """The kind of a diagnostic. `at` makes the diagnostic."""

    code: str
    """A letter for the usual severity (E, W or I) and three digits; no number is used twice,
    whatever the letter."""
    name: str
    """In kebab-case; says what is wrong."""
    manual: str = ""
    """What it finds, why that matters, a wrong and a right example, how to fix it: see `manual`."""
    blocks_page: bool = False
    """True where a file with it cannot become a page at all."""
    fixable: bool = False
    """See `Finding.fixable`."""
    optional: bool = False
    """True where it is looked for only when site.yaml or the command line asks for it."""

    @property
    def severity(self) -> Severity:
        """The usual severity, which `severity` in site.yaml may change."""
        return Severity.of_code(self.code)

    def at(self, path: str, span: Span, text: str, length: int = 1) -> Finding:
        """The diagnostic of this kind at a place. `text` is what is wrong and, after a line end,
        what to do."""
        message, _, hint = text.partition("\n")
        return Finding(
            path, span, self.code, self.name, self.severity, printable(message), printable(hint), max(length, 1),
            blocks_page=self.blocks_page, fixable=self.fixable,
        )  # fmt: skip


FINDINGS: Registry[FindingKind] = Registry("finding")
"""Every kind of finding by its name: those of the rules once the rules are discovered, the others
at once."""


def declare(
    code: str,
    name: str,
    manual: str,
    *,
    blocks_page: bool = False,
    fixable: bool = False,
    optional: bool = False,
) -> FindingKind:
    """A new kind of finding, put into `FINDINGS`. `NameTaken` where its name or number is
    another's."""
    finding = FindingKind(code, name, manual, blocks_page, fixable, optional)
    numbers = {known.code[1:]: known for known in FINDINGS.values() if known.name != name}
    if code[1:] in numbers:
        raise NameTaken(
            f"two findings want to be number {code[1:]}: {numbers[code[1:]].name!r} and {name!r}"
        )
    return FINDINGS.add(name, finding)


def selects(word: str, one: Finding | FindingKind) -> bool:
    """Whether a word means a finding: its name, its code, or the beginning of its code (`E2`), the
    letter left out or not (`2`)."""
    if not _CODE.fullmatch(word):
        return word == one.name
    return one.code.startswith(word) or one.code[1:].startswith(word)


def ordered(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings without repetitions, by path, place, code and message: the same in every process
    layout."""
    return tuple(sorted(set(found), key=lambda d: (d.path, d.span, d.code, d.message)))


@dataclass(frozen=True, slots=True)
class Ignore:
    """A finding that a file's editor lets pass."""

    word: str
    """A code, the beginning of one, or a name."""
    span: Span
