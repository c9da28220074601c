"""`build --compress`: forms that are smaller, equal to those of a clean build, gone with their file."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from msgspec.structs import replace

from helpers import tree
from monograph_site.build.compression import ENCODINGS, compressed_forms
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build
from monograph_site.build.verify import verify
from monograph_site.pages.page import Artifact

TEXT = "---\ntitle: {0}\ndescription: About it.\n---\n\n## Uses\n\nFor {0}.\n"
DECODERS: dict[str, Callable[[bytes], bytes]] = {".br": brotli.decompress, ".gz": gzip.decompress}


@pytest.fixture
def options(tmp_path: Path) -> Options:
    (tmp_path / "content/drugs").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    for name in ("alpha", "beta"):
        (tmp_path / f"content/drugs/{name}.md").write_text(TEXT.format(name.title()), "utf-8")
    folders = (tmp_path / name for name in ("content", "templates", "build", "cache"))
    return Options("2025-06-30", *folders, compress=True, search=False)


def forms_of(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: content for path, content in files.items() if path.endswith(ENCODINGS)}


def test_every_form_is_its_file_and_smaller(options: Options) -> None:
    summary = build(replace(options, search=True))
    files = tree(options.output)
    forms = forms_of(files)
    for path, content in forms.items():
        assert DECODERS[path[-3:]](content) == files[path[:-3]]
        assert len(content) < len(files[path[:-3]])
    assert {"drugs/alpha/index.html.br", "drugs/alpha/index.html.gz"} <= forms.keys()
    assert any(path.endswith(".css.br") for path in forms)
    assert "search/text/pagefind.js.br" in forms
    assert not [path for path in forms if ".png" in path]
    assert "/drugs/alpha/index.html.gz" in summary.rendered
    text = [path for path in files if path.startswith("search/text/")]
    assert summary.pages == len(files) - len(text) - 1  # without the list of our files


def test_a_file_that_would_not_get_smaller_has_no_form() -> None:
    assert [*compressed_forms(Artifact("a.txt", b"abc"))] == []
    assert [*compressed_forms(Artifact("a.png", b"a" * 1000))] == []
    assert len([*compressed_forms(Artifact("a.txt", b"a" * 1000))]) == 2


def test_an_edit_makes_the_forms_of_its_pages(options: Options) -> None:
    build(options)
    (options.content / "drugs/alpha.md").write_text(TEXT.format("Alpha") + "\nMore.\n", "utf-8")
    pages = ("/drugs/alpha/", "/drugs/alpha/index.json")
    files = [pages[0], "/drugs/alpha/index.html.br", "/drugs/alpha/index.html.gz"]
    files += [pages[1], f"{pages[1]}.br", f"{pages[1]}.gz"]
    assert [*build(options).rendered] == files
    assert verify(options) == ()
    assert build(options).rendered == ()


def test_forms_go_with_their_file_and_with_the_option(options: Options) -> None:
    build(options)
    (options.content / "drugs/alpha.md").unlink()
    build(options)
    assert not [path for path in tree(options.output) if path.startswith("drugs/alpha/")]
    assert verify(options) == ()
    assert build(replace(options, compress=False)).rendered == ()
    assert forms_of(tree(options.output)) == {}
    build(options)
    assert forms_of(tree(options.output))
    assert verify(options) == ()


@pytest.mark.parametrize("path", ["drugs/alpha/index.html.gz", "drugs/alpha/index.html"])
def test_a_lost_file_comes_back(options: Options, path: str) -> None:
    build(options)
    before = tree(options.output)
    (options.output / path).unlink()
    assert f"/{path}".removesuffix("index.html") in build(options).rendered
    assert tree(options.output) == before
