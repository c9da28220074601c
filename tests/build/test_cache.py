"""A cache gives back the bytes that were put, or none, whatever happens to its files."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from monograph_site.build.cache import Cache, read_checked, write_atomically
from monograph_site.model.strings import digest


def filled(folder: Path, *texts: bytes) -> list[str]:
    cache = Cache(folder)
    for text in texts:
        cache.put(digest(text), text)
    cache.close()
    return [digest(text) for text in texts]


def packs(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_bytes_can_be_read_back_at_once_and_later(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "new" / "folder")
    key = digest(b"text")
    assert cache.get(key) is None
    assert key not in cache
    cache.put(key, b"text")
    assert cache.get(key) == b"text"
    assert Cache(tmp_path / "new" / "folder").get(key) == b"text"


def test_a_missing_folder_is_an_empty_cache(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "none")
    assert cache.get(digest(b"")) is None
    cache.sweep(set())
    cache.close()
    assert not (tmp_path / "none").exists()


def test_each_build_that_adds_entries_writes_one_pack(tmp_path: Path) -> None:
    filled(tmp_path, b"a", b"b", b"c")
    filled(tmp_path, b"a", b"b")
    assert len(packs(tmp_path)) == 1
    filled(tmp_path, b"d")
    assert len(packs(tmp_path)) == 2


@pytest.mark.parametrize("cut", range(1, 60, 4))
def test_a_truncated_pack_is_valid_up_to_its_end(tmp_path: Path, cut: int) -> None:
    first, second = filled(tmp_path, b"first" * 9, b"second" * 4)
    (pack,) = packs(tmp_path)
    pack.write_bytes(pack.read_bytes()[:-cut])
    cache = Cache(tmp_path)
    assert cache.get(first) == (b"first" * 9 if cut <= 56 else None)
    assert cache.get(second) is None
    cache.put(second, b"second" * 4)
    assert Cache(tmp_path).get(second) == b"second" * 4


def test_a_damaged_entry_is_absent_and_can_be_written_again(tmp_path: Path) -> None:
    first, second, third = filled(tmp_path, b"first", b"second", b"third")
    (pack,) = packs(tmp_path)
    pack.write_bytes(pack.read_bytes().replace(b"second", b"sEcond"))
    cache = Cache(tmp_path)
    assert [cache.get(first), cache.get(second), cache.get(third)] == [b"first", None, b"third"]
    cache.put(second, b"second")
    assert cache.get(second) == b"second"
    assert Cache(tmp_path).get(second) in (b"second", None)


def test_sweep_removes_other_entries(tmp_path: Path) -> None:
    kept, gone = filled(tmp_path, b"kept" * 9, b"gone" * 9)
    cache = Cache(tmp_path)
    cache.sweep({kept})
    assert [cache.get(kept), cache.get(gone)] == [b"kept" * 9, None]


def test_sweep_deletes_unused_packs(tmp_path: Path) -> None:
    (gone,) = filled(tmp_path, b"x")
    (kept,) = filled(tmp_path, b"kept" * 999)
    cache = Cache(tmp_path)
    cache.sweep({kept})
    assert len(packs(tmp_path)) == 1
    assert [cache.get(kept), cache.get(gone)] == [b"kept" * 999, None]


def test_sweep_rewrites_wasteful_and_numerous_packs(tmp_path: Path) -> None:
    keys = filled(tmp_path, *(bytes([n]) * 999 for n in range(20)))
    cache = Cache(tmp_path)
    cache.sweep(set(keys[:3]))
    assert sum(pack.stat().st_size for pack in packs(tmp_path)) < 4000
    assert [cache.get(key) for key in keys[:4]] == [bytes([n]) * 999 for n in range(3)] + [None]
    for n in range(20):
        keys += filled(tmp_path, bytes([n]) * 50)
    cache = Cache(tmp_path)
    cache.sweep(set(keys))
    assert len(packs(tmp_path)) == 1
    assert all(Cache(tmp_path).get(key) for key in keys[20:])


def test_sweep_between_puts(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    first, second = digest(b"one"), digest(b"two")
    cache.put(first, b"one")
    cache.sweep(set())
    cache.put(second, b"two")
    assert [cache.get(first), cache.get(second)] == [None, b"two"]
    assert Cache(tmp_path).get(second) == b"two"


def test_a_single_file_is_complete_or_absent(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "catalogue"
    assert read_checked(path) is None
    write_atomically(path, b"content")
    assert read_checked(path) == b"content"
    write_atomically(path, b"")
    assert read_checked(path) == b""
    path.write_bytes(path.read_bytes() + b"x")
    assert read_checked(path) is None
    path.write_bytes(b"")
    assert read_checked(path) is None
    assert [entry.name for entry in path.parent.iterdir()] == ["catalogue"]


def test_put_says_whether_it_wrote(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    assert cache.put(digest(b"text"), b"text")
    assert not cache.put(digest(b"text"), b"text")
    cache.close()


def test_a_cache_opens_its_files_again_in_another_process(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cache.put(digest(b"text"), b"text")
    copied: Cache = pickle.loads(pickle.dumps(cache))
    assert copied.get(digest(b"text")) == b"text"
    copied.close()
    cache.close()


def test_a_cache_beside_another_has_its_entries_and_a_pack_of_its_own(tmp_path: Path) -> None:
    first, second, third = digest(b"first"), digest(b"second"), digest(b"third")
    cache = Cache(tmp_path)
    cache.put(first, b"first")
    beside = cache.beside()
    beside.put(second, b"second")
    cache.put(third, b"third")
    assert [beside.get(key) for key in (first, second, third)] == [b"first", b"second", None]
    beside.close()
    assert [cache.get(key) for key in (first, second, third)] == [b"first", None, b"third"]
    assert [Cache(tmp_path).get(key) for key in (first, second, third)] == [
        b"first",
        b"second",
        b"third",
    ]
