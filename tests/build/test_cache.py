"""What was put comes back whole or not at all, whatever happened to the files in between."""

from __future__ import annotations

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


def test_bytes_come_back_at_once_and_in_another_process(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "new" / "folder")
    key = digest(b"text")
    assert cache.get(key) is None
    assert key not in cache
    cache.put(key, b"text")
    assert cache.get(key) == b"text"
    assert Cache(tmp_path / "new" / "folder").get(key) == b"text"


def test_an_absent_folder_is_an_empty_cache_and_is_not_made(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "none")
    assert cache.get(digest(b"")) is None
    cache.sweep(set())
    cache.close()
    assert not (tmp_path / "none").exists()


def test_one_pack_for_each_build_that_adds_something(tmp_path: Path) -> None:
    filled(tmp_path, b"a", b"b", b"c")
    filled(tmp_path, b"a", b"b")
    assert len(packs(tmp_path)) == 1
    filled(tmp_path, b"d")
    assert len(packs(tmp_path)) == 2


@pytest.mark.parametrize("cut", range(1, 60, 4))
def test_a_pack_that_was_cut_off_is_good_up_to_the_cut(tmp_path: Path, cut: int) -> None:
    first, second = filled(tmp_path, b"first" * 9, b"second" * 4)
    (pack,) = packs(tmp_path)
    pack.write_bytes(pack.read_bytes()[:-cut])
    cache = Cache(tmp_path)
    assert cache.get(first) == (b"first" * 9 if cut <= 56 else None)
    assert cache.get(second) is None
    cache.put(second, b"second" * 4)
    assert Cache(tmp_path).get(second) == b"second" * 4


def test_a_damaged_entry_is_absent_and_can_be_written_anew(tmp_path: Path) -> None:
    first, second, third = filled(tmp_path, b"first", b"second", b"third")
    (pack,) = packs(tmp_path)
    pack.write_bytes(pack.read_bytes().replace(b"second", b"sEcond"))
    cache = Cache(tmp_path)
    assert [cache.get(first), cache.get(second), cache.get(third)] == [b"first", None, b"third"]
    cache.put(second, b"second")
    assert cache.get(second) == b"second"
    assert Cache(tmp_path).get(second) in (b"second", None)


def test_sweep_forgets_what_is_not_kept(tmp_path: Path) -> None:
    kept, gone = filled(tmp_path, b"kept" * 9, b"gone" * 9)
    cache = Cache(tmp_path)
    cache.sweep({kept})
    assert [cache.get(kept), cache.get(gone)] == [b"kept" * 9, None]


def test_sweep_drops_a_pack_with_nothing_in_use(tmp_path: Path) -> None:
    (gone,) = filled(tmp_path, b"x")
    (kept,) = filled(tmp_path, b"kept" * 999)
    cache = Cache(tmp_path)
    cache.sweep({kept})
    assert len(packs(tmp_path)) == 1
    assert [cache.get(kept), cache.get(gone)] == [b"kept" * 999, None]


def test_sweep_joins_wasteful_and_many_packs(tmp_path: Path) -> None:
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


def test_sweep_may_come_before_and_after_puts(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    one, two = digest(b"one"), digest(b"two")
    cache.put(one, b"one")
    cache.sweep(set())
    cache.put(two, b"two")
    assert [cache.get(one), cache.get(two)] == [None, b"two"]
    assert Cache(tmp_path).get(two) == b"two"


def test_a_whole_file_is_whole_or_absent(tmp_path: Path) -> None:
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
