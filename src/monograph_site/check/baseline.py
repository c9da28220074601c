"""A baseline: the findings of a day, frozen in a file, so that only new ones fail. It never grows.

A finding is known again by its file, its code and the words it is about, not by its line. A file
that is gone may have been renamed, so what was frozen of it counts for files the baseline does not
know.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from ..model.errors import UsageProblem
from ..model.finding import Finding
from ..model.strings import collapse, digest

VERSION = 1


_Key = tuple[str, str, str]


Frozen = dict[str, dict[str, tuple[str, ...]]]
"""Fingerprints, sorted, by code and path; one that was found twice stands there twice."""


@dataclass(frozen=True, slots=True)
class BaselineResult:
    """Findings seen against a baseline."""

    new: tuple[Finding, ...]
    """What is not in it."""
    frozen: int = 0
    """How many are."""
    vanished: int = 0
    """How many of it are found no more."""
    left: Frozen = field(default_factory=dict)
    """The baseline without these."""

    def numbers(self) -> dict[str, int]:
        """For machines."""
        return {"new": len(self.new), "frozen": self.frozen, "vanished": self.vanished}


@dataclass(frozen=True, slots=True)
class _File:
    version: int
    findings: Frozen


def read(path: Path, update: bool) -> Frozen | None:
    """The baseline in a file; None where there is none and it is to be made (`update`). Raises
    `UsageProblem`."""
    if update and not path.exists():
        return None
    try:
        file = msgspec.json.decode(path.read_bytes(), type=_File)
    except FileNotFoundError:
        raise UsageProblem(
            f"there is no baseline {str(path)!r}; to freeze today's findings in it, run "
            f"`monograph-site check --baseline {path} --update-baseline`"
        ) from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as problem:
        raise UsageProblem(
            f"{str(path)!r} is no baseline, or was damaged ({problem}); restore it from git, or delete it and freeze "
            "today's findings anew with --update-baseline"
        ) from None
    if file.version != VERSION:
        raise UsageProblem(
            f"{str(path)!r} is a baseline of version {file.version}; this program reads {VERSION}"
        )
    return file.findings


def save(path: Path, frozen: Frozen) -> None:
    """Write a baseline, a line a file, sorted, so that a difference is easy to read; left alone
    when it says the same."""
    lines = (
        f"{json.dumps(path, ensure_ascii=False)}: {json.dumps(codes)}"
        for path, codes in sorted(frozen.items())
    )
    content = f'{{"version": {VERSION}, "findings": {{\n' + ",\n".join(lines) + "\n}}\n"
    if path.exists() and path.read_text(encoding="utf-8") == content:
        return
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.write_text(content, encoding="utf-8")
    os.replace(temporary, path)


def compare(
    frozen: Frozen | None, found: Sequence[Finding], is_there: Callable[[str], bool]
) -> BaselineResult:
    """The findings that are new; where there is no baseline yet, all are frozen.

    `is_there` says of a content path whether there is such a file (see the module).
    """
    if frozen is None:
        every = Counter((one.path, one.code, fingerprint(one)) for one in found)
        return BaselineResult((), len(found), 0, _frozen(every))
    left = Counter(
        (path, code, mark)
        for path, codes in frozen.items()
        for code, some in codes.items()
        for mark in some
    )
    count, kept = left.total(), Counter[_Key]()
    unknown: list[tuple[Finding, _Key]] = []
    for one in found:
        key = (one.path, one.code, fingerprint(one))
        if left[key]:
            left[key] -= 1
            kept[key] += 1
        else:
            unknown.append((one, key))
    gone = {path for path in frozen if path and not is_there(path)} if unknown else set()
    moved = Counter(key[1:] for key in left.elements() if key[0] in gone)
    new: list[Finding] = []
    for one, key in unknown:
        if one.path not in frozen and moved[key[1:]]:
            moved[key[1:]] -= 1
            kept[key] += 1
        else:
            new.append(one)
    return BaselineResult(tuple(new), kept.total(), count - kept.total(), _frozen(kept))


def _frozen(counted: Mapping[_Key, int]) -> Frozen:
    made: Frozen = {}
    for (path, code, mark), number in sorted(counted.items()):
        codes = made.setdefault(path, {})
        codes[code] = codes.get(code, ()) + (mark,) * number
    return made


_AROUND = 24


_LONGEST = 100


_NUMBER = re.compile(r"\d[\d,.]*")


def fingerprint(one: Finding) -> str:
    """Ten hex digits of a finding's code, the text it is about and a few signs around that.

    The rest of the line may change (a paragraph is one line), and lines may move. Of a finding
    about no line (the whole site, an unreadable file) the message counts instead, without the
    numbers in it, which rise with each page.
    """
    text = _NUMBER.sub("#", one.message)
    if one.excerpt:
        at = one.span.column - one.excerpt_from
        text = one.excerpt[max(at - _AROUND, 0) : at + min(one.length, _LONGEST) + _AROUND]
    return digest(one.code, collapse(text))[:10]
