"""The findings about several files of a site together, and those of one text."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
from msgspec import Struct

from ..config import Config
from ..model.finding import Finding, ordered
from ..model.monograph import Loaded, Monograph
from ..rules import SiteContext, check_site, site_rules
from ..site.site import Site
from .after_policy import ReadSource, with_lines
from .policy import apply_policy

LINK_RULES = frozenset({"broken-link", "broken-anchor"})
"""Rules about several files that need to look at few of them only."""
ReadRecord = Callable[[str, str], bytes]
"""The record with a digest, as the cache keeps it, of a content path."""


Lines = dict[tuple[Finding, str], Finding]
"""Findings with their line of source, by the same without it and the digest of their file."""


class FindingsAcrossFiles(Struct, frozen=True):
    """The findings about several files together or about the site as a whole, and what they follow
    from."""

    findings: tuple[Finding, ...]
    """Before the policy and without their lines of source."""
    read: frozenset[str]
    """The paths of the files of which a rule read the record."""
    disputed: frozenset[str]
    """The paths of the files whose claims another file, or another part of the file, disputes."""


def findings_across_files(site: Site, as_of: str, read_record: ReadRecord) -> FindingsAcrossFiles:
    """The findings about several files together.

    `as_of` is the ISO date that counts as today. `lines`, kept from one call to the next, saves
    reading the files that have not changed in between. Raises what `read_record` raises.
    """
    read: set[str] = set()

    def read_and_note(record_digest: str, path: str) -> bytes:
        read.add(path)
        return read_record(record_digest, path)

    context = SiteContext(site, as_of, _record_loader(site, read_and_note))
    findings = (*site.findings, *check_site(context, site.config.optional_rules))
    disputed = frozenset(
        sourced.path
        for disputes in context.disputes.values()
        for claims in disputes
        for sourced in claims
    )
    return FindingsAcrossFiles(findings, frozenset(read), disputed)


def with_kept_lines(
    findings: Iterable[Finding], site: Site, read_source: ReadSource, lines: Lines
) -> tuple[Finding, ...]:
    """The findings, each with its line of source. `lines`, kept from one call to the next, saves
    reading the files that have not changed in between."""
    digests = {entry.path: entry.source_digest for entry in site.entries}
    known = {finding: lines.get((finding, digests.get(finding.path, ""))) for finding in findings}
    missing = [finding for finding, with_line in known.items() if with_line is None]
    known |= zip(missing, with_lines(missing, read_source), strict=True)
    lines.clear()
    for finding, with_line in known.items():
        if with_line and finding.path in digests:
            lines[finding, digests[finding.path]] = with_line
    return tuple(finding for finding in known.values() if finding)


def _record_loader(site: Site, read_record: ReadRecord) -> Callable[[str], Monograph]:
    """A function that loads the record of a content path."""
    digests = {entry.path: entry.record_digest for entry in site.linking}
    return lambda path: msgspec.msgpack.decode(read_record(digests[path], path), type=Monograph)


def findings_on_links(
    site: Site, paths: frozenset[str], read_record: ReadRecord
) -> tuple[Finding, ...]:
    """The findings on links of some files to other pages, before the policy. Fast for few files,
    unlike `findings_across_files`. Raises what `read_record` raises."""
    if not any(entry.path in paths and entry.facts.links for entry in site.entries):
        return ()
    context = SiteContext(site, "", _record_loader(site, read_record), paths)
    return tuple(
        rule.finding.at(path, *problem)
        for rule in site_rules()
        if rule.finding.name in LINK_RULES
        for path, problem in rule.check(context)
    )


def findings_of_text(path: str, loaded: Loaded, config: Config) -> tuple[Finding, ...]:
    """The findings of one loaded text, in order, after its suppressions and the severities of
    site.yaml."""
    kept = apply_policy(loaded.findings, {path: loaded.ignores}, config, None)
    return ordered(finding for finding in kept if finding.path == path)
