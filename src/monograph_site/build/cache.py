"""Content-addressed bytes on disk, and whole files that are written at once. Safe to delete at any
moment.

Entries are appended to one pack file for each build instead of one small file each: on 2,054
records of 20 kB that is several times faster to write and leaves nothing for the file system to
search. A pack needs no index and no closing record: each entry carries its key, its length and a
checksum, so a pack that was cut off in the middle of a write is good up to the cut, and a damaged
entry is simply absent. Nothing in a cache is ever executed or unpickled.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Set
from contextlib import suppress
from pathlib import Path
from typing import TypeVar
from zlib import crc32

import msgspec

T = TypeVar("T")

_MAGIC = b"MSP1"
_CHECK = 4
_HEADER = (
    len(_MAGIC) + 16 + 8 + _CHECK
)  # magic, key, length of the data, checksum of all three and the data
_SUFFIX = ".pack"
_MANY_PACKS = 16


class Cache:
    """Bytes by their 32-digit hex digest, in append-only pack files of one folder."""

    def __init__(self, folder: Path) -> None:
        """`folder` need not exist; it is made by the first `put`."""
        self.folder = folder
        self._where: dict[str, tuple[int, int, int]] | None = (
            None  # key -> file descriptor, offset, length of the data
        )
        self._packs: dict[int, Path] = {}
        self._own: int | None = None
        self._end = 0
        self._damaged = False

    def get(self, key: str) -> bytes | None:
        """The bytes under a key; None where there are none or they were damaged."""
        place = self._index().get(key)
        if place is None:
            return None
        data = _entry(place[0], place[1], key, place[2])
        if data is None:
            del self._index()[key]  # so that the next `put` writes it anew
            self._damaged = True
        return data

    def __contains__(self, key: object) -> bool:
        return key in self._index()

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under their digest; a key that is there already is left as it is."""
        index = self._index()
        if key in index:
            return
        if self._own is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._own, name = tempfile.mkstemp(_SUFFIX, "", self.folder)
            self._packs[self._own] = Path(name)
            self._end = 0
        head = _MAGIC + bytes.fromhex(key) + len(data).to_bytes(8, "little")
        entry = head + _checksum(head, data) + data
        if os.pwrite(self._own, entry, self._end) != len(entry):
            raise OSError(
                f"the disk with the cache {str(self.folder)!r} took only a part of an entry; is it full?"
            )
        index[key] = (self._own, self._end, len(data))
        self._end += len(entry)

    def sweep(self, keep: Set[str]) -> None:
        """Forget everything but `keep`. A pack goes when nothing in it is kept; packs that are
        damaged, mostly waste or too many are written anew as one."""
        index = self._index()
        for key in [key for key in index if key not in keep]:
            del index[key]
        live = dict.fromkeys(self._packs, 0)
        for pack, _, length in index.values():
            live[pack] += length + _HEADER
        wasteful = sum(os.fstat(pack).st_size for pack in live) > 2 * sum(live.values())
        if wasteful or self._damaged or len(live) > _MANY_PACKS:
            self._rewrite()
        else:
            for pack in [pack for pack, size in live.items() if not size]:
                self._drop(pack)

    def close(self) -> None:
        """Let go of the pack files. The cache can be used again and reads them anew."""
        for pack in self._packs:
            os.close(pack)
        self._packs.clear()
        self._where = self._own = None

    def _rewrite(self) -> None:
        old, self._own, self._damaged = list(self._packs), None, False
        places, self._where = dict(self._index()), {}
        for key, (pack, offset, length) in places.items():
            data = _entry(pack, offset, key, length)
            if data is not None:
                self.put(key, data)
        for pack in old:  # only now: a kill in between leaves every entry at least once
            self._drop(pack)

    def _drop(self, pack: int) -> None:
        path = self._packs.pop(pack)
        os.close(pack)
        if pack == self._own:
            self._own = None
        with suppress(OSError):
            path.unlink()

    def _index(self) -> dict[str, tuple[int, int, int]]:
        if self._where is None:
            found: dict[str, tuple[int, int, int]] = {}
            for path in sorted(self.folder.glob(f"*{_SUFFIX}")):
                try:
                    pack = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0))
                except FileNotFoundError:  # another process has just swept it away
                    continue
                self._packs[pack] = path
                found.update(_scan(pack))
            self._where = found  # at once: another thread may be asking
        return self._where


def write_whole(path: Path, data: bytes) -> None:
    """Write a file of the cache so that it is there whole or not at all, with a checksum in front."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(".tmp", path.name, path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_checksum(data) + data)
        os.replace(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def read_whole(path: Path) -> bytes | None:
    """What `write_whole` wrote; None where there is no such file or it is damaged."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    data = content[_CHECK:]
    return data if content[:_CHECK] == _checksum(data) else None


def read_decoded(path: Path, kind: type[T], otherwise: T) -> T:
    """What `write_whole` wrote as MessagePack of a type; `otherwise` where it is absent, damaged or
    of another type."""
    data = read_whole(path)
    try:
        return msgspec.msgpack.decode(data, type=kind) if data else otherwise
    except (msgspec.MsgspecError, RecursionError):
        return otherwise


def _checksum(*parts: bytes) -> bytes:
    value = 0  # CRC-32 finds damage and is a tenth of the price of a digest; it is no guard against malice
    for part in parts:
        value = crc32(part, value)
    return value.to_bytes(_CHECK, "little")


def _entry(pack: int, offset: int, key: str, length: int) -> bytes | None:
    content = os.pread(pack, _HEADER + length, offset)
    head, data = content[: _HEADER - _CHECK], content[_HEADER:]
    whole = (
        head == _MAGIC + bytes.fromhex(key) + length.to_bytes(8, "little") and len(data) == length
    )
    return data if whole and content[_HEADER - _CHECK : _HEADER] == _checksum(head, data) else None


def _scan(pack: int) -> dict[str, tuple[int, int, int]]:
    """The entries of a pack by their headers alone; reading stops where the pack was cut off or
    makes no sense."""
    found: dict[str, tuple[int, int, int]] = {}
    size, offset = os.fstat(pack).st_size, 0
    while len(head := os.pread(pack, _HEADER, offset)) == _HEADER and head.startswith(_MAGIC):
        length = int.from_bytes(head[20:28], "little")
        if offset + _HEADER + length > size:
            break
        found[head[4:20].hex()] = (pack, offset, length)
        offset += _HEADER + length
    return found
