"""One edit: the files that changed are loaded in a process of their own, while this process prepares
to plan and render pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

import msgspec

from .options import Inputs, Options
from .state import cached_config
from .workers import start_beside

if TYPE_CHECKING:
    from ..site.entry import Entry

MAX_FILES = 16
"""With more changed files, workers load them."""
ENTRIES_AT_ONCE = 64
"""Saved entries that are decoded in one step, in about a millisecond."""
_PACKAGE = __name__.partition(".")[0]


class LoadedAhead(NamedTuple):
    """The files that were loaded."""

    files: Mapping[str, tuple[Entry, bytes]]
    """Entries by path, each with its record in bytes (see `entries.load_file`)."""
    has_other_rules: bool
    """Whether any rule about several files is not of this package: what others look at is not
    known."""


NOTHING_LOADED = LoadedAhead({}, has_other_rules=True)


class Loading(Protocol):
    """Waits for the files that are being loaded."""

    def __call__(self, meanwhile: Iterable[object] = ()) -> LoadedAhead:
        """The files; see `workers.Awaited`."""


def nothing_ahead(meanwhile: Iterable[object] = ()) -> LoadedAhead:
    """The `Loading` of no files."""
    return NOTHING_LOADED


def load_ahead(options: Options, inputs: Inputs, digests: Mapping[str, str]) -> Loading:
    """Start to load the few content files whose bytes are not those that an earlier run has read;
    what is returned waits for them. `digests` are those of `content_digests`."""
    known = inputs.index.files
    paths = [
        path
        for path in inputs.content.signatures
        if digests.get(path) and (path not in known or known[path][1] != digests[path])
    ]
    if not paths or len(paths) > MAX_FILES:
        return nothing_ahead
    result = start_beside(lambda: _load(paths, options, inputs), jobs=options.jobs)
    loaded: list[LoadedAhead] = []

    def loading(meanwhile: Iterable[object] = ()) -> LoadedAhead:
        if not loaded:
            loaded.append(_decode(result(meanwhile)))
        return loaded[0]

    return loading


class Preparation:
    """What it takes to plan the whole site, in small steps: whether an edit needs that is known only
    when its file is loaded."""

    def __init__(self, options: Options, inputs: Inputs) -> None:
        self._options, self._inputs = options, inputs
        self._entries: dict[str, Entry] | None = None
        self.steps = self._prepare()
        """Asked for the next one, it does it."""

    def entries(self) -> dict[str, Entry]:
        """The entries that earlier runs saved, by path."""
        while self._entries is None:
            next(self.steps)
        return self._entries

    def _prepare(self) -> Iterator[object]:
        for module in ("site.catalogue", "pages.monograph", "build.plan"):
            yield import_module(f"{_PACKAGE}.{module}")
        # A build in which nothing changed needs neither.
        from ..model.registry import discover_one_by_one
        from .entries import saved_entries

        options, inputs = self._options, self._inputs
        config, _ = cached_config(inputs.settings, options, inputs.code)
        saved = saved_entries(options.cache, inputs.code, config)
        entries: dict[str, Entry] = {}
        while step := dict(islice(saved, ENTRIES_AT_ONCE)):
            entries |= step
            yield step
        self._entries = entries
        yield import_module(f"{_PACKAGE}.build.publish")
        yield import_module(f"{_PACKAGE}.check.inspect")
        yield from discover_one_by_one(f"{_PACKAGE}.rules.across")


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
