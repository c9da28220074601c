"""A cache that cannot be read or written costs time and a warning, never the site."""

from __future__ import annotations

import ctypes
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from helpers import HANG_SECONDS, differences, tree
from monograph_site.build.cache import Cache
from monograph_site.build.options import Options, read_inputs
from monograph_site.build.output import MANIFEST
from monograph_site.build.pipeline import build, check
from monograph_site.model.errors import CacheWarning, OutputError, UsageProblem
from monograph_site.model.strings import digest
from monograph_site.preview.session import Session

CAPABILITY_VERSION = 0x20080522
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2
WORDS = 4000
"""Words of a file of the site; its record does not fit below the limit of `full`."""


@contextmanager
def without_privileges() -> Iterator[None]:
    """Let permissions count for root too: take from this thread what lets it ignore them."""
    if os.geteuid() != 0:
        yield
        return
    system = ctypes.CDLL(None, use_errno=True)
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0)
    before, after = (ctypes.c_uint32 * 6)(), (ctypes.c_uint32 * 6)()
    for capabilities in (before, after):
        assert system.capget(header, capabilities) == 0
    after[0] &= ~(1 << CAP_DAC_OVERRIDE | 1 << CAP_DAC_READ_SEARCH)
    assert system.capset(header, after) == 0
    try:
        yield
    finally:
        assert system.capset(header, before) == 0


def full() -> None:
    """Let no file become longer than a page of the site: the packs of the cache are longer."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))


def run(
    folder: Path, *arguments: str, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own; `before` is called in it first."""
    return subprocess.run(
        [sys.executable, "-m", "monograph_site", *arguments, "--as-of=2025-06-30"],
        cwd=folder,
        capture_output=True,
        text=True,
        preexec_fn=before,
        timeout=HANG_SECONDS,
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Content of five long files."""
    (tmp_path / "content/drugs").mkdir(parents=True)
    for number in range(5):
        text = f"---\ntitle: Examplin {number}\n---\n\n## Uses\n\n{'Pain. ' * WORDS}\n"
        (tmp_path / f"content/drugs/x{number}.md").write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def options(folder: Path) -> Options:
    """What to build, and where."""
    names = ("content", "templates", "build", "cache")
    return Options("2025-06-30", *(folder / name for name in names))


def clean(options: Options) -> dict[str, bytes]:
    """The site built from nothing, elsewhere."""
    output, cache = options.output.with_name("clean"), options.cache.with_name("clean-cache")
    build(replace(options, output=output, cache=cache))
    return tree(output)


def warnings_of(command: Callable[[], object]) -> list[str]:
    """The warnings about the cache that a command gives."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        command()
    return [str(warning.message) for warning in caught if warning.category is CacheWarning]


def read_only(cache: Path) -> None:
    for path in (cache, *cache.rglob("*")):
        path.chmod(0o500 if path.is_dir() else 0o400)


def unreadable(cache: Path) -> None:
    for path in sorted(cache.rglob("*"), reverse=True):
        path.chmod(0)
    cache.chmod(0)


def a_file(cache: Path) -> None:
    shutil.rmtree(cache)
    cache.write_text("not a folder", "utf-8")


def folders_in_place_of_files(cache: Path) -> None:
    for path in [path for path in cache.rglob("*") if path.is_file()]:
        path.unlink()
        (path / "below").mkdir(parents=True)


def a_file_in_place_of_a_folder(cache: Path) -> None:
    shutil.rmtree(cache / "records")
    (cache / "records").write_text("not a folder", "utf-8")


UNNOTICED = (read_only, a_file_in_place_of_a_folder)
"""A build of nothing new neither writes nor needs a record."""
HARMS = [read_only, unreadable, a_file, folders_in_place_of_files, a_file_in_place_of_a_folder]


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
@pytest.mark.parametrize("is_edited", [False, True], ids=["as it was", "edited"])
def test_the_site_is_built_without_the_cache(
    options: Options, harm: Callable[[Path], None], is_edited: bool
) -> None:
    build(options)
    harm(options.cache)
    if is_edited:
        path = options.content / "drugs/x1.md"
        path.write_text(path.read_text("utf-8").replace("Pain", "Fever"), "utf-8")
    expected = clean(options)
    with without_privileges():
        try:
            given = warnings_of(lambda: build(options))
            assert bool(given) == (is_edited or harm not in UNNOTICED)
            given += warnings_of(lambda: check(options))
        finally:
            if options.cache.is_dir():
                options.cache.chmod(0o700)
    assert given
    for text in given:
        assert re.search(r"^[A-Z][a-z ]+: '.*/cache[^']*'; building without the cache$", text)
    assert differences(tree(options.output), expected) == []


def test_a_full_cache_is_done_without(options: Options) -> None:
    """The disk is full where the cache lies, not where the site does."""
    done = run(options.content.parent, "build", "--jobs=1", before=full)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("Warning: ") == 1
    assert re.search(r"Warning: (File too large|No space left on device): '.*/records", done.stderr)
    assert differences(tree(options.output), clean(options)) == []


def test_a_full_disk_is_done_without(options: Options, tmp_path: Path) -> None:
    """The same with a real disk that is full, where one can be mounted."""
    options.cache.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "none", str(options.cache)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this user may not mount a file system")
    try:
        (warning, *_) = warnings_of(lambda: build(options))
    finally:
        subprocess.run(["umount", "--lazy", str(options.cache)], check=True)
    assert warning.startswith("No space left on device: '")
    assert differences(tree(options.output), clean(options)) == []


def test_a_full_output_names_the_file(folder: Path) -> None:
    (folder / "content/drugs/long.md").write_text(
        f"---\ntitle: Long\n---\n\n## Uses\n\n{'Pain. ' * 25_000}\n", "utf-8"
    )
    done = run(folder, "build", before=full)
    assert done.returncode == 2
    assert re.search(r"^Error: File too large: 'build/[^']+'$", done.stderr, re.MULTILINE)
    assert "Errno" not in done.stderr
    assert not (folder / "build").exists() or tree(folder / "build") == {}


def test_a_file_in_the_way_of_the_output_is_named(folder: Path) -> None:
    (folder / "file").write_text("", "utf-8")
    done = run(folder, "build", "--output=file/build")
    assert done.returncode == 2
    assert "'file/build'" in done.stderr
    assert "Errno" not in done.stderr


def test_what_cannot_be_written_is_kept_until_the_end(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    cache = Cache(tmp_path / "file")
    with pytest.warns(CacheWarning, match="building without the cache"):
        cache.put(digest(b"first"), b"first")
    cache.put(digest(b"second"), b"second")
    assert cache.get(digest(b"first")) == b"first"
    assert digest(b"second") in cache
    cache.sweep({digest(b"second")})
    assert cache.get(digest(b"first")) is None
    assert cache.get(digest(b"second")) == b"second"
    cache.close()
    assert digest(b"second") not in cache


@pytest.mark.parametrize("cache", ["content", "content/cache", "content/drugs/deep/cache"])
def test_a_cache_inside_the_content_is_refused(options: Options, cache: str) -> None:
    refused = replace(options, cache=options.content.parent / cache)
    for command in (build, check, lambda options: Session(options).start()):
        with pytest.raises(UsageProblem, match="is inside the content folder"):
            command(refused)
    assert not (options.content / "cache").exists()


@pytest.mark.parametrize("cache", [".cache", "content/.cache", "content/.hidden/cache", "beside"])
def test_a_hidden_folder_in_the_content_may_be_the_cache(folder: Path, cache: str) -> None:
    """Hidden folders are no content: `--content .` works with the default cache."""
    options = Options("2025-06-30", folder / "content", cache=folder / cache)
    assert len(read_inputs(options).content.signatures) == 5


# the manifest


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"files": 1}', '{"files": {"x": 1}'])
def test_a_damaged_manifest_is_made_again_from_the_cache(options: Options, damage: str) -> None:
    build(options)
    (options.output / MANIFEST).write_text(damage, "utf-8")
    (options.content / "drugs/x4.md").unlink()
    build(options)
    assert not (options.output / "drugs/x4").exists()
    named = json.loads((options.output / MANIFEST).read_text("utf-8"))["files"]
    assert {*named, MANIFEST} == set(tree(options.output))


def test_a_damaged_manifest_without_the_cache_says_what_to_do(options: Options) -> None:
    build(options)
    (options.output / "own.txt").write_text("not of this tool", "utf-8")
    (options.output / MANIFEST).write_text("{", "utf-8")
    shutil.rmtree(options.cache)
    before = tree(options.output)
    with pytest.raises(OutputError, match=r"delete .* if the whole folder was made by this tool"):
        build(options)
    assert tree(options.output) == before


def test_only_files_inside_the_output_are_taken_from_the_cache(options: Options) -> None:
    """A file beside the output that the last build did not make stays, whatever the manifest."""
    build(options)
    (options.output / "own.txt").write_text("not of this tool", "utf-8")
    (options.output / MANIFEST).write_text("{", "utf-8")
    (options.content / "drugs/x4.md").unlink()
    build(options)
    assert (options.output / "own.txt").read_text("utf-8") == "not of this tool"
