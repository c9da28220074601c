"""Where only templates have changed, the pages that use them are rendered from what the last build
kept of its plan, and the site is that of a clean build."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from formularies import OWN
from helpers import differences, tree
from monograph_site.build import plan, scan
from monograph_site.build.cache import Cache
from monograph_site.build.options import Options, read_inputs
from monograph_site.build.pipeline import build
from monograph_site.build.summary import Clock
from monograph_site.pages import PAGE_KINDS, page_kind
from monograph_site.pages.page import Page
from monograph_site.pages.page_data import PAGE_DATA, decode_data, is_typed
from monograph_site.render.page_key import PLAIN, encode_data
from monograph_site.render.theme import default_folder
from monograph_site.site.site import Site

FILES = {
    "site.yaml": "title: Examples\nbase_url: https://example.org/\nredirects: {/old/: /about/}\n",
    "index.md": "---\ntitle: Home\n---\n\n## Welcome\n\nSee [it](drugs/examplin.md).\n",
    "drugs/examplin.md": "---\ntitle: Examplin\ndescription: For pain.\nclasses: [Analgesics]\n"
    "dates: {content_changed: 2025-03-02}\n"
    "aliases: [/former/]\nbrands: [Brandix]\naudience: {dose: professional}\ninteractions: [{with: Samplol}]\n"
    "---\n\n## Uses\n\nPain. ![Ring](ring.png) See [that](samplol.md).\n\n## Dosage\n\n5 mg.\n\n"
    "## FAQs\n\n### Is it sold?\n\nYes.\n",
    "drugs/samplol.md": "---\ntitle: Samplol\ndescription: For fever.\nclasses: [Analgesics]\n"
    "dates: {content_changed: 2025-03-03}\n"
    "disclaimer: Ask someone.\n---\n\n## Uses\n\nFever, see [[Examplin]].\n\n## Warnings\n\nNone.\n",
    "combinations/both.md": "---\ntitle: Examplin + Samplol\ndescription: For both.\n"
    "ingredients: [Examplin, Samplol]\n---\n\n## Uses\n\nBoth.\n",
    "brands/brandix.md": "---\ntitle: Brandix\ndescription: A brand.\ngeneric_slug: examplin\n"
    "ingredients: [Examplin]\n---\n\n## Uses\n\nPain.\n",
    "articles/which.md": "---\ntitle: Which one\ndescription: A choice.\n---\n\n## Question\n\n"
    "Which?\n\n## Answer\n\n[Examplin](../drugs/examplin.md).\n",
    "pages/about.md": "---\ntitle: About\ndescription: Us.\n---\n\nThis site.\n",
}


@pytest.fixture(params=["every kind", "headed", "loose", "bold"])
def options(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Options:
    """A small site, built with a copy of the default theme's frame."""
    if request.param == "every kind":
        for path, text in FILES.items():
            file = tmp_path / "content" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        picture = tmp_path / "content" / "drugs" / "ring.png"
        shutil.copy(default_folder() / "assets" / "icon-192.png", picture)
        # Of a picture as new as this, it would not be certain that it has not changed.
        monkeypatch.setattr(scan, "is_racy", lambda *_: False)
    else:
        shutil.copytree(OWN / request.param, tmp_path / "content")
    (tmp_path / "templates").mkdir()
    shutil.copy(default_folder() / "base.html", tmp_path / "templates")
    folders = (tmp_path / name for name in ("content", "templates", "build", "cache"))
    options = Options("2025-06-30", *folders, keep_going=True, search=False)
    build(options)
    return options


@pytest.fixture
def planned(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Has an item for each time that the whole site is planned."""
    notes: list[str] = []
    plan_site = plan.plan_site

    def noted(*arguments: Any, **named: Any) -> Any:
        notes.append("whole site")
        return plan_site(*arguments, **named)

    monkeypatch.setattr(plan, "plan_site", noted)
    return notes


def edit_template(options: Options, word: str = "Edited") -> None:
    template = options.templates / "base.html"
    template.write_text(template.read_text().replace("<body", f"<!-- {word} -->\n<body", 1))


def assert_like_clean(options: Options) -> None:
    root = options.output.parent
    clean = replace(options, output=root / "clean", cache=root / "clean-cache")
    shutil.rmtree(clean.output, ignore_errors=True)
    shutil.rmtree(clean.cache, ignore_errors=True)
    expected = build(clean)
    summary = build(options)
    assert differences(tree(options.output), tree(clean.output)) == []
    assert summary.rendered == (), "the build before has left nothing to do"
    assert (summary.monographs, summary.pages) == (expected.monographs, expected.pages)
    assert summary.findings == expected.findings


def test_only_pages_are_rendered_again(options: Options, planned: list[str]) -> None:
    edit_template(options)
    rendered = build(options).rendered
    assert planned == []
    assert {f"/{path}".removesuffix("index.html") for path in tree(options.output)} > {*rendered}
    assert {f"/{path}".removesuffix("index.html") for path in tree(options.output)
            if path.endswith(".html")} == {*rendered}  # fmt: skip
    edit_template(options, "Again")
    build(options)
    assert planned == []
    assert_like_clean(options)


def test_pages_of_other_templates_stay(options: Options, planned: list[str]) -> None:
    text = (default_folder() / "letter.html").read_text()
    (options.templates / "letter.html").write_text(text.replace("<h1", "<!-- Letter --><h1"))
    rendered = build(options).rendered
    assert planned == []
    assert rendered
    assert all(url.startswith("/a-z/") for url in rendered)
    assert_like_clean(options)


@pytest.mark.parametrize("options", ["every kind"], indirect=True)
def test_a_text_and_a_template_that_change_together(options: Options, planned: list[str]) -> None:
    edit_template(options)
    path = max(options.content.rglob("*.md"), key=lambda path: (path.stat().st_size, path))
    path.write_text(f"{path.read_text().rstrip()} More.\n")
    build(options)
    assert planned == ["whole site"]
    edit_template(options, "Again")
    build(options)
    assert planned == ["whole site"]
    assert_like_clean(options)


def test_a_template_after_a_title(options: Options, planned: list[str]) -> None:
    """Of a new title, only some pages are planned."""
    path = max(options.content.rglob("*.md"), key=lambda path: (path.stat().st_size, path))
    path.write_text(path.read_text().replace("title: ", "title: New ", 1))
    build(options)
    del planned[:]
    edit_template(options)
    build(options)
    assert planned == []
    assert_like_clean(options)


def test_a_template_after_edits_of_text(options: Options, planned: list[str]) -> None:
    """Of a new sentence, only the pages of its file are planned; the others are kept."""
    for path in sorted(options.content.rglob("*.md"))[:3]:
        path.write_text(f"{path.read_text().rstrip()}\n\nTake it with water.\n")
        build(options)
    assert (options.cache / "planned-changes").is_file()
    del planned[:]
    edit_template(options)
    build(options)
    assert planned == []
    assert_like_clean(options)
    test_a_template_after_a_title(options, planned)


def test_lost_changes_of_kept_pages_are_planned(options: Options, planned: list[str]) -> None:
    path = max(options.content.rglob("*.md"), key=lambda path: (path.stat().st_size, path))
    path.write_text(f"{path.read_text().rstrip()} More.\n")
    build(options)
    (options.cache / "planned-changes").write_bytes(b"damaged")
    del planned[:]
    edit_template(options)
    build(options)
    assert planned == ["whole site"]
    assert_like_clean(options)


@pytest.mark.parametrize("options", ["every kind"], indirect=True)
@pytest.mark.parametrize("name", ["planned", "plan", "pages"])
def test_what_is_kept_may_be_lost_or_damaged(
    options: Options, planned: list[str], name: str
) -> None:
    path = options.cache / name
    file = next(path.iterdir()) if path.is_dir() else path
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 255
    for damaged in (bytes(content), b""):
        file.write_bytes(damaged)
        edit_template(options)
        build(options)
        assert planned.pop() == "whole site"
        assert_like_clean(options)


@pytest.mark.parametrize("options", ["every kind"], indirect=True)
def test_a_missing_file_of_the_site_is_written_again(options: Options) -> None:
    edit_template(options)
    next(options.output.rglob("index.json")).unlink()
    build(options)
    assert_like_clean(options)


@pytest.mark.parametrize("options", ["every kind"], indirect=True)
def test_a_page_kind_of_a_plug_in_is_planned(options: Options, planned: list[str]) -> None:
    """What its pages show, and the types of their data, are not known."""

    def pages(site: Site) -> Iterator[Page]:
        yield Page("/count.txt", "text", {"text": str(len(site.entries))})

    pages.__module__ = "somewhere"
    page_kind("guest-pages", r"/count\.txt")(pages)
    try:
        for word in ("First", "Second"):
            edit_template(options, word)
            build(options)
            assert planned.pop() == "whole site"
            assert_like_clean(options)
    finally:
        PAGE_KINDS.remove("guest-pages")


def planned_pages(options: Options) -> list[Page]:
    inputs, records = read_inputs(options), Cache(options.cache / "records")
    site_plan = plan.plan_site(options, inputs, records, Clock(), publishes=False)
    records.close()
    return [planned.page for planned in site_plan.pages if planned.page.template not in PLAIN]


def as_text(value: Any) -> str:
    """A value with its types. A list is the same as a tuple, for a template, and the order of keys
    does not count."""
    if type(value) in (list, tuple):
        return f"({', '.join(map(as_text, value))})"
    if type(value) is dict:
        return f"{{{', '.join(f'{key}: {as_text(value[key])}' for key in sorted(value))}}}"
    return repr(value)


def test_data_is_read_back_as_it_was(options: Options) -> None:
    for page in planned_pages(options):
        data = {name: value for name, value in page.data.items() if name != "site"}
        assert is_typed(page.template, page.data)
        assert as_text(decode_data(page.template, encode_data(page))) == as_text(data)


@pytest.mark.parametrize("options", ["every kind"], indirect=True)
def test_every_template_with_data_of_its_own_has_been_read_back(options: Options) -> None:
    pages = planned_pages(replace(options, search=True))
    assert {page.template for page in pages} == PAGE_DATA.keys()
    keys = {name for page in pages for name in page.data}
    declared = {name for kind in PAGE_DATA.values() for name in kind.__annotations__}
    assert declared - keys == {"rows"}  # a site with data files is planned as a whole


def test_data_that_no_type_has_is_not_kept() -> None:
    assert not is_typed("404.html", {"site": {}, "page": {}, "more": 1})
    assert not is_typed("other.html", {})
    with pytest.raises(msgspec.MsgspecError):
        decode_data("404.html", encode_data(Page("/404.html", "404.html", {"page": {"url": ""}})))
