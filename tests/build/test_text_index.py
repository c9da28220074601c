"""The full-text index: made again only where a page of a shard changed, the same as in a clean build,
and in the preview too."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from helpers import differences, tree
from monograph_site.build import pagefind
from monograph_site.build.options import Options
from monograph_site.build.pagefind_order import in_order
from monograph_site.build.pipeline import build
from monograph_site.build.verify import verify
from monograph_site.preview.session import Session
from monograph_site.site import full_text
from monograph_site.site.full_text import shard_count

TEXT = "---\ntitle: {0}\nkind: drug\n---\n\n## Uses\n\nFor {0}.\n"
NAMES = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta")


@pytest.fixture
def options(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Options:
    """A site of six pages in four shards."""
    monkeypatch.setattr(full_text, "PAGES_PER_SHARD", 2)
    (tmp_path / "content/drugs").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    for name in NAMES:
        write(tmp_path, name, TEXT.format(name))
    folders = (tmp_path / name for name in ("content", "templates", "build", "cache"))
    return Options("2025-06-30", *folders)


def write(root: Path, name: str, text: str) -> None:
    (root / f"content/drugs/{name.lower()}.md").write_text(text, "utf-8")


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The addresses of each shard that is made."""
    shards: list[list[str]] = []
    make = pagefind.index_files

    def noted(language: str, documents: object, *, with_program: bool) -> object:
        pages = list(documents)  # type: ignore[call-overload]
        shards.append([url for url, _ in pages])
        return make(language, pages, with_program=with_program)

    monkeypatch.setattr(pagefind, "index_files", noted)
    return shards


def test_a_site_may_search_for_names_only(options: Options, indexed: list[list[str]]) -> None:
    (options.content / "site.yaml").write_text("text_search: false\n", "utf-8")
    build(options)
    assert indexed == []
    search = options.output / "search"
    assert (search / "names.json").exists()
    assert not (search / "text").exists()
    assert "text-search" not in (search / "index.html").read_text("utf-8")
    assert not any((options.output / "assets").glob("text.*"))


def test_an_edit_indexes_one_shard_again(
    options: Options, tmp_path: Path, indexed: list[list[str]]
) -> None:
    first = build(options)
    assert sorted(url for shard in indexed for url in shard) == sorted(
        f"/drugs/{name.lower()}/" for name in NAMES
    )
    assert len(indexed) == shard_count(len(NAMES)) == 4
    indexed.clear()
    assert build(options).pages == first.pages
    assert indexed == []
    write(tmp_path, "Beta", TEXT.format("Beta") + "\nAlso for fever.\n")
    again = build(options)
    assert again.pages == first.pages
    assert len(indexed) == 1
    assert "/drugs/beta/" in indexed[0]
    assert verify(options) == ()
    (tmp_path / "content/drugs/zeta.md").unlink()
    build(options)
    assert verify(options) == ()


def test_a_lost_file_of_the_index_comes_back(options: Options, indexed: list[list[str]]) -> None:
    build(options)
    whole = tree(options.output)
    indexed.clear()
    next(options.output.glob("search/text/**/*.pf_index")).unlink()
    build(options)
    assert len(indexed) == 1
    assert differences(tree(options.output), whole) == []


def test_without_search_there_is_no_index(options: Options, indexed: list[list[str]]) -> None:
    build(options)
    indexed.clear()
    build(replace(options, search=False))
    assert indexed == []
    assert not (options.output / "search").exists()


def test_the_preview_makes_it_when_it_is_asked_for(
    options: Options, tmp_path: Path, indexed: list[list[str]]
) -> None:
    build(options)
    published = {
        path: content
        for path, content in tree(options.output).items()
        if path.startswith("search/text/")
    }
    indexed.clear()
    session = Session(options)
    session.start()
    assert indexed == []
    answers = {path: session.answer(path) for path in published}
    assert {path: answer.content for path, answer in answers.items() if answer} == published
    assert len(indexed) == 4
    write(tmp_path, "Beta", TEXT.format("Beta") + "\nAlso for fever.\n")
    session.refresh()
    assert len(indexed) == 4
    assert session.answer("search/text/none.pf_index") is None
    session.close()


def test_without_pagefind_the_build_says_what_to_do(
    options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    with pytest.raises(pagefind.PagefindError, match="--no-search"):
        build(options)
    assert build(replace(options, search=False)).published


def test_only_clinical_text_is_indexed_once(options: Options, tmp_path: Path) -> None:
    write(
        tmp_path,
        "Alpha",
        TEXT.format("Alpha") + "\n## FAQs\n\n**Q: Does it thrombulate?**\n\nA: Seldom.\n"
        "\n## Disclaimer\n\nAsk someone quizzical.\n",
    )
    build(options)
    words = set()
    for file in options.output.glob("search/text/**/*.pf_fragment"):
        fragment = json.loads(gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd"))
        words |= set(fragment["content"].split())
        if fragment["url"] == "/drugs/alpha/":
            assert fragment["content"].count("thrombulate") == 1
            ids = [anchor["id"] for anchor in fragment["anchors"]]
            assert ids == ["uses", "faqs", "q-does-it-thrombulate"]
            assert fragment["filters"] == {"kind": ["drug"], "review": ["not_stated"]}
    assert not words & {"quizzical.", "Search", "Menu", "Printed"}


def test_filters_are_in_one_order() -> None:
    """Pagefind lists them in another order in each run."""
    documents = [
        (
            f"/{number}/",
            "<html><head>"
            + "".join(
                f'<meta data-pagefind-filter="{name}[content]" content="{name}{number % 5}">'
                for name in ("kind", "class", "condition", "review")
            )
            + f"</head><body><h1>Page {number}</h1><p>Text</p></body></html>",
        )
        for number in range(12)
    ]
    results = [pagefind.index_files("en", documents, with_program=False) for _ in range(4)]
    assert all(result == results[0] for result in results)
    assert in_order(results[0]) == results[0]
