"""Pictures of other hosts are copied on request only, from a server of this test."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image

from monograph_site import Options, build
from monograph_site.build import vendor as vendoring
from monograph_site.build.remote import is_public
from monograph_site.build.vendor import vendor


def png(colour: str) -> bytes:
    output = io.BytesIO()
    Image.new("RGB", (8, 8), colour).save(output, "PNG")
    return output.getvalue()


ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/a.png": (200, {"Content-Type": "image/png", "Last-Modified": "Mon, 06 May 2024 10:00:00 GMT"}, png("red")),
    "/by-name.png": (200, {"Content-Type": "application/octet-stream"}, png("blue")),
    "/moved": (302, {"Location": "/a.png"}, b""),
    "/private": (302, {"Location": "http://127.0.0.9/a.png"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/circle": (302, {"Location": "/circle"}, b""),
    "/page": (200, {"Content-Type": "text/html"}, b"<p>"),
    "/false.png": (200, {"Content-Type": "image/png"}, b"GIF89a"),
    "/acts.svg": (200, {"Content-Type": "image/svg+xml"}, b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"),
    "/large.png": (200, {"Content-Type": "image/png"}, b"x" * 3000),
}  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012  emptied by the fixture

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status, headers, body = ANSWERS.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    Handler.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture
def options(tmp_path: Path) -> Options:
    (tmp_path / "content/drugs").mkdir(parents=True)
    return Options(
        "2025-01-31", tmp_path / "content", tmp_path / "t", tmp_path / "build", tmp_path / "cache"
    )


def write(options: Options, text: str) -> None:
    (options.content / "drugs/x.md").write_text(f"---\ntitle: Xenon\n---\n## Uses\n\n{text}\n")


def page(options: Options) -> str:
    assert not build(options).has_errors
    return (options.output / "drugs/x/index.html").read_text()


def only_this_machine(address: str) -> bool:
    return address == "127.0.0.1"


def test_a_picture_is_copied_once_and_shown(options: Options, server: str) -> None:
    write(
        options,
        f"![A pill]({server}/a.png)\n\n<img src='{server}/moved' alt='It'>\n\n[b]({server}/a.png)",
    )
    assert f'<a href="{server}/a.png"' in page(options)
    assert Handler.asked == []
    result = vendor(options, only_this_machine)
    assert (sorted(result.downloaded), result.problems) == (
        [f"{server}/a.png", f"{server}/moved"],
        (),
    )
    entries = json.loads((options.content / "_vendored/digests.json").read_text())
    assert entries[f"{server}/a.png"]["changed"] == "Mon, 06 May 2024 10:00:00 GMT"
    asked = list(Handler.asked)
    html = page(options)
    assert html.count('<img src="/files/') == 2
    assert html.count(f'href="{server}/a.png"') == 1  # a link stays a link
    assert vendor(options, only_this_machine).kept == 2
    assert Handler.asked == asked
    copy = options.content / "_vendored" / entries[f"{server}/a.png"]["file"]
    copy.write_bytes(png("green"))
    html = (build(options), (options.output / "drugs/x/index.html").read_text())[1]
    assert "<img" not in html.partition("<main")[2]
    assert f'<a href="{server}/a.png"' in html
    assert vendor(options, only_this_machine).downloaded
    write(options, "None.")
    assert vendor(options, only_this_machine).removed == 1
    assert not copy.exists()


REFUSED = {
    "/private": "127.0.0.9, which is not public",
    "/file": "not an address of http",
    "/circle": "redirects",
    "/page": "not a picture but text/html",
    "/false.png": "GIF picture by its content|not a PNG",
    "/acts.svg": "script",
    "/large.png": "larger than",
    "/none.png": "404",
}


def test_what_is_refused(options: Options, server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vendoring, "MAX_FILE_BYTES", 2000)
    write(options, "\n\n".join(f"![x]({server}{path})" for path in REFUSED))
    result = vendor(options, only_this_machine)
    reasons = {url.removeprefix(server): reason for url, reason in result.problems}
    assert result.downloaded == ()
    for path, words in REFUSED.items():
        assert any(word in reasons[path] for word in words.split("|")), (path, reasons[path])
    assert not list(options.content.glob("_vendored/*.*"))
    assert vendor(options).problems[0][1].endswith("127.0.0.1, which is not public")


def test_a_copy_whose_type_only_its_address_tells(options: Options, server: str) -> None:
    write(options, f"![x]({server}/by-name.png)")
    assert vendor(options, only_this_machine).downloaded


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "fe80::1", "fc00::1", "0.0.0.0"]
)  # fmt: skip
def test_addresses_that_are_not_of_the_internet(address: str) -> None:
    assert not is_public(address)
    assert is_public("93.184.216.34")


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"https://a.example/b.png": {"file": "../x.png"}}']
)
def test_a_damaged_digest_file(options: Options, text: str) -> None:
    (options.content / "_vendored").mkdir()
    (options.content / "_vendored/digests.json").write_text(text)
    write(options, "![x](https://a.example/b.png)")
    assert '<a href="https://a.example/b.png"' in page(options)
