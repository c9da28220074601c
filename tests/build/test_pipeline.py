"""One build path: what changed is done again, the result is that of a clean build, and a fault
publishes nothing."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from monograph_site.build.options import Options
from monograph_site.build.output import MANIFEST
from monograph_site.build.pipeline import build, check

BODY = "## Usage\n\nAgainst pain, {word}.\n\n## Side Effects\n\nNone that we know of in this example.\n"


def options(root: Path, **given: object) -> Options:
    made = Options(
        "2025-01-31", root / "content", root / "templates", root / "build", root / "cache"
    )
    return replace(made, **given)  # type: ignore[arg-type]


def write(root: Path, name: str, word: str = "often", front: str = "") -> None:
    path = root / "content" / "drugs" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"---\ntitle: {name.title()}\n{front}---\n\n{BODY.format(word=word)}", encoding="utf-8"
    )


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in ("alpha", "beta", "gamma"):
        write(tmp_path, name)
    return tmp_path


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def clean(root: Path) -> dict[str, bytes]:
    other = options(root, output=root / "clean", cache=root / "clean-cache")
    build(other)
    return files(other.output)


def test_nothing_changed_is_nothing_done(root: Path) -> None:
    first = build(options(root))
    assert first.published
    assert len(first.rendered) == first.pages == len(files(root / "build")) - 1
    before = {path: os.stat(path).st_ino for path in (root / "build").rglob("*")}
    again = build(options(root))
    assert (again.rendered, again.removed, again.pages) == ((), (), first.pages)
    assert again.findings == first.findings
    assert {path: os.stat(path).st_ino for path in (root / "build").rglob("*")} == before


def test_one_edit_renders_one_page(root: Path) -> None:
    build(options(root))
    write(root, "beta", front="description: All about it.\n")
    build(options(root))
    write(root, "beta", "seldom", front="description: All about it.\n")
    done = build(options(root))
    assert done.rendered == ("/drugs/beta/", "/drugs/beta/index.json")
    assert done.unchanged == done.pages - 2
    assert files(root / "build") == clean(root)


def test_incremental_equals_clean_after_all_kinds_of_change(root: Path) -> None:
    build(options(root))
    content = root / "content" / "drugs"
    templates = root / "templates"
    templates.mkdir()
    for change in (
        lambda: write(root, "delta"),
        lambda: (content / "alpha.md").rename(content / "omega.md"),
        lambda: (content / "gamma.md").unlink(),
        lambda: write(root, "beta", front="description: Another.\n"),
        lambda: (root / "content" / "site.yaml").write_text("title: Another\n"),
        lambda: (templates / "404.html").write_text("{% extends 'default/404.html' %}"),
        lambda: (templates / "404.html").unlink(),
    ):
        change()
        build(options(root))
        assert files(root / "build") == clean(root)


def test_what_happened_to_the_output_is_mended(root: Path) -> None:
    build(options(root))
    want = files(root / "build")
    page = root / "build" / "drugs" / "beta" / "index.html"
    page.write_text("tampered")
    (root / "build" / "drugs" / "alpha" / "index.json").unlink()
    done = build(options(root))
    assert set(done.rendered) == {"/drugs/beta/", "/drugs/alpha/index.json"}
    assert files(root / "build") == want
    content = page.read_bytes()
    page.write_bytes(content.replace(b"often", b"never"))
    assert build(options(root)).rendered == ("/drugs/beta/",), "the same size, a moment later"
    assert files(root / "build") == want


def test_the_cache_may_be_deleted_or_damaged_at_any_moment(root: Path) -> None:
    build(options(root))
    want = files(root / "build")
    for cached in sorted(path for path in (root / "cache").rglob("*") if path.is_file()):
        cached.write_bytes(cached.read_bytes()[:-9] + b"damaged!!")
        (root / "build" / "drugs" / "beta" / "index.html").unlink()
        build(options(root))
        assert files(root / "build") == want


def test_an_error_publishes_nothing(root: Path) -> None:
    build(options(root))
    want = files(root / "build")
    write(root, "beta", front="title: Twice\n")
    done = build(options(root))
    assert done.has_errors
    assert not done.published
    assert files(root / "build") == want
    again = build(options(root))
    assert again.findings == done.findings
    going = build(options(root, keep_going=True))
    assert going.published
    assert going.has_errors
    assert "/drugs/beta/" in going.removed
    assert build(options(root, keep_going=True)).findings == going.findings
    assert not build(options(root)).published


def test_a_first_build_with_errors_leaves_nothing(root: Path) -> None:
    write(root, "beta", front="title: Twice\n")
    assert not build(options(root)).published
    assert not (root / "build").exists()


def test_check_says_the_same_and_writes_no_site(root: Path) -> None:
    write(root, "beta", front="title: Twice\n")
    found = check(options(root))
    assert not (root / "build").exists()
    assert found.findings == build(options(root)).findings
    assert found.has_errors


def test_links_are_not_followed(root: Path) -> None:
    secret = root / "secret.md"
    secret.write_text(BODY)
    (root / "content" / "drugs" / "link.md").symlink_to(secret)
    (root / "content" / "more").symlink_to(root)
    done = build(options(root))
    assert {one.path for one in done.findings if one.code == "W005"} == {"drugs/link.md", "more"}
    assert not any("link" in path or "secret" in path for path in files(root / "build"))


def test_two_outputs_share_a_cache(root: Path) -> None:
    build(options(root))
    build(options(root, output=root / "second"))
    assert files(root / "build") == files(root / "second")


def test_the_manifest_names_every_file(root: Path) -> None:
    import json

    build(options(root))
    named = json.loads((root / "build" / MANIFEST).read_text())["files"]
    assert {*named, MANIFEST} == set(files(root / "build"))


def test_a_folder_may_hold_its_own_site(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# A\n\n## Uses\n\nFor pain.\n")
    (tmp_path / "notes.txt").write_text("Not content.\n")
    (tmp_path / "b.txt").write_text("---\ntitle: B\n---\n## Uses\n\nFor fever.\n")
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "stray.md").write_text("# Not content either\n")
    options = Options(
        "2026-01-01", tmp_path, tmp_path / "none", tmp_path / "build", tmp_path / ".monograph-site"
    )
    assert build(options).monographs == 2
    assert build(options).rendered == ()
    assert {one.name for one in (tmp_path / "build").iterdir()} >= {"a", "b", "stray.md"}
