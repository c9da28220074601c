"""Publishing never breaks a site: every file is complete at every moment, other people's files are
untouched, and a build after a killed one gives the same site."""

from __future__ import annotations

import builtins
import itertools
import json
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from monograph_site.build.output import (
    MANIFEST,
    TEMPORARY,
    check_output_folder,
    locked_output,
    signatures_in,
    write_manifest,
)
from monograph_site.build.publication import Order, Publication, Published
from monograph_site.model.errors import OutputError
from monograph_site.pages.page import Artifact

OLD = {
    "a/index.html": "old a",
    "b/index.html": "b",
    "gone/deep/index.html": "gone",
    "assets/t.1.css": "one",
    "index.html": "1",
}
NEW = {
    "a/index.html": "new a!",
    "b/index.html": "b",
    "c/d/index.html": "c",
    "assets/t.2.css": "two",
    "index.html": "22",
}


def order(path: str) -> Order:
    if path.startswith("assets/"):
        return Order.ASSET
    return Order.INDEX if path == "index.html" else Order.PAGE


def publish(output: Path, files: dict[str, str], kept: dict[str, str] | None = None) -> Published:
    output.mkdir(exist_ok=True)
    publication = Publication(output)
    for path, text in files.items():
        publication.add(Artifact(path, text.encode()), order(path))
    return publication.commit(kept or {})


def files(output: Path) -> dict[str, str]:
    paths = (path for path in output.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(output).as_posix(): path.read_text() for path in paths}


def folders(output: Path) -> set[str]:
    return {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_dir()}


def test_files_are_written_and_outdated_ones_removed(tmp_path: Path) -> None:
    assert set(publish(tmp_path, OLD).written) == set(OLD)
    published = publish(tmp_path, NEW)
    assert files(tmp_path) == NEW
    assert published.written == ("assets/t.2.css", "c/d/index.html", "a/index.html", "index.html")
    assert published.unchanged == ("b/index.html",)
    assert set(published.removed) == {"gone/deep/index.html", "assets/t.1.css"}
    assert folders(tmp_path) == {"a", "b", "c", "c/d", "assets"}, (
        "folders that became empty are gone"
    )


def test_unchanged_files_are_not_written_again(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    before = signatures_in(tmp_path, [*OLD, MANIFEST])
    assert publish(tmp_path, OLD) == Published((), tuple(OLD), ())
    assert signatures_in(tmp_path, [*OLD, MANIFEST]) == before
    manifest = json.loads((tmp_path / MANIFEST).read_text())["files"]
    assert publish(tmp_path, {}, kept=manifest) == Published((), (), ())
    assert signatures_in(tmp_path, [*OLD, MANIFEST]) == before


def test_the_manifest_depends_on_the_files_alone(tmp_path: Path) -> None:
    publish(tmp_path / "one", OLD)
    publish(tmp_path / "one", NEW)
    publish(tmp_path / "two", dict(reversed(NEW.items())))
    assert (tmp_path / "one" / MANIFEST).read_bytes() == (tmp_path / "two" / MANIFEST).read_bytes()


def test_nothing_changes_before_the_commit(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    publication = Publication(tmp_path)
    publication.add(Artifact("a/index.html", b"other"), Order.PAGE)
    publication.abandon()
    assert files(tmp_path) == OLD
    assert not (tmp_path / TEMPORARY).exists()


def test_a_file_that_is_not_ours_is_kept(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    (tmp_path / "gone" / "notes.txt").write_text("mine")
    (tmp_path / "CNAME").write_text("example.org")
    publish(tmp_path, NEW)
    assert files(tmp_path) == {**NEW, "gone/notes.txt": "mine", "CNAME": "example.org"}


@pytest.mark.parametrize("place", ["a/index.html", "a", "a/index.html/x"])
def test_a_file_that_is_not_ours_and_in_the_way_is_an_error(tmp_path: Path, place: str) -> None:
    target = tmp_path / place
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text("mine")
    with pytest.raises(OutputError, match="in the way and was not made by this tool"):
        publish(tmp_path, OLD)
    assert files(tmp_path).get(place) == "mine"


def test_a_file_with_the_same_bytes_becomes_ours(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("1")
    assert publish(tmp_path, OLD).unchanged == ("index.html",)
    publish(tmp_path, {"a/index.html": "a"})
    assert files(tmp_path) == {"a/index.html": "a"}


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_text("not ours")
    output = tmp_path / "build"
    publish(output, OLD)
    (output / "gone" / "deep" / "index.html").unlink()
    (output / "gone" / "deep").rmdir()
    (output / "gone" / "deep").symlink_to(outside)
    publish(output, NEW)
    assert (outside / "index.html").read_text() == "not ours"
    (output / "e").symlink_to(outside)
    with pytest.raises(OutputError, match="in the way"):
        publish(output, {**NEW, "e/index.html": "e"})
    assert (outside / "index.html").read_text() == "not ours"


def test_a_page_may_become_a_folder_and_back(tmp_path: Path) -> None:
    publish(tmp_path, {"x": "file"})
    publish(tmp_path, {"x/y/index.html": "page", "x/index.html": "page"})
    assert files(tmp_path) == {"x/y/index.html": "page", "x/index.html": "page"}
    publish(tmp_path, {"x": "file"})
    assert files(tmp_path) == {"x": "file"}
    with pytest.raises(OutputError, match="lies below a page that is a file"):
        publish(tmp_path, {"x": "file", "x/index.html": "page"})


@pytest.mark.parametrize(
    "path", ["../x", "/x", "a/../../x", "", "a//b", "a\\b", "a\0b", MANIFEST, f"{TEMPORARY}/x"]
)
def test_paths_cannot_leave_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(OutputError, match="not a path inside the output folder"):
        publish(tmp_path / "build", {path: "x"})


def test_two_artifacts_for_one_path_are_refused(tmp_path: Path) -> None:
    publication = Publication(tmp_path)
    publication.add(Artifact("x", b"1"), Order.PAGE)
    with pytest.raises(OutputError, match="two pages have the path 'x'"):
        publication.add(Artifact("x", b"1"), Order.PAGE)


def test_a_planted_manifest_removes_nothing_outside(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("keep")
    output = tmp_path / "build"
    output.mkdir()
    (output / MANIFEST).write_text(
        json.dumps({"files": {"../precious": "0", "/etc/hostname": "0"}})
    )
    publish(output, NEW)
    assert (tmp_path / "precious").read_text() == "keep"


@pytest.mark.parametrize("text", ["", "[]", "{", '{"files": 3}'])
def test_an_unreadable_manifest_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(OutputError, match=r"can't read .*lists the files of the site"):
        Publication(tmp_path)


def test_unsuitable_outputs_are_refused(tmp_path: Path) -> None:
    content, link, file = tmp_path / "content", tmp_path / "link", tmp_path / "file"
    content.mkdir()
    link.symlink_to(content)
    file.write_text("")
    check_output_folder(tmp_path / "build", {"content": content})
    # `--content .` with the other options at their defaults
    check_output_folder(content / "build", {"content": content})
    for output, why in [
        (content, "may not contain one another"),
        (tmp_path / "cache" / "build", "may not contain one another"),
        (tmp_path, "may not contain one another"),
        (link, "symbolic link"),
        (file, "not a folder"),
    ]:
        with pytest.raises(OutputError, match=why):
            check_output_folder(output, {"content": content, "cache": tmp_path / "cache"})


def test_a_second_build_reports_that_it_waits(tmp_path: Path) -> None:
    output = tmp_path / "build"
    events: list[str] = []
    waits = threading.Event()

    def second() -> None:
        def wait() -> None:
            events.append("waits")
            waits.set()

        with locked_output(output, wait):
            events.append("second")

    thread = threading.Thread(target=second)
    with locked_output(output, lambda: events.append("never")):
        (output / "x").write_text("")
        thread.start()
        assert waits.wait(10)
        events.append("first")
    thread.join(10)
    assert events == ["waits", "first", "second"]
    assert [path.name for path in output.iterdir()] == ["x"], "no lock file is left behind"


def test_a_process_that_outlives_its_build_does_not_hold_the_lock(tmp_path: Path) -> None:
    (reading, writing), (started, start) = os.pipe(), os.pipe()
    (tmp_path / "build").mkdir()
    with locked_output(tmp_path / "build", lambda: None):
        if (child := os.fork()) == 0:
            os.close(writing)
            os.write(start, b"1")
            os.read(reading, 1)  # until the other end is closed
            os._exit(0)
        os.read(started, 1)
    waits: list[int] = []

    def wait() -> None:
        waits.append(child)
        os.close(writing)

    with locked_output(tmp_path / "build", wait):
        assert not waits
    for pipe in (writing, reading, started, start):
        os.close(pipe)
    os.waitpid(child, 0)


def test_an_output_folder_that_stays_empty_is_removed(tmp_path: Path) -> None:
    with locked_output(tmp_path / "build", lambda: None):
        assert (tmp_path / "build").is_dir()
    assert not (tmp_path / "build").exists()


def publish_until_killed(output: Path, steps: int) -> int:
    """Publish in a copy of this process, which is killed after so many steps; its exit status."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        steps_left = itertools.count(steps - 1, -1)

        def stepping(real: Callable[..., Any]) -> Callable[..., Any]:
            def step(*arguments: Any, **keywords: Any) -> Any:
                if next(steps_left) < 0:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*arguments, **keywords)

            return step

        for name in ("replace", "unlink", "rmdir", "mkdir"):
            setattr(os, name, stepping(getattr(os, name)))
        builtins.open = stepping(open)
        publish(output, NEW)
        os._exit(0)
    finally:
        os._exit(1)


def test_a_killed_build_leaves_complete_files(tmp_path: Path) -> None:
    killed, step = 0, 0
    while True:
        output = tmp_path / str(step)
        publish(output, OLD)
        (output / "CNAME").write_text("example.org")
        code = publish_until_killed(output, step)
        remaining = {
            path: text for path, text in files(output).items() if not path.startswith(TEMPORARY)
        }
        assert remaining.pop("CNAME") == "example.org"
        assert all(text in (OLD.get(path), NEW.get(path)) for path, text in remaining.items()), (
            "a file is not complete"
        )
        assert remaining.keys() >= OLD.keys() & NEW.keys(), "a page of both sites went missing"
        if code == -signal.SIGKILL:
            assert all(path in OLD for path in remaining) or "assets/t.2.css" in remaining, (
                "a page came before its assets"
            )
            killed += 1
        publish(output, NEW if step % 2 else OLD)
        assert files(output) == {**(NEW if step % 2 else OLD), "CNAME": "example.org"}
        clean = tmp_path / "clean"
        publish(clean, NEW if step % 2 else OLD)
        assert folders(output) == folders(clean)
        assert (output / MANIFEST).read_bytes() == (clean / MANIFEST).read_bytes()
        if code == 0:
            break
        assert code == -signal.SIGKILL
        step += 1
    assert killed > 15


def test_signatures_see_a_touched_file(tmp_path: Path) -> None:
    publish(tmp_path, OLD)
    before = signatures_in(tmp_path, OLD)
    assert signatures_in(tmp_path, [*OLD, "absent"]) == before
    status = (tmp_path / "index.html").stat()
    (tmp_path / "index.html").write_text("2")
    os.utime(tmp_path / "index.html", ns=(status.st_atime_ns, status.st_mtime_ns))
    (tmp_path / "b" / "index.html").unlink()
    after = signatures_in(tmp_path, OLD)
    assert {path for path in OLD if after.get(path) != before[path]} <= {
        "index.html",
        "b/index.html",
    }
    assert "b/index.html" not in after


@pytest.mark.parametrize("files", [{}, {"b.html": "1", 'a/é "x".html': "2"}])
def test_the_manifest_is_json_in_the_order_of_the_paths(
    tmp_path: Path, files: dict[str, str]
) -> None:
    write_manifest(tmp_path, files)
    text = (tmp_path / MANIFEST).read_text(encoding="utf-8")
    assert json.loads(text) == {"files": files}
    assert list(json.loads(text)["files"]) == sorted(files)
