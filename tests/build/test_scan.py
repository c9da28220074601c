"""The content folder: unusable entries are findings, links are not followed, and a file that can be
read again comes back."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from helpers import Site, differences, tree
from monograph_site.build import options as options_module
from monograph_site.build import scan
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build
from monograph_site.model import files
from monograph_site.model.files import open_without_links

TEXT = "---\ntitle: Examplin\n---\n\n## Uses\n\nPain.\n"


@pytest.fixture
def options(tmp_path: Path) -> Options:
    """A site of two drugs."""
    (tmp_path / "content/drugs").mkdir(parents=True)
    (tmp_path / "content/drugs/a.md").write_text(TEXT, "utf-8")
    (tmp_path / "content/drugs/b.md").write_text(TEXT.replace("Examplin", "Sample"), "utf-8")
    folders = (tmp_path / name for name in ("content", "templates", "build", "cache"))
    return Options("2025-06-30", *folders, keep_going=True)


def errors(options: Options) -> list[str]:
    """The errors that a build reports."""
    findings = build(options).findings
    return [
        f"{finding.path} {finding.code}" for finding in findings if finding.code.startswith("E")
    ]


def refuse(monkeypatch: pytest.MonkeyPatch, path: str, error: type[OSError]) -> None:
    """Let one file be unreadable, also for root."""
    real: Callable[..., int] = open_without_links

    def opening(root: Any, name: str) -> int:
        if name == path:
            raise error(13, "Permission denied")
        return real(root, name)

    monkeypatch.setattr(scan, "open_without_links", opening)


@pytest.mark.parametrize("error", [PermissionError, FileNotFoundError])
@pytest.mark.parametrize("is_edited", [False, True], ids=["as it was", "edited"])
@pytest.mark.parametrize("is_known", [False, True], ids=["new", "built before"])
def test_a_file_that_can_be_read_again_comes_back(
    options: Options,
    monkeypatch: pytest.MonkeyPatch,
    error: type[OSError],
    is_edited: bool,
    is_known: bool,
) -> None:
    """Permissions are corrected, or git puts the file back while the site is built."""
    file = options.content / "drugs/b.md"
    if is_known:
        build(options)
        file.write_text(file.read_text("utf-8").replace("Pain", "Fever"), "utf-8")
    with monkeypatch.context() as patch:
        refuse(patch, "drugs/b.md", error)
        assert errors(options) == ["drugs/b.md E006"]
        assert errors(options) == ["drugs/b.md E006"]
        assert not (options.output / "drugs/b/index.html").exists()
    if is_edited:
        file.write_text(file.read_text("utf-8").replace("Pain", "Ache"), "utf-8")
    assert errors(options) == []
    incremental = tree(options.output)
    assert "drugs/b/index.html" in incremental
    clean = Options(
        options.as_of,
        options.content,
        options.templates,
        options.output.parent / "clean",
        options.cache.parent / "clean-cache",
        keep_going=True,
    )
    build(clean)
    assert differences(incremental, tree(clean.output)) == []


def test_circular_links_are_findings_and_the_rest_is_built(
    build_site: Callable[..., Site], tmp_path: Path
) -> None:
    drugs = tmp_path / "content/drugs"
    drugs.mkdir(parents=True)
    (drugs / "circle").symlink_to("circle")
    (drugs / "loop.md").symlink_to("loop.md")
    (drugs / "dangling").symlink_to("nowhere")
    site = build_site({"drugs/a.md": TEXT})
    findings = [(finding["path"], finding["code"]) for finding in site.summary["diagnostics"]]
    assert [(path, code) for path, code in findings if code == "W005"] == [
        ("drugs/circle", "W005"),
        ("drugs/loop.md", "W005"),
    ]
    assert (site.output / "drugs/a/index.html").is_file()


def test_a_folder_that_cannot_be_listed_is_a_finding_and_the_rest_is_built(
    options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    (options.content / "closed").mkdir()
    (options.content / "closed/c.md").write_text(TEXT, "utf-8")
    real = os.scandir

    def listing(path: Any) -> Any:
        if str(path).endswith("/closed"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(files.os, "scandir", listing)
        assert errors(options) == ["closed E006"]
        assert (options.output / "drugs/a/index.html").is_file()
    assert errors(options) == []
    assert len(list(options.output.glob("**/c/index.html"))) == 1


@pytest.mark.parametrize("place", ["drugs/a.md", "drugs"])
def test_a_link_put_in_the_place_of_a_file_or_folder_is_not_followed(
    options: Options, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str
) -> None:
    """Between the look at the folder and the reading of the file."""
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "a.md").write_text(TEXT.replace("Pain", "The secret"), "utf-8")
    target = options.content / place
    real = scan.scan_folder

    def swapping(*arguments: Any) -> Any:
        result = real(*arguments)
        os.rename(target, tmp_path / "aside")
        target.symlink_to(secret if place == "drugs" else secret / "a.md")
        return result

    monkeypatch.setattr(options_module, real.__name__, swapping)
    assert "drugs/a.md E006" in errors(options)
    published = b"".join(tree(options.output).values())
    assert b"secret" not in published


def test_a_build_does_not_wait_for_a_pipe(options: Options) -> None:
    (options.content / "drugs/a.md").unlink()
    os.mkfifo(options.content / "drugs/a.md")
    with pytest.raises(OSError, match="not a regular file"):
        open_without_links(options.content, "drugs/a.md")
    assert errors(options) == []
