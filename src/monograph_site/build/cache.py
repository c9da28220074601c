"""A cache on disk: content-addressed bytes in pack files, and single files written atomically. It
is safe to delete at any moment.

Each build appends its entries to one pack file instead of writing a small file for each: for 2,054
records of 20 kB that is several times faster. A pack has no index and no closing record: each entry
carries its key, its length and a checksum. A pack that was cut off in the middle of a write is
therefore valid up to the cut, and a damaged entry counts as absent. Nothing in a cache is ever
executed or unpickled.

A cache that cannot be read or written (no permission, a full disk, a folder where a file should be)
changes nothing but the time that a build takes: there is a `CacheWarning`, and what cannot be
written is kept in memory until the end.
"""

from __future__ import annotations

import errno
import os
import warnings
from collections.abc import Set
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import msgspec
from xxhash import xxh3_64

from ..model.errors import CacheWarning, UsageProblem, describe_os_error

T = TypeVar("T")

_MAGIC = b"MSP2"
_CHECKSUM_BYTES = 4
_HEADER_BYTES = len(_MAGIC) + 16 + 8 + _CHECKSUM_BYTES
"""Magic, key, length of the data, checksum of these three and the data."""
_SUFFIX = ".pack"
MAX_PACKS = 16
"""With more packs than this, `sweep` writes all entries into one."""

_Location = tuple[int, int, int]
"""File descriptor of the pack, offset of the entry, length of its data."""


def make_cache_folder(folder: Path, content: Path) -> None:
    """Make a cache folder that git ignores. A folder that exists is left as it is; where none can be
    made, there is a warning.

    Raises UsageProblem for the content folder itself and a visible folder in it: the files would be
    taken for content.
    """
    inner, outer = folder.resolve(), content.resolve()
    is_inside = inner == outer or outer in inner.parents
    if is_inside and not any(part.startswith(".") for part in inner.relative_to(outer).parts):
        raise UsageProblem(
            f"the cache folder {str(folder)!r} is inside the content folder {str(content)!r}; "
            "choose another --cache"
        )
    try:
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    except OSError as error:
        _warn(folder, error)


class Cache:
    """Bytes by their 32-digit hex digest, in append-only pack files of one folder."""

    def __init__(self, folder: Path) -> None:
        """`folder` need not exist; the first `put` makes it."""
        self.folder = folder
        self._locations: dict[str, _Location] | None = None
        self._packs: dict[int, Path] = {}
        self._own: int | None = None
        self._end = 0
        self._damaged = False
        self._unwritten: dict[str, bytes] = {}
        self._is_writable = True

    def __reduce__(self) -> tuple[type[Cache], tuple[Path]]:
        """Another process opens the files again; a forked one shares them."""
        return Cache, (self.folder,)

    def beside(self) -> Cache:
        """A cache with the same entries, for another process or another task: what it puts is in a
        pack of its own. It can be used until this one is closed."""
        other = Cache(self.folder)
        other._locations, other._unwritten = dict(self._index()), dict(self._unwritten)
        return other

    def open(self) -> None:
        """Read what the cache holds now; without this, it is read when it is first asked for."""
        self._index()

    def get(self, key: str) -> bytes | None:
        """The bytes under a key; None where there are none or they are damaged."""
        location = self._index().get(key)
        if location is None:
            return self._unwritten.get(key)
        data = _read_entry(key, location)
        if data is None:
            del self._index()[key]  # so that the next `put` writes it again
            self._damaged = True
        return data

    def __contains__(self, key: object) -> bool:
        return key in self._index() or key in self._unwritten

    def put(self, key: str, data: bytes) -> bool:
        """Keep bytes under their digest; a key that exists is left as it is. Bytes that cannot be
        written are kept in memory until the cache is closed. Whether they were written now."""
        if key in self:
            return False
        if self._is_writable:
            try:
                self._append(key, data)
                return True
            except OSError as error:
                self._is_writable = False
                _warn(self.folder, error)
        self._unwritten[key] = data
        return False

    def _append(self, key: str, data: bytes) -> None:
        """Write an entry at the end of this build's pack. Raises OSError."""
        if self._own is None:
            import tempfile  # only a build that writes needs it

            self.folder.mkdir(parents=True, exist_ok=True)
            self._own, name = tempfile.mkstemp(_SUFFIX, "", self.folder)
            self._packs[self._own] = Path(name)
            self._end = 0
        head = _MAGIC + bytes.fromhex(key) + len(data).to_bytes(8, "little")
        entry = head + _entry_checksum(head, data) + data
        if os.pwrite(self._own, entry, self._end) != len(entry):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._packs[self._own]))
        self._index()[key] = (self._own, self._end, len(data))
        self._end += len(entry)

    def sweep(self, keep: Set[str]) -> None:
        """Remove all entries but those of `keep`. A pack is deleted if none of its entries is kept;
        if packs are damaged, mostly waste or too many, their entries are written into one."""
        index = self._index()
        for key in [key for key in index if key not in keep]:
            del index[key]
        for key in self._unwritten.keys() - keep:
            del self._unwritten[key]
        live = dict.fromkeys(self._packs, 0)
        for pack, _, length in index.values():
            live[pack] += length + _HEADER_BYTES
        wasteful = sum(os.fstat(pack).st_size for pack in live) > 2 * sum(live.values())
        if wasteful or self._damaged or len(live) > MAX_PACKS:
            self._rewrite()
        else:
            for pack in [pack for pack, size in live.items() if not size]:
                self._drop(pack)

    def close(self) -> None:
        """Close the pack files. The cache can be used again and then opens them again."""
        for pack in self._packs:
            os.close(pack)
        self._packs.clear()
        self._unwritten.clear()
        self._locations = self._own = None
        self._is_writable = True

    def _rewrite(self) -> None:
        old, self._own, self._damaged = list(self._packs), None, False
        locations, self._locations = dict(self._index()), {}
        for key, location in locations.items():
            data = _read_entry(key, location)
            if data is not None:
                self.put(key, data)
        if self._is_writable:  # a process that is killed before this leaves every entry somewhere
            for pack in old:
                self._drop(pack)

    def _drop(self, pack: int) -> None:
        path = self._packs.pop(pack)
        os.close(pack)
        if pack == self._own:
            self._own = None
        with suppress(OSError):
            path.unlink()

    def _pack_files(self) -> list[Path]:
        try:
            return sorted(self.folder.glob(f"*{_SUFFIX}"))
        except OSError as error:
            _warn(self.folder, error)
            return []

    def _index(self) -> dict[str, _Location]:
        if self._locations is None:
            locations: dict[str, _Location] = {}
            for path in self._pack_files():
                try:
                    pack, entries = _open_pack(path)
                except FileNotFoundError:  # another process has just deleted it
                    continue
                except OSError as error:
                    _warn(path, error)
                    continue
                self._packs[pack] = path
                locations.update(entries)
            self._locations = locations  # once complete: another thread may read it at any time
        return self._locations


def write_atomically(path: Path, data: bytes | memoryview, *, has_checksum: bool = False) -> None:
    """Write a file of the cache, with a checksum in front unless it has one, so that it exists
    completely or not at all. Where it cannot be written, there is a warning."""
    import tempfile  # see `Cache._append`

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(".tmp", path.name, path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines((data,) if has_checksum else (_checksum(data), data))
            os.replace(temporary, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(temporary)
            raise
    except OSError as error:
        _warn(path, error)


def read_checked(path: Path) -> memoryview | None:
    """What `write_atomically` wrote; None where there is no such file or it is damaged."""
    try:
        content = memoryview(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        _warn(path, error)
        return None
    data = content[_CHECKSUM_BYTES:]
    return data if content[:_CHECKSUM_BYTES] == _checksum(data) else None


def read_decoded(path: Path, kind: type[T], default: T) -> T:
    """A value of a type that `write_atomically` wrote as MessagePack; `default` where the file is
    absent, damaged or of another type."""
    data = read_checked(path)
    try:
        return msgspec.msgpack.decode(data, type=kind) if data else default
    except (msgspec.MsgspecError, RecursionError):
        return default


def _warn(path: Path, error: OSError) -> None:
    text = f"{describe_os_error(error, path)}; building without the cache"
    warnings.warn(CacheWarning(text), stacklevel=3)


def _checksum(data: bytes | memoryview) -> bytes:
    # It detects damage, not tampering.
    return xxh3_64(data).digest()[:_CHECKSUM_BYTES]


def _entry_checksum(head: bytes, data: bytes) -> bytes:
    state = xxh3_64(head)
    state.update(data)
    return state.digest()[:_CHECKSUM_BYTES]


def _read_entry(key: str, location: _Location) -> bytes | None:
    """The data of an entry; None where it is damaged."""
    pack, offset, length = location
    content = os.pread(pack, _HEADER_BYTES + length, offset)
    checksum_at = _HEADER_BYTES - _CHECKSUM_BYTES
    head, data = content[:checksum_at], content[_HEADER_BYTES:]
    expected = _MAGIC + bytes.fromhex(key) + length.to_bytes(8, "little")
    if head != expected or len(data) != length:
        return None
    return data if content[checksum_at:_HEADER_BYTES] == _entry_checksum(head, data) else None


def _open_pack(path: Path) -> tuple[int, dict[str, _Location]]:
    """A pack opened for reading, and its entries. Raises OSError."""
    pack = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0))
    try:
        return pack, _read_headers(pack)
    except OSError:
        os.close(pack)
        raise


def _read_headers(pack: int) -> dict[str, _Location]:
    """The entries of a pack, from their headers alone, up to the place where the pack is cut off or
    damaged."""
    locations: dict[str, _Location] = {}
    size, offset = os.fstat(pack).st_size, 0
    while True:
        head = os.pread(pack, _HEADER_BYTES, offset)
        if len(head) < _HEADER_BYTES or not head.startswith(_MAGIC):
            return locations
        length = int.from_bytes(head[20:28], "little")
        if offset + _HEADER_BYTES + length > size:
            return locations
        locations[head[4:20].hex()] = (pack, offset, length)
        offset += _HEADER_BYTES + length
