"""All pages that differ between two revisions, each with its changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import fields
from pathlib import Path

from msgspec import Struct

from ..build.data_files import parse_data
from ..build.scan import Index, read_content, scan_folder
from ..build.workers import run_in_workers
from ..config import Config
from ..model.monograph import Monograph
from .change import KINDS, Change, PageChanges, ranked
from .compare import compare, whole_page
from .revisions import (
    FilePair,
    Revision,
    changed_files,
    is_page,
    is_shared,
    read_range,
)

MAX_SETTING_LENGTH = 200
"""Characters of a setting that are shown."""
_SHOWN_ON_PAGES = frozenset(("fragments", "vendored"))
"""Fields of the settings whose changes are seen on the pages that use them."""


class PageSource(Struct, frozen=True):
    """A content file at a revision."""

    path: str
    content: bytes
    config: Config
    is_item: bool = False
    """Whether it is an entry of a data file."""


class PagePair(Struct, frozen=True):
    """A page at both revisions; None where there is none."""

    before: PageSource | None
    after: PageSource | None


def changed_pages(
    content: Path,
    revisions: str = "",
    paths: Iterable[str] | None = None,
    *,
    jobs: int = 1,
    on_step: Callable[[str, int, int], None] | None = None,
) -> tuple[PageChanges, ...]:
    """The pages that differ between the revisions (`A..B`; `A`: since A; '': since the last
    commit), those first whose changes may harm most. `paths` are content paths of files and
    folders; None means all. Raises UsageProblem.
    """
    before, after = read_range(content, revisions)
    with ExitStack() as stack:
        old, new = (stack.enter_context(Revision(content, commit)) for commit in (before, after))
        files = changed_files(content, before, after)
        settings: tuple[PageChanges, ...] = ()
        if any(is_shared(path) for pair in files for path in (pair.before, pair.after)):
            settings = _settings(old.config, new.config)
            files = _all_files(old, new, files)
        wanted = None if paths is None else tuple(paths)
        files = tuple(pair for pair in files if _is_wanted((pair.before, pair.after), wanted))
        pairs = list(_pairs(old, new, files))
        pages: list[PageChanges] = []
        for page in run_in_workers(compare_pair, pairs, jobs=jobs):
            pages.append(page)
            if on_step:
                on_step("comparing", len(pages), len(pairs))
    changed = (page for page in (*settings, *pages) if page.changes or page.former_path)
    return tuple(sorted(changed, key=lambda page: (page.rank, page.path)))


def compare_pair(pair: PagePair) -> PageChanges:
    """The changes of one page. Runs in a worker."""
    old, new = _record(pair.before), _record(pair.after)
    before, after = pair.before, pair.after
    path = (after or before or PageSource("", b"", Config())).path
    former = before.path if before and after and before.path != after.path else ""
    record = new or old
    title = record.title if record else path
    return PageChanges(path, title, ranked(_page_changes(pair, old, new)), former)


def _page_changes(pair: PagePair, old: Monograph | None, new: Monograph | None) -> Sequence[Change]:
    if old and new:
        return compare(old, new)
    if old:
        reason = "errors keep the page from being made; `check` names them" if pair.after else ""
        (gone,) = whole_page(old, "removed")
        return (Change(gone.kind, "removed", gone.where, details=(reason, *gone.details)),)
    return whole_page(new, "added") if new else ()


def _record(source: PageSource | None) -> Monograph | None:
    # The parsers: the process that starts the workers need not import them.
    from ..build.load import load_bytes, load_item

    if source is None:
        return None
    load = load_item if source.is_item else load_bytes
    return load(source.path, source.content, source.config, rules=False).monograph


def _all_files(old: Revision, new: Revision, files: Sequence[FilePair]) -> tuple[FilePair, ...]:
    """Every file of both revisions, since what all pages depend on has changed."""
    known = {path for pair in files for path in (pair.before, pair.after)}
    same = (set(old.paths()) & set(new.paths())) - known
    return (*files, *(FilePair(path, path) for path in sorted(same)))


def _pairs(old: Revision, new: Revision, files: Iterable[FilePair]) -> Iterator[PagePair]:
    """The pages of the files, and the entries of data files."""
    files = tuple(files)
    before = _sources(old, [pair.before for pair in files])
    after = _sources(new, [pair.after for pair in files])
    for pair in files:
        if is_page(pair.before) or is_page(pair.after):
            first, second = before.pop(pair.before, None), after.pop(pair.after, None)
            if (first or second) and first != second:
                yield PagePair(first, second)
    for path in sorted(before.keys() | after.keys()):
        first, second = before.get(path), after.get(path)
        if first != second:
            yield PagePair(first, second)


def _sources(revision: Revision, paths: Iterable[str]) -> dict[str, PageSource]:
    """The content files among these paths, and the entries of data files, by content path."""
    wanted = [path for path in paths if path]
    config = revision.config
    collections = config.data_collections
    revision.fetch(
        [path for path in wanted if is_page(path)] + [part.data for part in collections.values()]
    )
    excluded = tuple(revision.folder / name for name in config.exclude)
    scan = scan_folder(revision.folder, Index(), excluded)
    sources = {
        path: PageSource(path, read_content(revision.folder, path)[0], config)
        for path in wanted
        if path in scan.signatures
    }
    for folder, collection in collections.items():
        if collection.data in wanted and collection.data in scan.data:
            file = parse_data(folder, collection, read_content(revision.folder, collection.data)[0])
            for item in file.items:
                sources[item.path] = PageSource(item.path, item.content, config, is_item=True)
    return sources


def _is_wanted(names: Iterable[str], paths: tuple[str, ...] | None) -> bool:
    """Whether one of the files is, or lies below, one of the paths; data files hold pages of any
    folder."""
    return paths is None or any(
        path in ("", ".") or name == path or name.startswith(f"{path}/") or is_shared(name)
        for name in names
        if name
        for path in paths
    )


def _settings(old: Config, new: Config) -> tuple[PageChanges, ...]:
    changes = [
        Change(
            KINDS["detail"],
            "changed",
            field.name,
            _shown(getattr(old, field.name)),
            _shown(getattr(new, field.name)),
        )
        for field in fields(Config)
        if field.name not in _SHOWN_ON_PAGES
        and getattr(old, field.name) != getattr(new, field.name)
    ]
    return (PageChanges("site.yaml", "Settings of the site", tuple(changes)),) if changes else ()


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= MAX_SETTING_LENGTH else text[:MAX_SETTING_LENGTH] + "…"
