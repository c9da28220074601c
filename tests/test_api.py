"""The Python API at the top of the package."""

from __future__ import annotations

import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import monograph_site
from monograph_site import MonographError, Options, build, check, load

TEXT = "---\ntitle: Examplin\n---\n\n## Uses\n\nFor pain{}.\n"


@pytest.fixture
def options(tmp_path: Path) -> Options:
    (tmp_path / "content/brands").mkdir(parents=True)
    (tmp_path / "content/brands/a.md").write_text(TEXT.format(""), "utf-8")
    folders = (tmp_path / name for name in ("content", "templates", "build", "cache"))
    return Options("2025-06-30", *folders)


@pytest.mark.parametrize("first", ["cli.main", "build.scan", "check.formats", "model.strings"])
def test_names_are_the_same_whatever_was_imported_before(first: str) -> None:
    """`build` and `check` are also names of packages."""
    script = (
        f"import monograph_site.{first}\n"
        "from monograph_site import *\n"
        "from monograph_site.build import entries\n"
        "from monograph_site.check import explain\n"
        "import monograph_site\n"
        "assert all(map(callable, (build, check, load, Options))), (build, check)\n"
        "assert monograph_site.build is build and monograph_site.check is check\n"
        "print(__version__)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert result.stderr == ""
    assert result.stdout.strip() == monograph_site.__version__


def test_every_public_name_is_documented() -> None:
    for name in monograph_site.__all__:
        if name != "__version__":
            assert inspect.getdoc(getattr(monograph_site, name)), name


def test_check_and_build(options: Options) -> None:
    checked = check(options)
    assert not options.output.exists()
    summary = build(options)
    assert summary.published
    assert summary.findings == checked.findings
    assert (options.output / "brands/a/index.html").is_file()


def test_errors_have_one_base_class(options: Options) -> None:
    options.output.write_text("not a folder", "utf-8")
    with pytest.raises(MonographError, match="not a folder"):
        build(options)


def test_load_a_text() -> None:
    loaded = load(TEXT.format(" and **fever"))
    assert loaded.monograph is not None
    assert loaded.monograph.title == "Examplin"
    assert [str(finding).split(" [")[0] for finding in loaded.findings] == [
        "text.md:7:14 W208 unbalanced-bold"
    ]
    assert loaded.findings[0].excerpt == "For pain and **fever."
    assert load("---\ntitle: [\n---\n").monograph is None
    assert load("\ud800").findings


def test_load_a_file_with_and_without_its_site(options: Options) -> None:
    (options.content / "site.yaml").write_text(
        "collections: {brands: {kind: article}}\n", encoding="utf-8"
    )
    file = options.content / "brands" / "a.md"
    alone, in_site = load(file).monograph, load(file, options.content).monograph
    assert alone is not None
    assert in_site is not None
    assert (alone.path, alone.kind) == ("a.md", "page")
    assert (in_site.path, in_site.kind) == ("brands/a.md", "article")
    with pytest.raises(ValueError, match="brands"):
        load(file, options.output)
    with pytest.raises(FileNotFoundError):
        load(options.content / "missing.md")
