"""The full-text index of a site, in shards that are made again only where one of their pages has
changed. The browser searches all of them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from threading import Lock

from msgspec import Struct

from ..model.strings import digest
from ..pages.page import Artifact
from ..site.full_text import TextPage, shard_count, shard_folder, shard_of
from .pagefind_order import ENTRY
from .pagefind_scripts import as_scripts
from .publication import Order
from .state import TEXT_KEY, PublishedFile

ReadRecord = Callable[[str, str], bytes]
"""The record with a digest, made from a content path (see `Loader.record_bytes`)."""


class Shard(Struct, frozen=True):
    """A part of the full-text index."""

    folder: str
    """Site path; the shards after the first have theirs below it (see `shard_folder`)."""
    number: int
    language: str
    pages: tuple[tuple[str, str, str], ...]
    """Site path, digest of the record and content path of each page, by site path."""
    key: str
    """The same key means the same files."""
    offline: bool = False
    """Whether the files are scripts (see `pagefind_scripts`)."""

    @property
    def path(self) -> str:
        """The folder of its files, relative to the output folder."""
        return shard_folder(self.folder, self.number).lstrip("/")

    def files(self, read_record: ReadRecord, on_page: Callable[[], None]) -> dict[str, bytes]:
        """The files of the shard, by path relative to the output folder. `on_page` is called for
        each page. Raises PagefindError, and what `read_record` raises."""
        # An unchanged index needs none of them.
        from ..render.text_document import text_document
        from .pagefind import index_files

        def documents() -> Iterator[tuple[str, str]]:
            for url, record, path in self.pages:
                yield url, text_document(read_record(record, path))
                on_page()

        files = index_files(self.language, documents(), with_program=self.number == 0)
        if self.offline:
            prefix = f"{self.number}/" if self.number else ""
            files = as_scripts(files, prefix)
        return {f"{self.path}{name}": content for name, content in files.items()}


def shards_of(texts: Mapping[str, TextPage], code: str, *, offline: bool = False) -> list[Shard]:
    """The shards of the index of some pages (see `text_pages`), by content path."""
    by_folder: dict[str, dict[str, TextPage]] = {}
    for path, page in texts.items():
        by_folder.setdefault(page.folder, {})[path] = page
    shards = []
    for folder, pages in sorted(by_folder.items()):
        count = shard_count(len(pages))
        members: list[list[tuple[str, str, str]]] = [[] for _ in range(count)]
        for path, page in pages.items():
            members[shard_of(page.url, count)].append((page.url, page.record, path))
        language = next(iter(pages.values())).language
        for number, each in enumerate(members):
            each.sort()
            stated = (part for url, record, _ in each for part in (url, record))
            key = TEXT_KEY + digest(code, folder, language, str(number), str(offline), *stated)
            shards.append(Shard(folder, number, language, tuple(each), key, offline))
    return shards


class TextFiles(Struct, frozen=True):
    """The files of the index of a published site."""

    kept: dict[str, PublishedFile]
    """Those of shards that have not changed, by path."""
    shards: tuple[Shard, ...]
    """The others, which are made again."""

    @property
    def page_count(self) -> int:
        """How many pages are indexed again."""
        return sum(len(shard.pages) for shard in self.shards)


def changed_shards(
    texts: Mapping[str, TextPage],
    code: str,
    last: Mapping[str, PublishedFile],
    intact: Mapping[str, PublishedFile],
    *,
    offline: bool = False,
) -> TextFiles:
    """What of the index is as it was published, and what has to be made again. `last` are the files
    of the last build, `intact` those of them that are still there."""
    by_key: dict[str, list[str]] = {}
    for path, file in last.items():
        if file.is_text_index:
            by_key.setdefault(file.key, []).append(path)
    kept: dict[str, PublishedFile] = {}
    changed = []
    for shard in shards_of(texts, code, offline=offline):
        paths = by_key.get(shard.key, ())
        if paths and all(path in intact for path in paths):
            kept |= {path: intact[path] for path in paths}
        else:
            changed.append(shard)
    return TextFiles(kept, tuple(changed))


def make_shards(
    shards: Iterable[Shard],
    read_record: ReadRecord,
    jobs: int,
    on_page: Callable[[], None],
) -> Iterator[tuple[Shard, dict[str, bytes]]]:
    """Each shard with its files, `jobs` at a time, in order. Raises PagefindError."""
    from concurrent.futures import ThreadPoolExecutor  # an unchanged index needs none

    remaining, lock = iter(shards), Lock()

    def read(record: str, path: str) -> bytes:
        with lock:  # a record that is missing in the cache is added to it
            return read_record(record, path)

    with ThreadPoolExecutor(jobs) as pool:  # the work is done in Pagefind's own processes
        while batch := list(islice(remaining, jobs)):
            results = pool.map(lambda shard: shard.files(read, on_page), batch)
            yield from zip(batch, results, strict=True)


def artifacts(files: Mapping[str, bytes]) -> Iterator[tuple[Artifact, Order]]:
    """The files of a shard as they are published: what names the others comes last."""
    for path, content in files.items():
        order = Order.INDEX if ENTRY in path else Order.ASSET
        yield Artifact(path, content), order
