"""A build does again only what changed, gives the same site as a clean build, and publishes nothing
if there are errors."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from monograph_site.build import workers
from monograph_site.build.options import Options
from monograph_site.build.output import MANIFEST
from monograph_site.build.pipeline import build, check

BODY = (
    "## Usage\n\nAgainst pain, {word}.\n\n"
    "## Side Effects\n\nNone that we know of in this example.\n"
)


def options(root: Path, **changed: object) -> Options:
    defaults = Options(
        "2025-01-31", root / "content", root / "templates", root / "build", root / "cache"
    )
    return replace(defaults, **changed)  # type: ignore[arg-type]


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


def test_without_changes_nothing_is_done(root: Path) -> None:
    first = build(options(root))
    assert first.published
    is_text_index = [path.startswith("search/text/") for path in files(root / "build")]
    assert len(first.rendered) == first.pages == is_text_index.count(False) - 1
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
    summary = build(options(root))
    assert summary.rendered == ("/drugs/beta/", "/drugs/beta/index.json")
    assert summary.unchanged == summary.pages - 2
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


def test_damage_to_the_output_is_repaired(root: Path) -> None:
    build(options(root))
    expected = files(root / "build")
    page = root / "build" / "drugs" / "beta" / "index.html"
    page.write_text("tampered")
    (root / "build" / "drugs" / "alpha" / "index.json").unlink()
    summary = build(options(root))
    assert set(summary.rendered) == {"/drugs/beta/", "/drugs/alpha/index.json"}
    assert files(root / "build") == expected
    content = page.read_bytes()
    page.write_bytes(content.replace(b"often", b"never"))
    assert build(options(root)).rendered == ("/drugs/beta/",), "the same size, a moment later"
    assert files(root / "build") == expected


def test_a_damaged_cache_does_not_change_the_site(root: Path) -> None:
    build(options(root))
    expected = files(root / "build")
    for cached in sorted(path for path in (root / "cache").rglob("*") if path.is_file()):
        cached.write_bytes(cached.read_bytes()[:-9] + b"damaged!!")
        (root / "build" / "drugs" / "beta" / "index.html").unlink()
        build(options(root))
        assert files(root / "build") == expected


def test_an_error_publishes_nothing(root: Path) -> None:
    build(options(root))
    expected = files(root / "build")
    write(root, "beta", front="title: Twice\n")
    summary = build(options(root))
    assert summary.has_errors
    assert not summary.published
    assert files(root / "build") == expected
    again = build(options(root))
    assert again.findings == summary.findings
    kept_going = build(options(root, keep_going=True))
    assert kept_going.published
    assert kept_going.has_errors
    assert "/drugs/beta/" in kept_going.removed
    assert build(options(root, keep_going=True)).findings == kept_going.findings
    assert not build(options(root)).published


def test_a_first_build_with_errors_leaves_nothing(root: Path) -> None:
    write(root, "beta", front="title: Twice\n")
    assert not build(options(root)).published
    assert not (root / "build").exists()


def test_check_has_the_same_findings_and_writes_no_site(root: Path) -> None:
    write(root, "beta", front="title: Twice\n")
    checked = check(options(root))
    assert not (root / "build").exists()
    assert checked.findings == build(options(root)).findings
    assert checked.has_errors


def test_links_are_not_followed(root: Path) -> None:
    secret = root / "secret.md"
    secret.write_text(BODY)
    (root / "content" / "drugs" / "link.md").symlink_to(secret)
    (root / "content" / "more").symlink_to(root)
    summary = build(options(root))
    assert {finding.path for finding in summary.findings if finding.code == "W005"} == {
        "drugs/link.md",
        "more",
    }
    assert not any("link" in path or "secret" in path for path in files(root / "build"))


def test_two_outputs_share_a_cache(root: Path) -> None:
    build(options(root))
    build(options(root, output=root / "second"))
    assert files(root / "build") == files(root / "second")


def test_the_manifest_lists_every_file(root: Path) -> None:
    import json

    build(options(root))
    named = json.loads((root / "build" / MANIFEST).read_text())["files"]
    assert {*named, MANIFEST} == set(files(root / "build"))


def test_the_content_folder_may_contain_the_site(tmp_path: Path) -> None:
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
    assert {entry.name for entry in (tmp_path / "build").iterdir()} >= {"a", "b", "stray.md"}


def test_what_is_not_for_readers_is_not_built(tmp_path: Path) -> None:
    files = {
        "drugs/a.md": "---\ntitle: Afin\ndraft: true\n---\n## Uses\n\nNever seen.\n",
        "drugs/b.md": "---\ntitle: Befin\npublished: false\n---\n## Uses\n\nNever seen.\n",
        "drugs/c.md": "---\ntitle: Cefin\nstatus: draft\n---\n## Uses\n\nNever seen.\n",
        "drugs/d.md": "---\ntitle: Defin\npublishDate: 2025-07-01\n---\n## Uses\n\nNever seen.\n",
        "drugs/e.md": "---\ntitle: Efin\nexpiryDate: 2025-06-30\n---\n## Uses\n\nNever seen.\n",
        "_drafts/f.md": "---\ntitle: Effin\nkind: drug\n---\n## Uses\n\nNever seen.\n",
        "drugs/g.md": "# Gefin\n\n## Uses\n\nFor %%Never seen%% pain.\n\n%%\nNever\n\nseen.\n%%\n",
        "drugs/h.md": "---\ntitle: Hafin\npublishDate: 2025-06-30\nexpiryDate: 2025-07-01\n---\n## Uses\n\nPain.\n",
    }
    for path, text in files.items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_text(text, encoding="utf-8")
    parts = ("content", "templates", "build", "cache")
    options = Options("2025-06-30", *(tmp_path / part for part in parts))
    summary = build(options)
    pages = {path.parent.name for path in options.output.glob("drugs/*/index.html")}
    assert pages == {"g", "h"}
    assert [f.message[:7] for f in summary.findings if f.name == "not-for-readers"] == ["6 files"]
    published = [path.read_text("utf-8") for path in options.output.rglob("*.html")]
    assert not [text for text in published if "Never" in text or "%%" in text]


@pytest.mark.parametrize("can_fork", [True, False])
def test_workers_render_what_one_process_renders(
    root: Path, monkeypatch: pytest.MonkeyPatch, can_fork: bool
) -> None:
    """Also where workers are not forked, and get everything they need by pickling."""
    for number in range(workers.MIN_ITEMS):
        write(root, f"drug-{number}")
    monkeypatch.setattr(workers, "_can_fork", lambda: can_fork)
    build(options(root, jobs=2))
    assert files(root / "build") == clean(root)


def test_a_damaged_record_is_made_again_by_the_worker_that_needs_it(root: Path) -> None:
    for number in range(workers.MIN_ITEMS):
        write(root, f"drug-{number}")
    build(options(root))
    (root / "templates").mkdir()
    (root / "templates/base.html").write_text("{% extends 'default/base.html' %}", "utf-8")
    for pack in (root / "cache/records").iterdir():
        content = bytearray(pack.read_bytes())
        content[200] ^= 1
        pack.write_bytes(content)
    build(options(root, jobs=2))
    assert files(root / "build") == clean(root)
