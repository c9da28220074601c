"""The preview server: published bytes and one tag, live events, watching, and the process."""

from __future__ import annotations

import json
import re
import shutil
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from formularies import OWN
from helpers import ROOT, Site, run_cli, tree, wait_until
from monograph_site.preview.watch import RESCAN_SECONDS
from serving import Preview, events, monograph, write

TAG = re.compile(rb'<script src="/_dev/live\.js\?[0-9a-f]{32}" defer></script>\n')
BROKEN = "---\ntitle: Examplin\ntitle: Twice\n---\n\n## Uses\n\nFor examples.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small site, and things beside it that nobody may see."""
    content = tmp_path / "content"
    write(content, "drugs/examplin.md", monograph("Examplin"))
    write(content, "drugs/samplol.md", monograph("Samplol"))
    return tmp_path


@pytest.fixture
def preview(folder: Path) -> Iterator[Preview]:
    with Preview(folder) as running:
        yield running


# the published bytes


@pytest.fixture(params=["own", "bold", "headed", "loose"])
def golden(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path]:
    """Content and templates of a golden site."""
    own = request.param == "own"
    return (ROOT / "content" if own else OWN / request.param), (
        ROOT / "templates" if own else tmp_path / "templates"
    )


@pytest.mark.parametrize("base", ["/", "https://example.org/medi%20cines/"])
def test_served_is_published_and_one_tag(
    golden: tuple[Path, Path], base: str, tmp_path: Path
) -> None:
    content, templates = golden
    own = ("--templates", templates) if templates.exists() else ()
    shared = [
        str(argument)
        for argument in ("--content", content, *own, "--as-of", "2026-01-01", "--base-url", base)
    ]
    done = run_cli(
        "build", *shared, "--keep-going", "--output", "built", "--cache", "other", cwd=tmp_path
    )
    assert done.returncode in (0, 1), done.stderr
    built = tree(tmp_path / "built")
    with Preview(tmp_path, "--port", "0", *shared) as preview:
        for path in built.keys() - {".monograph-site.json"}:
            status, _, body = preview.get(
                quote(urlsplit(base).path + path.removesuffix("index.html"), safe="/%")
            )
            served, tags = TAG.subn(b"", body)
            assert (status, tags) == (200, path.endswith(".html")), path
            assert served == built[path], path
    assert not (tmp_path / "build").exists()


def test_addresses_as_static_hosts_have_them(preview: Preview) -> None:
    assert preview.get("/drugs/examplin/")[0] == 200
    assert preview.get("/drugs/examplin/index.html")[0] == 200
    status, head, _ = preview.get("/drugs/examplin?q=1")
    assert status == 307
    assert b"location: /drugs/examplin/?q=1" in head
    status, _, body = preview.get("/drugs/nothing/")
    assert status == 404
    assert b"Page not found" in body
    assert preview.get("/assets/")[0] == 404
    assert preview.get("/drugs/examplin/", method="HEAD")[2] == b""


def test_kinds_and_caching(preview: Preview) -> None:
    style = re.search(rb'href="(/assets/theme[^"]+)"', preview.get("/")[2])
    assert style
    for path, kind in {
        "/": "text/html; charset=utf-8",
        style[1].decode(): "text/css; charset=utf-8",
        "/drugs/examplin/index.json": "application/json",
        "/robots.txt": "text/plain; charset=utf-8",
        "/_dev/live.js": "text/javascript; charset=utf-8",
        "/_dev/": "text/html; charset=utf-8",
    }.items():
        status, head, _ = preview.get(path)
        assert status == 200
        assert f"content-type: {kind}".encode() in head
        assert b"cache-control: no-store" in head


def test_site_below_a_path(folder: Path) -> None:
    with Preview(folder, "--port", "0", "--base-url", "/medi%20cines/") as preview:
        assert preview.url.endswith("/medi%20cines")
        for path in ("/", "/medi%20cines"):
            status, head, _ = preview.get(path)
            assert status == 307
            assert b"location: /medi%20cines/\r\n" in head
        assert preview.get("/medi%20cines/drugs/examplin/")[0] == 200
        assert preview.get("/drugs/examplin/")[0] == 404
        stream = events(preview, "?page=/medi%2520cines/drugs/examplin/")
        assert next(stream) == ("", "retry: 1000")
        write(folder / "content", "drugs/examplin.md", monograph("Examplin", "For more."))
        assert next(stream)[0] == "change"


# live events


def test_only_windows_with_the_changed_page_receive_the_event(
    folder: Path, preview: Preview
) -> None:
    examplin, samplol = (
        events(preview, f"?page=/drugs/{name}/") for name in ("examplin", "samplol")
    )
    everything = events(preview)
    assert {next(stream) for stream in (examplin, samplol, everything)} == {("", "retry: 1000")}
    write(folder / "content", "drugs/examplin.md", monograph("Examplin", "For something else."))
    assert next(examplin) == ("change", '{"urls": ["/drugs/examplin/"]}')
    name, data = next(everything)
    assert name == "change"
    assert "/drugs/examplin/" in json.loads(data)["urls"]
    write(folder / "content", "drugs/samplol.md", monograph("Samplol", "For something else."))
    assert next(samplol) == ("change", '{"urls": ["/drugs/samplol/"]}')


def test_a_window_that_missed_a_change_receives_it_when_it_comes_back(
    folder: Path, preview: Preview
) -> None:
    seen = re.search(rb"live\.js\?([0-9a-f]{32})", preview.get("/drugs/examplin/")[2])
    assert seen
    query = f"?page=/drugs/examplin/&seen={seen[1].decode()}"
    stream = events(preview, query)
    assert next(stream)[0] == ""
    write(folder / "content", "drugs/examplin.md", monograph("Examplin", "For something else."))
    assert next(stream)[0] == "change"
    again = events(preview, query)
    assert [next(again)[0], next(again)[0]] == ["", "change"]


def test_an_edit_with_an_error_keeps_the_page_and_shows_the_error(
    folder: Path, preview: Preview
) -> None:
    good = preview.get("/drugs/examplin/")[2]
    stream = events(preview, "?page=/drugs/examplin/")
    next(stream)
    write(folder / "content", "drugs/examplin.md", BROKEN)
    assert next(stream)[0] == "findings"
    assert preview.get("/drugs/examplin/")[::2] == (200, good)
    info = json.loads(preview.get("/_dev/page?page=/drugs/examplin/")[2])
    error = info["blocking"][0]
    assert error["place"].startswith("drugs/examplin.md:3:")
    assert error["before"] + error["marked"] + error["after"] == "title: Twice"
    assert error["editor"].startswith(f"vscode://file{folder}/content/drugs/examplin.md:3:")
    assert preview.wait_for_line(r"drugs/examplin\.md:3:\d+ .*")
    write(folder / "content", "drugs/examplin.md", monograph("Examplin"))
    assert next(stream)[0] == "findings"
    assert json.loads(preview.get("/_dev/page?page=/drugs/examplin/")[2])["blocking"] == []


def test_a_new_file_that_cannot_be_a_page_has_one_that_says_why(
    folder: Path, preview: Preview
) -> None:
    stream = events(preview)
    next(stream)
    write(folder / "content", "drugs/faultin.md", BROKEN)
    assert next(stream)
    status, _, body = preview.get("/drugs/faultin/")
    assert status == 404
    assert b"drugs/faultin.md is not a page yet" in body
    assert b"drugs/faultin.md:3:" in body
    assert TAG.search(body)


def test_page_info_has_the_line_of_each_section(preview: Preview) -> None:
    info = json.loads(preview.get("/_dev/page?page=/drugs/examplin/")[2])
    assert [(section["id"], section["line"]) for section in info["sections"]] == [
        ("uses", 6),
        ("dosage", 10),
        ("faqs", 14),
        ("q-is-it-safe", 16),
    ]
    assert info["source"] == "drugs/examplin.md"
    assert info["facts"][0] == "Medicine"


def test_findings_can_be_filtered_without_a_script(folder: Path) -> None:
    write(folder / "content", "drugs/faultin.md", BROKEN)
    write(folder / "content", "articles/faulty/other.md", BROKEN)
    with Preview(folder) as preview:
        everything = preview.get("/_dev/")[2].decode()
        assert everything.count('<li class="finding') > 2
        for query, path in (
            ("folder=drugs/", "drugs/faultin.md"),
            ("text=OTHER", "articles/faulty/other.md"),
        ):
            shown = preview.get(f"/_dev/?severity=error&{query}")[2].decode()
            assert re.findall(r'class="place"><a [^>]*>([^:]*):', shown) == [path]
        assert (
            "No findings match the filter"
            in preview.get("/_dev/?text=nothing+is+like+this")[2].decode()
        )


# watching


def wait_for_change(preview: Preview, act: object, path: str) -> None:
    """Do something, and wait until the terminal names the page."""
    assert callable(act)
    act()
    preview.wait_for_line(re.escape(path) if path else r"\d\d:\d\d:\d\d")


def test_every_way_to_save_is_seen(folder: Path, preview: Preview) -> None:
    content = folder / "content"
    examplin = content / "drugs" / "examplin.md"

    def in_place() -> None:
        examplin.write_text(monograph("Examplin", "Saved in place."))

    def by_rename() -> None:
        examplin.rename(content / "drugs" / "examplin.md~")
        examplin.write_text(monograph("Examplin", "Saved by rename."))

    def folder_moved() -> None:
        (content / "drugs").rename(content / "articles")

    wait_for_change(preview, in_place, "/drugs/examplin/")
    assert b"Saved in place." in preview.get("/drugs/examplin/")[2]
    wait_for_change(preview, by_rename, "/drugs/examplin/")
    assert b"Saved by rename." in preview.get("/drugs/examplin/")[2]
    wait_for_change(preview, folder_moved, "all pages")
    assert preview.get("/drugs/examplin/")[0] == 404
    assert preview.get("/articles/examplin/")[0] == 200


def test_a_swap_file_is_no_change(folder: Path, preview: Preview) -> None:
    (folder / "content" / "drugs" / ".examplin.md.swp").write_text("swap")
    (folder / ".monograph-site" / "noise").write_text("cache")
    time.sleep(0.5)
    assert [line for line in preview.lines if re.match(r"\d\d:\d\d", line)] == []


def test_hundreds_of_files_at_once(folder: Path, preview: Preview) -> None:
    for number in range(300):
        write(folder / "content", f"drugs/many-{number}.md", monograph(f"Many {number}"))
    wait_for(preview, "/drugs/many-299/", b"Many 299")
    wait_for(preview, "/drugs/many-0/", b"Many 0")
    for number in range(300):
        (folder / "content" / "drugs" / f"many-{number}.md").unlink()
    wait_for(preview, "/drugs/many-150/", b"Page not found")


def test_the_whole_content_folder_is_put_in_the_place_of_another(
    folder: Path, preview: Preview
) -> None:
    shutil.copytree(folder / "content", folder / "other")
    write(folder / "other", "drugs/examplin.md", monograph("Examplin", "From the other folder."))
    (folder / "content").rename(folder / "old")
    (folder / "other").rename(folder / "content")
    wait_for(preview, "/drugs/examplin/", b"From the other folder.")
    write(folder / "content", "drugs/examplin.md", monograph("Examplin", "Edited there."))
    wait_for(preview, "/drugs/examplin/", b"Edited there.")


def test_a_content_folder_that_vanishes_is_one_line_and_comes_back(folder: Path) -> None:
    with Preview(folder, "--port", "0") as preview:
        assert preview.get("/drugs/examplin/")[0] == 200
        (folder / "content").rename(folder / "away")
        preview.wait_for_line("No such file or directory: 'content'; the pages stay as they were")
        time.sleep(2 * RESCAN_SECONDS)  # it is looked for again, without another line
        assert preview.get("/drugs/examplin/")[0] == 200
        write(folder / "away", "drugs/examplin.md", monograph("Examplin", "Back again."))
        (folder / "away").rename(folder / "content")
        preview.wait_for_line("content/ can be read again")
        wait_for(preview, "/drugs/examplin/", b"Back again.")
        write(folder / "content", "drugs/examplin.md", monograph("Examplin", "Edited again."))
        wait_for(preview, "/drugs/examplin/", b"Edited again.")
        assert len([line for line in preview.lines if "No such file" in line]) == 1
        assert [line for line in preview.lines if "Traceback" in line] == []


def test_templates_and_settings_are_seen(folder: Path, preview: Preview) -> None:
    override = (
        '{% extends "default/base.html" %}{% block footer_about %}<p>Our own foot</p>{% endblock %}'
    )
    write(folder / "templates", "base.html", override)  # the folder is new
    wait_for(preview, "/drugs/examplin/", b"Our own foot")
    write(folder / "content", "site.yaml", "title: Another name\n")
    wait_for(preview, "/drugs/examplin/", b"Another name")


def wait_for(preview: Preview, path: str, words: bytes) -> None:
    wait_until(
        lambda: words in preview.get(path)[2],
        lambda: f"{words!r} is not at {path}: {preview.lines}",
    )


# the process


def test_ctrl_c_ends_it_at_once_with_open_connections(folder: Path) -> None:
    with Preview(folder) as preview:
        streams = [events(preview, query) for query in ("", "?page=/", "?page=/drugs/examplin/")]
        for stream in streams:
            next(stream)
        with socket.create_connection(("127.0.0.1", preview.port)) as idle:
            idle.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n")  # a request that never ends
            preview.interrupt()  # would wait for ever for a request that never ends
        assert preview.process.returncode == 0
        assert [line for line in preview.lines if "Traceback" in line or "Error" in line] == []


def test_a_port_in_use_is_named_with_the_next_free_one(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run_cli("serve", "--port", port, cwd=folder)
    assert done.returncode == 2
    offered = re.search(
        rf"port {port} is in use; the next free one is (\d+): add --port \1", done.stderr
    )
    assert offered
    assert int(offered[1]) > port


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (("--editor", "javascript:alert({path})"), "--editor"),
        (("--editor", "vscode://file"), "--editor"),
        (("--port", "70000"), "--port"),
        (("--host", "no such host"), "no such host"),
        (("--content", "nowhere"), "nowhere"),
    ],
    ids=" ".join,
)
def test_wrong_use(folder: Path, arguments: tuple[str, ...], named: str) -> None:
    done = run_cli("serve", *arguments, cwd=folder)
    assert done.returncode == 2
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_another_host_is_warned_of_and_still_checked(folder: Path) -> None:
    with Preview(folder, "--port", "0", "--host", "0.0.0.0") as preview:
        assert preview.wait_for_line("Warning: 0.0.0.0 can be reached from other machines")
        assert preview.get("/", host="192.168.0.7:8000")[0] == 200
        assert preview.get("/", host="evil.example")[0] == 400


def test_build_while_serving_and_nothing_else_is_written(folder: Path, preview: Preview) -> None:
    assert preview.get("/")[0] == 200
    assert sorted(path.name for path in folder.iterdir()) == [".monograph-site", "content"]
    site = Site(folder)
    for number in range(3):
        write(folder / "content", "drugs/examplin.md", monograph("Examplin", f"Edit {number}."))
        site.build()
        site.sees("/drugs/examplin/", f"Edit {number}.")
        wait_for(preview, "/drugs/examplin/", f"Edit {number}.".encode())
    assert (
        TAG.sub(b"", preview.get("/drugs/examplin/")[2])
        == site.file("/drugs/examplin/").read_bytes()
    )
