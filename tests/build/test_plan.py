"""From entries to a site and its pages: what a page of a plug-in means for a content file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monograph_site.build.options import Options
from monograph_site.build.pipeline import build
from monograph_site.pages import PAGE_KINDS
from monograph_site.pages.page import Page
from monograph_site.preview.session import Session
from monograph_site.site.site import Site

TEXT = "---\ntitle: Examplin\nslug: count\n---\n\n## Uses\n\nPain.\n"


@pytest.fixture
def options(tmp_path: Path) -> Iterator[Options]:
    """A site of two drugs, one of which wants the address of a plug-in's page."""

    def count(site: Site) -> Iterator[Page]:
        text = str(len(site.entries))
        yield Page("/drugs/count/index.html", "text", {"text": text})

    (tmp_path / "content/drugs").mkdir(parents=True)
    (tmp_path / "content/drugs/a.md").write_text(TEXT, "utf-8")
    other = TEXT.replace("Examplin", "Sample").replace("count", "sample")
    (tmp_path / "content/drugs/b.md").write_text(other, "utf-8")
    PAGE_KINDS.add("count", count)
    folders = (tmp_path / name for name in ("content", "templates", "build", "cache"))
    yield Options("2025-06-30", *folders, keep_going=True)
    PAGE_KINDS.remove("count")


def test_a_file_at_the_address_of_a_plug_in_is_named_and_the_rest_is_built(
    options: Options,
) -> None:
    summary = build(options)
    [error] = [finding for finding in summary.findings if finding.severity == "error"]
    assert (error.path, error.span.line, error.span.column) == ("drugs/a.md", 3, 7)
    assert error.name == "url-collision"
    assert "plug-in" in error.message
    assert (options.output / "drugs/count/index.html").read_text("utf-8") == "1"
    assert (options.output / "drugs/sample/index.html").is_file()
    assert not (options.output / "a-z/e/index.html").exists()
    assert build(options).rendered == ()


def test_a_preview_says_the_same(options: Options) -> None:
    build(options)
    session = Session(options)
    session.start()
    session.wait_until_loaded()
    try:
        answer = session.answer("drugs/count/index.html")
        assert answer is not None
        assert answer.content == b"1"
        errors = [item.path for item in session.findings() if item.severity == "error"]
        assert errors == ["drugs/a.md"]
        other = options.content / "drugs/b.md"
        other.write_text(other.read_text("utf-8").replace("Pain", "Fever"), "utf-8")
        session.refresh([other])
        errors = [item.path for item in session.findings() if item.severity == "error"]
        assert errors == ["drugs/a.md"], "an edit of another file changes nothing about it"
    finally:
        session.close()
