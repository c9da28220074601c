"""One edit: the files that changed are loaded in a process of their own, while this process imports
what plans and renders pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from .options import Inputs, Options
from .state import cached_config
from .workers import start_beside

if TYPE_CHECKING:
    from ..site.entry import Entry

MAX_FILES = 16
"""With more changed files, workers load them."""
_PACKAGE = __name__.partition(".")[0]


class LoadedAhead(NamedTuple):
    """The files that were loaded."""

    files: Mapping[str, tuple[Entry, bytes]]
    """Entries by path, each with its record in bytes (see `entries.load_file`)."""
    has_other_rules: bool
    """Whether any rule about several files is not of this package: what others look at is not
    known."""


NOTHING_LOADED = LoadedAhead({}, has_other_rules=True)


def load_ahead(
    options: Options, inputs: Inputs, digests: Mapping[str, str]
) -> Callable[[], LoadedAhead]:
    """Start to load the few content files whose bytes are not those that an earlier run has read;
    what is returned waits for them. `digests` are those of `content_digests`."""
    known = inputs.index.files
    paths = [
        path
        for path in inputs.content.signatures
        if digests.get(path) and (path not in known or known[path][1] != digests[path])
    ]
    if not paths or len(paths) > MAX_FILES:
        return lambda: NOTHING_LOADED
    result = start_beside(lambda: _load(paths, options, inputs), jobs=options.jobs)

    return cache(lambda: _decode(result()))


def load_now(options: Options, inputs: Inputs, paths: list[str]) -> LoadedAhead:
    """What `load_ahead` gives for content files that a check or a preview has read before."""
    return _decode(_load(paths, options, inputs))


def _decode(loaded: bytes) -> LoadedAhead:
    from ..site.entry import Entry  # imported while the files were loaded

    files, has_other_rules = msgspec.msgpack.decode(
        loaded, type=tuple[list[tuple[Entry, bytes]], bool]
    )
    return LoadedAhead({file[0].path: file for file in files}, has_other_rules)


def _load(paths: list[str], options: Options, inputs: Inputs) -> bytes:
    """What `LoadedAhead` has, encoded."""
    from .entries import LoadJob, load_file  # the parsers, which the other process does not import
    from .scan import read_content

    config, _ = cached_config(inputs.settings, options, inputs.code)
    files = []
    for path in paths:
        try:
            job = LoadJob(path, *read_content(options.content, path), config)
        except OSError:  # the build itself reports it
            continue
        files.append(load_file(job))
    from ..rules import SITE_RULES  # imported by now

    modules = {rule.check.__module__.partition(".")[0] for rule in SITE_RULES.values()}
    return msgspec.msgpack.encode((files, modules != {_PACKAGE}))
