"""Correcting the findings of one file, until nothing certain is left to correct."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from ..check.inspect import findings_of_text
from ..config import Config
from ..model.finding import Finding, Severity
from .fixes import NEUTRAL, Page, edits_for
from .text import Edit, FileText, without_overlaps

MAX_ROUNDS = 200
"""Rounds of corrections in one file. A round corrects all places that are known; some rules report
the first twenty places only."""


class FixedFile(Struct, frozen=True):
    """What corrections made of a file."""

    content: bytes
    fixed: Counter[str]
    """How many corrections were made, by name of the finding."""


def fix_content(
    path: str,
    content: bytes,
    config: Config,
    is_wanted: Callable[[Finding], bool],
    known: Sequence[Finding] = (),
) -> FixedFile:
    """Correct the findings of a file that are wanted, and after its suppressions. `known` are
    findings on the content as it is that need all files to be known, such as an unused suppression.

    A correction after which the page is lost, or has an error it did not have, is left out; so is
    one that should change nothing on the page and does. Raises UnicodeDecodeError.
    """
    page = Page(path, FileText.of(content), dataclasses.replace(config, every_place=True))
    fixed: Counter[str] = Counter()
    refused: set[Edit] = set()
    for _ in range(MAX_ROUNDS):
        findings = findings_of_text(path, page.loaded, page.config)
        in_file = [finding for finding in findings if finding.name not in _NEED_ALL_FILES]
        wanted = [finding for finding in (*in_file, *known) if is_wanted(finding)]
        edits = [edit for finding in wanted for edit in edits_for(page, finding)]
        group = _next_group([edit for edit in edits if edit not in refused])
        if not group:
            break
        page, applied = _apply(page, group)
        fixed.update(edit.name for edit in applied)
        known = ()
        refused = set() if applied else {*refused, *group}
    return FixedFile(page.file.content, fixed)


def sound_edits(page: Page, findings: Iterable[Finding]) -> dict[Finding, list[Edit]]:
    """The edits that correct each of these findings, without those that `fix_content` would leave
    out."""
    by_finding = {finding: without_overlaps(edits_for(page, finding)) for finding in findings}
    edits = without_overlaps(edit for own in by_finding.values() for edit in own)
    applied = set(_apply(page, edits)[1]) if edits else set()
    return {finding: own for finding, own in by_finding.items() if own and applied.issuperset(own)}


_NEED_ALL_FILES = frozenset({"unused-ignore"})


def _next_group(edits: Sequence[Edit]) -> list[Edit]:
    """The edits to make together: first those after which the record is the same."""
    neutral = [edit for edit in edits if edit.name in NEUTRAL]
    return without_overlaps(neutral or edits)


def _apply(page: Page, edits: Sequence[Edit]) -> tuple[Page, list[Edit]]:
    """The page after these edits, or after those of them that do no harm."""
    candidate = replace(page, file=page.file.with_edits(edits))
    if _is_sound(page, candidate, edits):
        return candidate, list(edits)
    applied: list[Edit] = []
    for edit in edits if len(edits) > 1 else ():
        candidate = replace(page, file=page.file.with_edits([*applied, edit]))
        if _is_sound(page, candidate, [edit]):
            applied.append(edit)
    return replace(page, file=page.file.with_edits(applied)), applied


def _is_sound(before: Page, after: Page, edits: Sequence[Edit]) -> bool:
    if all(edit.name in NEUTRAL for edit in edits):
        return before.monograph == after.monograph
    is_lost = before.monograph is not None and after.monograph is None
    return not is_lost and _errors(after) <= _errors(before)


def _errors(page: Page) -> Counter[str]:
    findings = page.loaded.findings
    return Counter(finding.code for finding in findings if finding.severity is Severity.ERROR)
