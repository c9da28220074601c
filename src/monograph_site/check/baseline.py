"""A baseline: the findings of one day, kept in a file, so that a check reports only new ones. A
baseline never grows.

A finding is recognised by its file, its code and the text it is about, not by its line. A file that
no longer exists may have been renamed, so its part of the baseline also counts for files that the
baseline does not know.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct, field

from ..model.errors import UsageProblem
from ..model.finding import Finding
from ..model.strings import collapse, lasting_digest
from ..regex import regex

VERSION = 1
CONTEXT_LENGTH = 24
"""Characters on each side of a finding that are part of its fingerprint."""
MAX_LENGTH = 100
"""Characters of a finding that are part of its fingerprint."""
_NUMBER = regex(r"\d[\d,.]*")

_Key = tuple[str, str, str]
"""Path, code, fingerprint."""

Fingerprints = dict[str, dict[str, tuple[str, ...]]]
"""Fingerprints, sorted, by path and code; one that was found twice is listed twice."""


class BaselineResult(Struct, frozen=True):
    """Findings compared with a baseline."""

    new: tuple[Finding, ...]
    """Findings that are not in the baseline."""
    hidden: int = 0
    """Number of findings that are in it."""
    fixed: int = 0
    """Number of findings in the baseline that are no longer found."""
    remaining: Fingerprints = field(default_factory=dict)
    """The baseline without the fixed ones."""

    def numbers(self) -> dict[str, int]:
        """The numbers as plain values. The keys are part of the JSON format."""
        return {"new": len(self.new), "frozen": self.hidden, "vanished": self.fixed}


class _File(Struct, frozen=True):
    version: int
    findings: Fingerprints


def read_baseline(path: Path, update: bool) -> Fingerprints | None:
    """The baseline in a file; None where there is none and one will be created (`update`).

    Raises UsageProblem for a file that is missing, damaged or of another version.
    """
    if update and not path.exists():
        return None
    try:
        file = msgspec.json.decode(path.read_bytes(), type=_File)
    except FileNotFoundError:
        raise UsageProblem(
            f"there is no baseline {str(path)!r}; to create it from the present findings, run "
            f"`monograph-site check --baseline {path} --update-baseline`"
        ) from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as problem:
        raise UsageProblem(
            f"{str(path)!r} is not a baseline, or is damaged ({problem}); restore it from git, or "
            "delete it and create it again with --update-baseline"
        ) from None
    if file.version != VERSION:
        raise UsageProblem(
            f"{str(path)!r} is a baseline of version {file.version}; this program reads {VERSION}"
        )
    return file.findings


def save_baseline(path: Path, fingerprints: Fingerprints) -> None:
    """Write a baseline, sorted and with one line for each file, so that a diff is easy to read. A
    file that already says the same is not written."""
    lines = (
        f"{json.dumps(path, ensure_ascii=False)}: {json.dumps(codes)}"
        for path, codes in sorted(fingerprints.items())
    )
    content = f'{{"version": {VERSION}, "findings": {{\n' + ",\n".join(lines) + "\n}}\n"
    if path.exists() and path.read_text(encoding="utf-8") == content:
        return
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.write_text(content, encoding="utf-8")
    os.replace(temporary, path)


def compare(
    baseline: Fingerprints | None, findings: Sequence[Finding], exists: Callable[[str], bool]
) -> BaselineResult:
    """The findings that are new; none of them where there is no baseline yet.

    `exists` says whether there is a file at a content path (see the module).
    """
    if baseline is None:
        all_keys = Counter(map(_key, findings))
        return BaselineResult((), len(findings), 0, _as_fingerprints(all_keys))
    unmatched = Counter(
        (path, code, mark)
        for path, codes in baseline.items()
        for code, marks in codes.items()
        for mark in marks
    )
    total, matched = unmatched.total(), Counter[_Key]()
    unknown: list[tuple[Finding, _Key]] = []
    for finding in findings:
        key = _key(finding)
        if unmatched[key]:
            unmatched[key] -= 1
            matched[key] += 1
        else:
            unknown.append((finding, key))
    missing = {path for path in baseline if path and not exists(path)} if unknown else set()
    in_missing = Counter(key[1:] for key in unmatched.elements() if key[0] in missing)
    new: list[Finding] = []
    for finding, key in unknown:
        if finding.path not in baseline and in_missing[key[1:]]:
            in_missing[key[1:]] -= 1
            matched[key] += 1
        else:
            new.append(finding)
    hidden = matched.total()
    return BaselineResult(tuple(new), hidden, total - hidden, _as_fingerprints(matched))


def _key(finding: Finding) -> _Key:
    return finding.path, finding.code, fingerprint(finding)


def _as_fingerprints(keys: Mapping[_Key, int]) -> Fingerprints:
    by_path: Fingerprints = {}
    for (path, code, mark), number in sorted(keys.items()):
        codes = by_path.setdefault(path, {})
        codes[code] = codes.get(code, ()) + (mark,) * number
    return by_path


def fingerprint(finding: Finding) -> str:
    """Ten hex digits of a finding's code, of the text it is about and of some characters around it.

    The rest of the line may change (a paragraph is one line), and lines may move. For a finding
    about no line (about the whole site, or an unreadable file) the message counts, without its
    numbers, which may grow with each page.
    """
    text = _NUMBER.sub("#", finding.message)
    if finding.excerpt:
        start = finding.span.column - finding.excerpt_from
        end = start + min(finding.length, MAX_LENGTH)
        text = finding.excerpt[max(start - CONTEXT_LENGTH, 0) : end + CONTEXT_LENGTH]
    return lasting_digest(finding.code, collapse(text))[:10]
