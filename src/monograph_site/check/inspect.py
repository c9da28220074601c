"""All findings about a site: those of each file, and those about several files together, after the
policy of the editors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from ..config import Config
from ..model.excerpt import with_excerpts
from ..model.finding import Finding, ordered
from ..model.monograph import Loaded, Monograph
from ..model.source import Source
from ..rules import SiteContext, check_site
from ..site.site import Entry, Site
from .policy import apply_policy

ReadSource = Callable[[str], Source | None]
"""The text of a content path as it is now; None where the file cannot be read."""
ReadRecord = Callable[[str, str], bytes]
"""The record with a digest, as the cache keeps it, of a content path."""


def findings_across_files(
    site: Site, as_of: str, read_record: ReadRecord, read_source: ReadSource
) -> tuple[Finding, ...]:
    """Findings about several files together or about the site as a whole, before the policy.

    `as_of` is the ISO date that counts as today. Raises what `read_record` raises.
    """
    digests = {entry.path: entry.record_digest for entry in site.entries}

    def load_record(path: str) -> Monograph:
        return msgspec.msgpack.decode(read_record(digests[path], path), type=Monograph)

    findings = check_site(SiteContext(site, as_of, load_record), site.config.optional_rules)
    return tuple(_with_lines((*site.findings, *findings), read_source))


def findings_after_policy(
    entries: Mapping[str, Entry],
    others: Iterable[Finding],
    config: Config,
    settings: Source,
    read_source: ReadSource,
) -> tuple[Finding, ...]:
    """The findings of entries, by path, and all others, in order, after the policy of the files and
    of site.yaml (`settings`)."""
    findings = [finding for entry in entries.values() for finding in entry.findings]
    ignores = {path: entry.ignores for path, entry in entries.items() if entry.ignores}
    kept = apply_policy((*findings, *others), ignores, config, settings)
    return ordered(_with_lines(kept, read_source))


def findings_of_text(path: str, loaded: Loaded, config: Config) -> tuple[Finding, ...]:
    """The findings of one loaded text, in order, after its suppressions and the severities of
    site.yaml."""
    kept = apply_policy(loaded.findings, {path: loaded.ignores}, config, None)
    return ordered(finding for finding in kept if finding.path == path)


def _with_lines(findings: Iterable[Finding], read_source: ReadSource) -> Iterator[Finding]:
    """The findings, each with its line of source: those made when their file was not at hand get it
    now."""
    without_line: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.excerpt or not finding.path:
            yield finding
        else:
            without_line.setdefault(finding.path, []).append(finding)
    for path, in_file in without_line.items():
        source = read_source(path)
        yield from with_excerpts(in_file, source) if source else in_file
