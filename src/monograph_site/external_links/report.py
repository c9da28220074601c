"""The check of all links of a site, and its report."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from ..build.cache import read_decoded, write_atomically
from ..build.options import Options
from ..check.formats.style import plural
from ..check.selection import Selection
from ..model.errors import UsageProblem
from ..model.strings import printable
from .check import ARCHIVE, archived_copy, check_addresses
from .client import Client
from .places import Places, links_of_site
from .results import LinkResult, Verdict

CACHE_FILE = "external-links"
DAYS_KEPT = 7
"""Days for which a link that works is not asked again."""
DAYS_KEPT_OF_FAILURES = 1
_SECONDS_A_DAY = 86_400
_NOT_FOUND = ("unknown-host", "dns-failure")

Results = dict[str, LinkResult]


class LinkCheck(Struct, frozen=True):
    """What to check, and how."""

    options: Options
    selection: Selection
    client: Client
    refresh: bool = False
    """Whether to ask for all addresses, also those whose results are kept."""
    archive: str = ARCHIVE
    """Address of the API that knows archived copies of dead links; '' to ask for none."""
    progress: Callable[[str, int, int], None] | None = None
    """See `build.summary.Progress`."""


class LinkReport(Struct, frozen=True):
    """The addresses of a site with their results, in order of their first places."""

    places: Places
    results: Results
    asked: int
    """Number of addresses that were asked, not known from an earlier check."""

    def of(self, verdict: Verdict) -> list[str]:
        """The addresses with a verdict."""
        return [url for url in self.places if self.results[url].verdict is verdict]


def check_links(request: LinkCheck) -> LinkReport:
    """Check the links of a site to others. Results are kept in the cache folder, also where an
    interrupt ends the check. Raises a `MonographError`, and OSError for a content folder that
    cannot be read."""
    places = links_of_site(request.options, request.selection)
    file, now = request.options.cache / CACHE_FILE, request.client.now()
    known = {url: item for url, item in _read(file).items() if _is_fresh(item, now)}
    to_ask = [url for url in places if request.refresh or url not in known]
    asked = 0

    def keep(url: str, result: LinkResult) -> None:
        nonlocal asked
        known[url], asked = result, asked + 1
        if request.progress:
            request.progress("links", asked, len(to_ask))

    try:
        check_addresses(to_ask, request.client, keep)
        _require_network(to_ask, known)
        _find_archived_copies(request, known, places)
    finally:
        _write(file, known)
    return LinkReport(places, {url: known[url] for url in places}, len(to_ask))


def _require_network(urls: list[str], results: Results) -> None:
    """Take back the results where no host of several was found: this machine is offline. Raises
    UsageProblem then."""
    hosts = {urlsplit(url).netloc for url in urls if results[url].outcome in _NOT_FOUND}
    if len(hosts) > 1 and all(results[url].outcome in _NOT_FOUND for url in urls):
        for url in urls:
            del results[url]
        raise UsageProblem("the name server knows none of the hosts; is this machine online?")


def _find_archived_copies(request: LinkCheck, results: Results, places: Places) -> None:
    """Add archived copies of dead links to the results, until the archive stops answering."""
    for url in places if request.archive else ():
        if results[url].verdict is not Verdict.DEAD or results[url].archived is not None:
            continue
        copy = archived_copy(url, request.client, request.archive)
        if copy is None:
            return
        results[url] = replace(results[url], archived=copy)


def _is_fresh(result: LinkResult, now: float) -> bool:
    if result.outcome == "private-address":  # it was not asked, and another option may allow it
        return False
    works = result.verdict in (Verdict.WORKS, Verdict.MOVED)
    days = DAYS_KEPT if works else DAYS_KEPT_OF_FAILURES
    return 0 <= now - result.checked < days * _SECONDS_A_DAY


def _read(file: Path) -> Results:
    return read_decoded(file, Results, {})


def _write(file: Path, results: Results) -> None:
    write_atomically(file, msgspec.msgpack.encode(dict(sorted(results.items()))))


def write_lines(report: LinkReport, folder: str) -> Iterator[str]:
    """`line`: a line for each place of a link that does not simply work, in order of places, and
    the totals. `folder` leads to the content folder."""
    rows = sorted(
        (path, span, url)
        for url, uses in report.places.items()
        if report.results[url].verdict is not Verdict.WORKS
        for path, span in uses
    )
    for path, span, url in rows:
        place = f"{folder}{path}:{span.line}:{span.column}"
        yield printable(f"{place} {_sentence(url, report.results[url])}")
    yield summary(report)


def write_json(report: LinkReport, folder: str) -> Iterator[str]:
    """`json`: one object with the number of links by verdict, and all of them."""
    links = [_as_json(url, report, folder) for url in report.places]
    totals = {verdict.value: len(report.of(verdict)) for verdict in Verdict}
    about = {"checked": len(links), "asked": report.asked, "totals": totals}
    yield json.dumps({**about, "links": links}, ensure_ascii=False)


FORMATS: dict[str, Callable[[LinkReport, str], Iterator[str]]] = {
    "line": write_lines,
    "json": write_json,
}
"""The lines of a report, by the name of its format."""


def summary(report: LinkReport) -> str:
    """The totals of a report, in one line."""
    numbers = [(len(report.of(verdict)), verdict) for verdict in Verdict]
    known = len(report.places) - report.asked
    parts = [f"{number:,} {verdict}" for number, verdict in numbers if number]
    totals = f": {', '.join(parts)}" if parts else ""
    from_cache = f" ({known:,} known from an earlier check)" if known else ""
    return f"{plural(len(report.places), 'external link')}{totals}{from_cache}"


def _sentence(url: str, result: LinkResult) -> str:
    words = f"{result.outcome} [{result.verdict}] {url}: {result.detail}"
    if result.target:
        return f"{words}. Write {result.target}"
    return f"{words}. Archived copy: {result.archived}" if result.archived else words


def _as_json(url: str, report: LinkReport, folder: str) -> dict[str, Any]:
    result = report.results[url]
    return {
        "url": url,
        "verdict": result.verdict.value,
        "outcome": result.outcome,
        "status": result.status,
        "detail": result.detail,
        "target": result.target,
        "archived": result.archived or "",
        "places": [
            {"path": path, "file": f"{folder}{path}", "line": span.line, "column": span.column}
            for path, span in report.places[url]
        ],
    }
