"""Pages with a new address: named until the former one leads somewhere, and redirected on request."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import Site, run_cli
from monograph_site.build.moved import add_redirects
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build
from monograph_site.build.verify import verify
from monograph_site.model.finding import Severity

TEXT = "---\ntitle: {0}\n{1}---\n\n## Uses\n\nFor {0}.\n"


class Book:
    """A small site to edit and build in this process."""

    def __init__(self, root: Path) -> None:
        (root / "templates").mkdir()
        self.content = root / "content"
        self.options = Options(
            "2025-06-30", self.content, root / "templates", root / "build", root / "cache"
        )
        for name in ("alpha", "beta"):
            self.write(f"drugs/{name}.md", name.title())

    def write(self, path: str, title: str, front: str = "") -> None:
        target = self.content / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(TEXT.format(title, front), "utf-8")

    def moved(self) -> dict[str, str]:
        return build(self.options).moved


@pytest.fixture
def book(tmp_path: Path) -> Book:
    book = Book(tmp_path)
    assert book.moved() == {}
    return book


def test_a_new_permalink_is_named_until_it_is_redirected(book: Book) -> None:
    book.write("drugs/alpha.md", "Alpha", "permalink: /first/\n")
    assert book.moved() == {"/drugs/alpha/": "/first/"}
    book.write("drugs/beta.md", "Beta", "description: Other.\n")
    assert book.moved() == {"/drugs/alpha/": "/first/"}
    book.write("drugs/alpha.md", "Alpha", "permalink: /second/\n")
    assert book.moved() == {"/drugs/alpha/": "/second/", "/first/": "/second/"}
    book.write("drugs/alpha.md", "Alpha", "permalink: /second/\naliases: [/first/]\n")
    assert book.moved() == {"/drugs/alpha/": "/second/"}
    (book.content / "drugs/alpha.md").unlink()
    assert book.moved() == {}


def test_a_renamed_file_is_found_again(book: Book) -> None:
    (book.content / "drugs/alpha.md").rename(book.content / "drugs/gamma.md")
    assert book.moved() == {"/drugs/alpha/": "/drugs/gamma/"}
    (book.content / "drugs/beta.md").unlink()
    book.write("drugs/b.md", "Beta", "description: Other.\n")
    assert book.moved() == {"/drugs/alpha/": "/drugs/gamma/", "/drugs/beta/": "/drugs/b/"}


def test_a_page_that_comes_back_has_not_moved(book: Book) -> None:
    book.write("drugs/alpha.md", "Alpha", "permalink: /first/\n")
    book.moved()
    book.write("drugs/alpha.md", "Alpha")
    assert book.moved() == {"/first/": "/drugs/alpha/"}


def test_redirects_follow_a_page_that_moves_again(book: Book) -> None:
    for address in ("/first/", "/second/"):
        book.write("drugs/alpha.md", "Alpha", f"permalink: {address}\n")
        assert add_redirects(book.content, book.moved())
    summary = build(book.options)
    assert summary.moved == {}
    assert not [each for each in summary.findings if each.severity is not Severity.INFO]
    for old in ("drugs/alpha", "first"):
        page = (book.options.output / old / "index.html").read_text("utf-8")
        assert 'http-equiv="refresh" content="0; url=/second/"' in page
    assert verify(book.options) == ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "redirects:\n  /a b/: x\n"),
        ("title: A # ours\n", "title: A # ours\n\nredirects:\n  /a b/: x\n"),
        ("title: A", "title: A\n\nredirects:\n  /a b/: x\n"),
        (
            "redirects: # old\n    # from 2020\n    /z/: /y/\ntitle: A\n",
            "redirects: # old\n    /a b/: x\n    # from 2020\n    /z/: /y/\ntitle: A\n",
        ),
        ("redirects: {/z/: /y/}\n", None),
        ("title: [\n", None),
    ],
)
def test_only_the_redirects_of_site_yaml_change(
    before: str, after: str | None, tmp_path: Path
) -> None:
    file = tmp_path / "site.yaml"
    file.write_bytes(before.replace("\n", "\r\n").encode())
    assert add_redirects(tmp_path, {"/a b/": "/b/", "/ü/": "/b/"}) is (after is not None)
    lines = '"/a b/": /b/\n  "/ü/": /b/'
    expected = before if after is None else after.replace("/a b/: x", lines)
    if "    /z/" in before:
        expected = expected.replace('\n  "/ü/"', '\n    "/ü/"')
    assert file.read_bytes().decode().replace("\r\n", "\n") == expected
    assert b"\n" not in file.read_bytes().replace(b"\r\n", b"") or "\n" not in before


def test_the_command_says_and_does_it(tmp_path: Path) -> None:
    site = Site(tmp_path).write("drugs/alpha.md", TEXT.format("Alpha", "")).build()
    site.write("drugs/alpha.md", TEXT.format("Alpha", "permalink: /first/\n"))
    told = run_cli("build", cwd=tmp_path)
    assert "1 page has a new address" in told.stderr
    assert "redirects:\n  /drugs/alpha/: /first/\n" in told.stderr
    site.build("--add-redirects")
    assert site.summary["moved"] == {}
    assert "url=/first/" in site.html("/drugs/alpha/")
