"""`--verify`, `--explain` and `--profile`: is the site right, and why was a page rendered?"""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from helpers import run_cli
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build
from monograph_site.build.state import load_build_state, save_state
from monograph_site.build.verify import verify

TEXT = "---\ntitle: {0}\n---\n\n## Uses\n\nFor {0}.\n"


@pytest.fixture
def options(tmp_path: Path) -> Options:
    (tmp_path / "content/drugs").mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    for name in ("alpha", "beta"):
        (tmp_path / f"content/drugs/{name}.md").write_text(TEXT.format(name.title()), "utf-8")
    folders = (tmp_path / name for name in ("content", "templates", "build", "cache"))
    return Options("2025-06-30", *folders)


def damaged(options: Options, path: str, content: bytes) -> None:
    """Change a published file so that the next build takes it for intact."""
    (options.output / path).write_bytes(content)
    state = load_build_state(options.cache / "state", options.output)
    status = (options.output / path).stat()
    signature = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
    files = {**state.files, path: replace(state.files[path], signature=signature)}
    taken = status.st_ctime_ns + 10_000_000_000
    save_state(options.cache / "state", replace(state, files=files, taken=taken))


def test_a_site_like_a_clean_build_has_no_differences(options: Options) -> None:
    build(options)
    (options.content / "drugs/alpha.md").write_text(TEXT.format("Other"), "utf-8")
    build(options)
    assert verify(options) == ()


def test_every_byte_that_differs_is_named(options: Options) -> None:
    build(options)
    path = "drugs/alpha/index.json"
    content = bytearray((options.output / path).read_bytes())
    for offset in (3, 4, 5, 9):
        content[offset] ^= 1
    damaged(options, path, bytes(content))
    assert verify(options) == (f"{path}: bytes 3-5, 9 differ",)
    content[3:6] = b"\0" * 3
    size = len(content)
    damaged(options, path, bytes(content[: size - 2]))
    assert verify(options) == (
        f"{path}: bytes 3-5, 9, {size - 2}-{size - 1} differ; "
        f"{size - 2:,} bytes in place of {size:,}",
    )


def test_missing_files_are_named(options: Options) -> None:
    build(options)
    (options.output / "robots.txt").unlink()
    assert verify(options) == ("robots.txt: missing",)


def test_the_command_ends_with_status_2_where_the_site_differs(options: Options) -> None:
    root = options.content.parent
    command = ("build", "--as-of", "2025-06-30", "--cache", "cache", "--jobs", "1", "--verify")
    done = run_cli(*command, cwd=root)
    assert done.returncode == 0
    assert "every file is the same as in a clean build" in done.stderr
    damaged(options, "robots.txt", b"x")
    done = run_cli(*command, cwd=root)
    assert done.returncode == 2
    assert "robots.txt: bytes 0-" in done.stderr
    assert "1 file differ" in done.stderr


def explained(options: Options, url: str) -> str:
    lines: list[str] = []
    build(options, lines.append, explain=url)
    (line,) = lines
    return line.removeprefix(f"{url}: ")


ALPHA = "/drugs/alpha/"
PARTS = "rendered, since what it is made of has changed: "


def test_why_a_page_is_rendered(options: Options) -> None:
    assert explained(options, ALPHA) == "rendered, since the last build had no such page"
    unchanged = "not rendered, since nothing that it is made of has changed"
    assert explained(options, ALPHA) == unchanged
    (options.content / "drugs/beta.md").write_text(TEXT.format("Beta") + "\nMore.\n", "utf-8")
    assert explained(options, ALPHA) == unchanged
    (options.content / "drugs/alpha.md").write_text(TEXT.format("Alpha") + "\nMore.\n", "utf-8")
    assert explained(options, ALPHA).startswith(f"{PARTS}its text")
    (options.output / "drugs/alpha/index.html").unlink()
    assert explained(options, ALPHA) == (
        "rendered, since its file in the output is missing or was changed"
    )
    (options.templates / "article.html").write_text("{% extends 'default/article.html' %}", "utf-8")
    assert explained(options, ALPHA) == unchanged
    (options.templates / "base.html").write_text("{% extends 'default/base.html' %}", "utf-8")
    assert explained(options, ALPHA) == f"{PARTS}its template or an asset"
    (options.content / "site.yaml").write_text("contact: a@example.org\n", "utf-8")
    assert explained(options, ALPHA) == f"{PARTS}the settings or the menu"
    (options.content / "drugs/ab.md").write_text(
        TEXT.format("Alpha + Beta").replace("---\n\n", "kind: combination\n---\n\n"), "utf-8"
    )
    assert "what it shows of its front matter and of other files" in explained(options, ALPHA)
    assert explained(options, "/drugs/none/") == "there is no page at this address"
    assert explained(options, "/robots.txt") == unchanged


def test_why_a_page_is_not_rendered_where_errors_keep_the_site_from_being_published(
    options: Options,
) -> None:
    text = TEXT.format("Alpha") + "\n[Insert dose here]\n"
    (options.content / "drugs/alpha.md").write_text(text, "utf-8")
    withheld = "not rendered, since errors keep the site from being published; else "
    new = "rendered, since the last build had no such page"
    assert explained(options, ALPHA) == withheld + new
    assert explained(options, "/drugs/none/") == withheld + "there is no page at this address"
    assert explained(replace(options, keep_going=True), ALPHA) == new


def test_a_profile_names_stages_templates_and_slow_pages(options: Options) -> None:
    summary = build(options)
    assert {page.url for page in summary.page_times} == set(summary.rendered)
    lines = "\n".join(summary.profile_lines())
    for text in ("load ", "render ", "total ", "monograph.html", "asset", ALPHA):
        assert text in lines
    assert "template" not in "\n".join(build(options).profile_lines()), "nothing was rendered"


def test_profile_and_explanation_on_the_command_line(options: Options) -> None:
    done = run_cli("build", "--profile", "--explain", ALPHA, cwd=options.content.parent)
    assert done.returncode == 0
    assert "slowest pages" in done.stderr
    assert f"{ALPHA}: rendered" in done.stderr
