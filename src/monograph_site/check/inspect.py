"""All findings of a site: those of each file, and those that only the files together show, after
the editors' policy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ..config import Config
from ..model.excerpt import with_excerpts
from ..model.finding import Finding, ordered
from ..model.monograph import Monograph
from ..model.source import Source
from ..rules import SiteContext, check_site
from ..site.site import Entry, Site
from .judge import judge

ReadSource = Callable[[str], Source | None]
"""The text of a content path as it is now; None where the file cannot be read."""


def findings_across(
    site: Site, as_of: str, load_record: Callable[[str], Monograph], read_source: ReadSource
) -> tuple[Finding, ...]:
    """What is wrong with more than one file or with the site as a whole, before the policy.

    `as_of` is the ISO date that counts as today; `load_record` gives the full record of a content
    path.
    """
    found = check_site(SiteContext(site, as_of, load_record), site.config.asked)
    return tuple(_with_lines((*site.findings, *found), read_source))


def judged(
    entries: Mapping[str, Entry],
    others: Iterable[Finding],
    config: Config,
    settings: Source,
    read_source: ReadSource,
) -> tuple[Finding, ...]:
    """The findings of the entries and all others after the policy of the files and of site.yaml
    (`settings`)."""
    found = (*others, *(one for entry in entries.values() for one in entry.findings))
    ignores = {path: entry.ignores for path, entry in entries.items() if entry.ignores}
    kept = judge(found, ignores, config, settings)
    return ordered(_with_lines(kept, read_source))


def _with_lines(found: Iterable[Finding], read_source: ReadSource) -> Iterator[Finding]:
    """Findings with their lines, also those that were not made while their file was read."""
    without_line: dict[str, list[Finding]] = {}
    for finding in found:
        if finding.excerpt or not finding.path:
            yield finding
        else:
            without_line.setdefault(finding.path, []).append(finding)
    for path, findings in without_line.items():
        source = read_source(path)
        yield from with_excerpts(findings, source) if source else findings
