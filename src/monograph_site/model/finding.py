"""Findings: what is wrong, where, and what to do about it. A fault in content is a finding, never an
exception."""

from __future__ import annotations

from ast import literal_eval
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from ..regex import regex
from .registry import NameTaken, Registry
from .source import Span
from .strings import printable

_CODE = regex(r"[EWI]\d{0,3}|\d{1,3}")
_WRITE = regex(r"""(?:Write|Did you mean) ('[^'\\]+'|"[^"\\]+")[.?]""")


class Severity(StrEnum):
    """How serious a finding is. An error keeps the site from being published (except with
    --keep-going), the others do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the most serious."""
        return _RANKS[self]

    @classmethod
    def of_code(cls, code: str) -> Severity:
        """The usual severity of a finding: the letter of its code."""
        return _LETTERS[code[0]]


_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


_LETTERS = {severity.name[0]: severity for severity in Severity}


class Finding(Struct, frozen=True, array_like=True, gc=False):
    """One finding: what is wrong and where, in the words of the person who can correct it."""

    path: str
    """The content file, relative to the content folder; `site.yaml` for the configuration; '' for
    the whole site."""
    span: Span
    """Line and column, one-based."""
    code: str
    """Stable short code, never reused: `E101`."""
    name: str
    """Stable name of its kind: `no-section`."""
    severity: Severity
    message: str
    """What is wrong, naming the offending value; one line."""
    hint: str = ""
    """What to do next; one line."""
    length: int = 1
    """Characters of the line that the finding is about, from its column on."""
    excerpt: str = ""
    """Its line of the source, cut if long; '' where the finding is not about a line (the whole
    site, an unreadable file)."""
    excerpt_from: int = 1
    """The column at which the excerpt starts."""
    blocks_page: bool = False
    """True where the file cannot become a page at all (unreadable, unsafe, two files for one
    address)."""
    fixable: bool = False
    """True where the right text follows from the wrong one, so that correcting it needs no
    judgement."""

    @property
    def quoted(self) -> str:
        """The text that it is about, as far as its excerpt has it."""
        return self.excerpt[self.span.column - self.excerpt_from :][: self.length]

    @property
    def replacement(self) -> str | None:
        """What to write instead of `quoted`, where the message quotes that text and the hint says
        what to write; else None."""
        write = _WRITE.fullmatch(self.hint) if self.fixable and self.excerpt else None
        if write is None or repr(self.quoted) not in self.message:
            return None
        return str(literal_eval(write[1]))

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


class FindingKind(Struct, frozen=True):
    """A kind of finding; `at` makes a finding of it."""

    code: str
    """A letter for the usual severity (E, W or I) and three digits; no number is used twice,
    whatever the letter."""
    name: str
    """In kebab-case; says what is wrong."""
    manual: str = ""
    """What it finds, why that matters, a wrong and a right example, how to fix it."""
    blocks_page: bool = False
    """True where a file with it cannot become a page at all."""
    fixable: bool = False
    """See `Finding.fixable`: `fix` corrects it where it can."""
    changes_words: bool = False
    """True where the correction replaces words by others, so that `fix` makes it with --unsafe
    only."""
    optional: bool = False
    """True where it is only looked for if site.yaml or the command line asks for it."""

    @property
    def severity(self) -> Severity:
        """The usual severity, which `severity` in site.yaml may change."""
        return Severity.of_code(self.code)

    def at(self, path: str, span: Span, text: str, length: int = 1) -> Finding:
        """A finding of this kind. `text` is what is wrong and, after a line end, what to do."""
        message, _, hint = text.partition("\n")
        return Finding(
            path,
            span,
            self.code,
            self.name,
            self.severity,
            printable(message),
            printable(hint),
            max(length, 1),
            blocks_page=self.blocks_page,
            fixable=self.fixable,
        )


FINDINGS: Registry[FindingKind] = Registry("finding")
"""Every kind of finding by its name. Those of the rules are in it once the rules are imported."""


def declare(
    code: str,
    name: str,
    manual: str,
    *,
    blocks_page: bool = False,
    fixable: bool = False,
    changes_words: bool = False,
    optional: bool = False,
) -> FindingKind:
    """Add a kind of finding to `FINDINGS`. Raises NameTaken where its name or number is in use."""
    number = code[1:]
    for kind in FINDINGS.unordered():
        if kind.code[1:] == number and kind.name != name:
            raise NameTaken(f"two findings have the number {number}: {kind.name!r} and {name!r}")
    kind = FindingKind(code, name, manual, blocks_page, fixable, changes_words, optional)
    return FINDINGS.add(name, kind)


def selects(word: str, finding: Finding | FindingKind) -> bool:
    """Whether a word selects a finding: its name, its code, or a prefix of its code with or without
    the letter (`E2`, `2`)."""
    if not _CODE.fullmatch(word):
        return word == finding.name
    return finding.code.startswith(word) or finding.code[1:].startswith(word)


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings without repetitions, by path, place, code and message: the same with any number of
    processes."""
    return tuple(
        sorted(
            set(findings),
            key=lambda finding: (finding.path, finding.span, finding.code, finding.message),
        )
    )


class Ignore(Struct, frozen=True, array_like=True, gc=False):
    """A suppression: findings in one file that its editor has accepted."""

    word: str
    """A code, a prefix of one, or a name (see `selects`)."""
    span: Span
    first: int = 0
    """The lines for which it holds; 0 for the whole file."""
    last: int = 0

    def covers(self, finding: Finding) -> bool:
        """Whether it suppresses a finding of its file."""
        is_there = not self.first or self.first <= finding.span.line <= self.last
        return is_there and selects(self.word, finding)
