"""From entries to a site and its pages: what a page of a plug-in means for a content file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from monograph_site.build.options import Options
from monograph_site.build.pipeline import build
from monograph_site.pages import PAGE_KINDS, page_kind
from monograph_site.pages.page import Page
from monograph_site.preview.session import Session
from monograph_site.site.site import Site

TEXT = "---\ntitle: {}\n{}\n---\n\n## Uses\n\nPain.\n"


@pytest.fixture
def site_of(tmp_path: Path) -> Iterator[Callable[..., Options]]:
    """Two drugs, the first with a line of front matter, and a plug-in with three pages."""

    @page_kind("guest-pages", r"/drugs/count|/drugs/data/index\.json|/count\.txt")
    def guest_pages(site: Site) -> Iterator[Page]:
        text = str(len(site.entries))
        for url in ("/drugs/count/index.html", "/drugs/data/index.json", "/count.txt"):
            yield Page(url, "text", {"text": text})

    def options(line: str, body: str = "") -> Options:
        (tmp_path / "content/drugs").mkdir(parents=True)
        (tmp_path / "content/drugs/a.md").write_text(TEXT.format("Examplin", line) + body, "utf-8")
        (tmp_path / "content/drugs/b.md").write_text(TEXT.format("Sample", "slug: sample"), "utf-8")
        folders = (tmp_path / name for name in ("content", "templates", "build", "cache"))
        return Options("2025-06-30", *folders, keep_going=True)

    yield options
    PAGE_KINDS.remove("guest-pages")


@pytest.mark.parametrize(
    ("line", "column", "url"),
    [
        ("slug: count", 7, "/drugs/count-page/"),
        ("permalink: /Drugs/COUNT/", 12, "/Drugs/COUNT-page/"),
        ("permalink: /drugs/data/", 12, "/drugs/data-page/"),  # its index.json
        # It needs a folder in the place of a file.
        ("permalink: /count.txt/more/", 12, "/count.txt-page/more/"),
    ],
)
def test_a_file_at_the_address_of_a_plug_in_is_published_beside_it(
    site_of: Callable[..., Options], line: str, column: int, url: str
) -> None:
    options = site_of(line)
    summary = build(options)
    assert not [finding for finding in summary.findings if finding.severity == "error"]
    [moved] = [finding for finding in summary.findings if finding.name == "address-moved"]
    assert (moved.path, moved.span.line, moved.span.column) == ("drugs/a.md", 3, column)
    assert "page kind 'guest-pages'" in moved.message
    assert f"the page is at {url!r}" in moved.message
    assert "Examplin" in (options.output / url[1:] / "index.html").read_text("utf-8")
    assert (options.output / "drugs/count/index.html").read_text("utf-8") == "2"
    assert url in (options.output / "a-z/e/index.html").read_text("utf-8")
    assert build(options).rendered == ()


def test_only_the_alias_at_the_address_of_a_plug_in_is_left_out(
    site_of: Callable[..., Options],
) -> None:
    options = site_of("aliases: [/drugs/count/]")
    summary = build(options)
    [finding] = [finding for finding in summary.findings if finding.name == "alias-in-use"]
    assert (finding.path, finding.span.line, finding.span.column) == ("drugs/a.md", 3, 11)
    assert "page kind 'guest-pages'" in finding.message
    assert (options.output / "drugs/count/index.html").read_text("utf-8") == "2"
    assert (options.output / "drugs/a/index.html").is_file()


def test_a_preview_says_the_same(site_of: Callable[..., Options]) -> None:
    options = site_of("slug: count")
    build(options)
    session = Session(options)
    session.start()
    session.wait_until_loaded()
    try:
        answer = session.answer("drugs/count/index.html")
        assert answer is not None
        assert answer.content == b"2"
        assert session.answer("drugs/count-page/index.html") is not None

        def moved() -> list[str]:
            return [item.path for item in session.findings() if item.name == "address-moved"]

        assert moved() == ["drugs/a.md"]
        other = options.content / "drugs/b.md"
        other.write_text(other.read_text("utf-8").replace("Pain", "Fever"), "utf-8")
        session.refresh([other])
        assert moved() == ["drugs/a.md"], "an edit of another file changes nothing about it"
    finally:
        session.close()


def test_a_link_to_a_page_of_a_plug_in_is_not_broken(site_of: Callable[..., Options]) -> None:
    summary = build(site_of("slug: x", "\nSee [all](/drugs/count/) and [none](/drugs/none/).\n"))
    [broken] = [finding for finding in summary.findings if finding.name == "broken-link"]
    assert "/drugs/none/" in broken.message
