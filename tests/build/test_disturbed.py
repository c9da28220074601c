"""Whatever disturbs a build (a kill at any moment, another build beside it, damage to the cache), the
site is whole, and the next build gives the bytes of a clean one."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from helpers import HANG_SECONDS, differences, tree, usually
from monograph_site.build import entries, pipeline, publish
from monograph_site.build import options as build_options
from monograph_site.build.cache import write_atomically
from monograph_site.build.options import Options
from monograph_site.build.output import MANIFEST, TEMPORARY
from monograph_site.build.pipeline import build
from writing import Draft, formulary

KILLS = usually(8, nightly=132)
PARALLEL_BUILDS = usually(6, nightly=48)
FLIPPED, CUT = 30, 6
"""Files of the cache that are damaged in one byte, or cut off."""


@pytest.fixture
def options(tmp_path: Path) -> Options:
    """A small site with all kinds of pages."""
    (tmp_path / "content").mkdir()
    formulary(tmp_path / "content", 12, 1)
    folders = (tmp_path / name for name in ("content", "templates", "build", "cache"))
    return Options("2025-06-30", *folders, keep_going=True)


def clean(options: Options) -> dict[str, bytes]:
    """The site built from nothing, elsewhere."""
    output, cache = options.output.with_name("clean"), options.cache.with_name("clean-cache")
    for folder in (output, cache):
        shutil.rmtree(folder, ignore_errors=True)
    build(replace(options, output=output, cache=cache))
    return tree(output)


def started(options: Options) -> subprocess.Popen[bytes]:
    """The same build in a process of its own, with two workers."""
    folders = ("content", "output", "cache")
    paths = (f"--{name}={getattr(options, name)}" for name in folders)
    command = [sys.executable, "-m", "monograph_site", "build", "--keep-going", "--jobs=2"]
    return subprocess.Popen(
        [*command, f"--as-of={options.as_of}", *paths],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def edit(options: Options, chance: random.Random, number: int) -> None:
    """Change some files, remove one, add one; every third time, add a word to one page only."""
    files = sorted(options.content.rglob("*.md"))
    if number % 3 == 2:
        path = chance.choice(files)
        path.write_text(f"{path.read_text('utf-8').rstrip()} Edited {number}.\n", "utf-8")
        return
    for path in chance.sample(files, 5):
        text = path.read_text("utf-8")
        path.write_text(text.replace("## Dosage\n\n", f"## Dosage\n\nNow {number} mg. "), "utf-8")
    chance.choice(files).unlink()
    new = options.content / "drugs" / f"new-{number}.md"
    new.parent.mkdir(exist_ok=True)
    new.write_text(Draft(f"New {number}", uses="For a test.").text, "utf-8")


def test_a_kill_at_any_moment_leaves_whole_files(options: Options) -> None:
    chance = random.Random(1)
    start = time.monotonic()
    assert started(options).wait(HANG_SECONDS) < 2  # 1: errors in the content
    usual_time = time.monotonic() - start
    killed = 0
    for number in range(KILLS):
        before = tree(options.output)
        edit(options, chance, number)
        process = started(options)
        time.sleep(chance.random() * usual_time)
        # Alone, or with its workers at the same moment (it leads a process group).
        (os.killpg if number % 2 else os.kill)(process.pid, signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        left, expected = tree(options.output), clean(options)
        mixed = [
            path
            for path, data in left.items()
            if not path.startswith((MANIFEST, TEMPORARY))
            and data not in (before.get(path), expected.get(path))
        ]
        assert mixed == [], number
        build(options)
        assert differences(tree(options.output), expected) == [], number
    assert killed


def test_builds_beside_each_other(options: Options) -> None:
    chance = random.Random(2)
    build(options)
    edit(options, chance, 1)
    processes = []
    for _ in range(PARALLEL_BUILDS):
        processes.append(started(options))
        time.sleep(chance.random() * 0.1)
    assert max(process.wait(HANG_SECONDS) for process in processes) < 2
    assert differences(tree(options.output), clean(options)) == []


def test_damage_to_the_cache_changes_nothing(options: Options) -> None:
    chance = random.Random(3)
    build(options)
    for number in range(FLIPPED + CUT):
        files = sorted(path for path in options.cache.rglob("*") if path.is_file())
        path = chance.choice([file for file in files if file.stat().st_size])
        data = bytearray(path.read_bytes())
        place = chance.randrange(len(data))
        if number < FLIPPED:
            data[place] ^= 1 << chance.randrange(8)
        else:
            del data[place:]
        path.write_bytes(data)
        edit(options, chance, number)
        build(options)
        if number % 6 == 5:
            assert differences(tree(options.output), clean(options)) == [], path.name


def test_a_cache_of_another_version_changes_nothing(
    options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files are whole, and may be of other types."""
    with monkeypatch.context() as patch:
        patch.setattr(build_options, "code_digest", lambda _: "another version")
        build(options)
    edit(options, random.Random(4), 2)
    build(options)
    assert differences(tree(options.output), clean(options)) == []
    for path in sorted(path for path in options.cache.iterdir() if path.is_file()):
        write_atomically(path, b"\x93\x01\x02\x03")
        edit(options, random.Random(5), 5)
        build(options)
    assert differences(tree(options.output), clean(options)) == []


@pytest.mark.parametrize("moment", ["before it is digested", "before it is loaded"])
@pytest.mark.parametrize("is_deleted", [False, True], ids=["changed", "deleted"])
def test_a_file_that_changes_while_the_site_is_built(
    options: Options, monkeypatch: pytest.MonkeyPatch, moment: str, is_deleted: bool
) -> None:
    build(options)
    edit(options, random.Random(6), 2)
    edited = max(options.content.rglob("*.md"), key=lambda path: path.stat().st_mtime_ns)
    module = pipeline if moment == "before it is digested" else entries
    name = "content_digests" if module is pipeline else "read_content"
    real = getattr(module, name)

    def disturbed(*arguments: Any) -> Any:
        monkeypatch.setattr(module, name, real)
        if is_deleted:
            edited.unlink()
        else:
            edited.write_text(f"{edited.read_text('utf-8').rstrip()} Again.\n", "utf-8")
        return real(*arguments)

    monkeypatch.setattr(module, name, disturbed)
    with suppress(OSError):  # "changed while the site was built; build again"
        build(options)
    build(options)
    assert differences(tree(options.output), clean(options)) == []


@pytest.mark.parametrize("jobs", [1, 2])
def test_damage_to_the_cache_before_pages_are_rendered_keeps_the_old_site(
    options: Options, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """The data of pages waits there for its rendering."""
    options = replace(options, jobs=jobs)
    build(options)
    old = tree(options.output)
    edit(options, random.Random(8), 1)
    shutil.rmtree(options.cache)
    real = publish.publish_site

    def disturbed(*arguments: Any) -> Any:
        for path in (options.cache / "pages").iterdir():
            os.truncate(path, 0)
        return real(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(publish, "publish_site", disturbed)
        with pytest.raises(OSError, match="cache was damaged while the site was built"):
            build(options)
    assert differences(tree(options.output), old) == []
    build(options)
    assert differences(tree(options.output), clean(options)) == []


@pytest.fixture
def small_disk(options: Options) -> Iterator[Callable[[str], None]]:
    """The output on a disk of its own with little room. What is returned mounts it again, with
    options of mount(8)."""

    def mount(*words: str) -> int:
        command = ["mount", "-t", "tmpfs", *words, "none", str(options.output)]
        return subprocess.run(command, capture_output=True, check=False).returncode

    options.output.mkdir()
    if mount("-o", "size=1m"):
        pytest.skip("this user may not mount a file system")

    def mount_again(how: str) -> None:
        assert mount("-o", f"remount,{how}") == 0

    try:
        yield mount_again
    finally:
        subprocess.run(["umount", "--lazy", str(options.output)], check=True)


def test_a_full_or_read_only_output_keeps_the_old_site(
    options: Options, small_disk: Callable[[str], None]
) -> None:
    build(options)
    old = tree(options.output)
    filler = options.output / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"x" * 4096):
            pass
    edit(options, random.Random(7), 1)
    with pytest.raises(OSError, match="No space left"):
        build(options)
    filler.unlink()
    assert differences(tree(options.output), old) == []
    small_disk("ro")
    with pytest.raises(OSError, match="Read-only"):
        build(options)
    assert differences(tree(options.output), old) == []
    small_disk("rw")
    build(options)
    assert differences(tree(options.output), clean(options)) == []
