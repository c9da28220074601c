"""The full-text index of a preview: a shard is made when a browser asks for it, so that edits wait
for nothing."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping

from ..build.pagefind_order import ENTRY
from ..build.text_index import ReadRecord, Shard, shards_of
from ..site.full_text import text_pages
from .snapshot import Snapshot


class TextSearch:
    """The shards of the full-text index that have been asked for. Thread-safe."""

    def __init__(self, read_record: ReadRecord) -> None:
        """`read_record` returns the record with a digest, made from a content path."""
        self._read_record = read_record
        self._files: dict[str, Mapping[str, bytes]] = {}
        self._keys: dict[str, str] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def file(self, snapshot: Snapshot, path: str) -> bytes | None:
        """The file of the index at an output path; None where there is none.

        The file that names the others is always that of the present pages. The others belong to the
        last one that was asked for: a search goes on with what it began with. Raises PagefindError.
        """
        content = self._known(path)
        if content is None or ENTRY in path:
            site = snapshot.site
            shards = shards_of(text_pages(site), snapshot.code, offline=site.config.offline)
            owners = [shard for shard in shards if path.startswith(shard.path)]
            if not owners:
                return None
            self._update(max(owners, key=lambda shard: len(shard.path)))
            content = self._known(path)
        return content

    def _known(self, path: str) -> bytes | None:
        return next((files[path] for files in list(self._files.values()) if path in files), None)

    def _update(self, shard: Shard) -> None:
        with self._locks[shard.path]:
            if self._keys.get(shard.path) != shard.key:
                self._files[shard.path] = shard.files(self._read_record, lambda: None)
                self._keys[shard.path] = shard.key
