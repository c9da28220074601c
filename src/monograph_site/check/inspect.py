"""Everything that is wrong with a site: what was found in each file, and what only the files together show, judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from ..build import scan
from ..build.options import Options
from ..config import Config, settings
from ..model.excerpt import with_excerpts
from ..model.finding import Diagnostic, ordered
from ..model.monograph import Monograph
from ..rules._site import Whole, check
from ..site.site import Entry, Site
from ..source.decode import decode
from .judge import judge


def across(site: Site, options: Options, kept: Callable[[str, str], bytes]) -> tuple[Diagnostic, ...]:
    """What is wrong with more than one file, or with the site as a whole, not judged. `kept` gives the bytes of the
    record with a digest, made of a content file."""
    digests = {entry.path: entry.record_digest for entry in site.entries}

    def record(path: str) -> Monograph:
        return msgspec.msgpack.decode(kept(digests[path], path), type=Monograph)

    found = check(Whole(site, options.as_of, record), site.config.asked)
    return tuple(_with_lines((*site.diagnostics, *found), options.content))


def judged(
    entries: Mapping[str, Entry], others: Iterable[Diagnostic], config: Config, content: Path
) -> tuple[Diagnostic, ...]:
    """The findings of the entries and all others, as the editors' orders leave them. See `judging`."""
    found = (*_with_lines(others, content), *(one for entry in entries.values() for one in entry.diagnostics))
    ignores = {path: entry.ignores for path, entry in entries.items() if entry.ignores}
    return ordered(judge(found, ignores, config, settings(content)))


def _with_lines(found: Iterable[Diagnostic], content: Path) -> Iterator[Diagnostic]:
    """Findings that were not made while their file was read, with their lines, which only the file can tell."""
    bare: dict[str, list[Diagnostic]] = {}
    for one in found:
        if one.excerpt or not one.path:
            yield one
        else:
            bare.setdefault(one.path, []).append(one)
    for path, some in bare.items():
        try:
            source = decode(path, scan.read(content, path)[0]).source
        except OSError:
            source = None
        yield from with_excerpts(some, source) if source else some
