"""The findings of files and of a site, in order, after the policy of the editors.

This module does not import the rules: a build after one edit does without them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from ..config import Config
from ..model.excerpt import with_excerpts
from ..model.finding import Finding, Ignore, ordered
from ..model.source import Source
from ..site.entry import Entry
from .policy import apply_policy

ReadSource = Callable[[str], Source | None]
"""The text of a content path as it is now; None where the file cannot be read."""


def findings_after_policy(
    entries: Mapping[str, Entry],
    others: Iterable[Finding],
    config: Config,
    settings: Source | None,
    read_source: ReadSource,
) -> tuple[Finding, ...]:
    """The findings of entries, by path, and all others, in order and with their lines of source,
    after the policy of the files and of site.yaml. `settings` is its text; see `apply_policy`."""
    findings = [finding for entry in entries.values() for finding in entry.findings]
    ignores: dict[str, tuple[Ignore, ...]] = {}
    for path, entry in entries.items():
        if entry.ignores:
            file = config.file_of(path)
            ignores[file] = (*ignores.get(file, ()), *entry.ignores)
    in_files = _in_their_files(others, config)
    kept = apply_policy((*findings, *in_files), ignores, config, settings)
    return ordered(with_lines(kept, read_source))


def _in_their_files(findings: Iterable[Finding], config: Config) -> Iterator[Finding]:
    """The findings, those on entries of data files with the path of the file."""
    if not config.data_collections:
        yield from findings
        return
    for finding in findings:
        file = config.file_of(finding.path)
        yield finding if file == finding.path else replace(finding, path=file)


def with_lines(findings: Iterable[Finding], read_source: ReadSource) -> list[Finding]:
    """The findings in the same order, each with its line of source: those made when their file was
    not at hand get it now."""
    result = list(findings)
    without_line: dict[str, list[int]] = {}
    for index, finding in enumerate(result):
        if finding.path and not finding.excerpt:
            without_line.setdefault(finding.path, []).append(index)
    for path, indices in without_line.items():
        if source := read_source(path):
            with_line = with_excerpts([result[index] for index in indices], source)
            for index, finding in zip(indices, with_line, strict=True):
                result[index] = finding
    return result
