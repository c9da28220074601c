"""The preview server among strangers: no host but its own, nothing but the site, and no way to see
how it is made."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import product

import pytest

from serving import Preview, monograph, write

SECRET = "a secret that lies beside the site"

FOREIGN = (
    "evil.example",
    "evil.example:8000",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "evil.example@localhost",
    "localhost@evil.example",
    "localhost/evil.example",
    "localhost?evil",
    "localhost#evil",
    "localhost evil",
    "local host",
    "localhost:port",
    "localhost:99999",
    "localhost:-1",
    "notlocalhost",
    "localhost.",
    "2130706433",
    "0x7f.1",
    "0177.0.0.1",
    "192.168.0.1",
    "10.0.0.1:8000",
    "8.8.8.8",
    "0.0.0.0",
    "[::1",
    "::1",
    "[::ffff:8.8.8.8]",
    "[fe80::1]",
    "xn--lcalhost-54a",
    "*",
    ",",
    "localhost, evil.example",
)


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """One server for all that is hostile: it must survive every bit of it."""
    root = tmp_path_factory.mktemp("hostile")
    write(root / "content", "drugs/examplin.md", monograph("Examplin"))
    write(root / "content", ".hidden.md", f"# {SECRET}\n")
    (root / "secret.txt").write_text(SECRET)
    (root / "content" / "secret.txt").write_text(SECRET)
    (root / "content" / "secret.md").symlink_to(root / "secret.txt")
    (root / "content" / "linked").symlink_to(root)
    write(root / "templates", "secret.html", SECRET)
    with Preview(root) as running:
        yield running
        assert running.process.poll() is None
        assert running.get("/drugs/examplin/")[0] == 200
        assert [line for line in running.lines if "Traceback" in line] == []


def refused(answer: tuple[int, bytes, bytes], *, statuses: tuple[int, ...] = (400, 404)) -> None:
    status, head, body = answer
    assert status in statuses, (status, body[:200])
    assert SECRET.encode() not in body
    assert b"root:" not in body
    assert b"Traceback" not in head + body
    assert b"location:" not in head.lower()


@pytest.mark.parametrize("host", FOREIGN)
def test_another_host_gets_nothing(guarded: Preview, host: str) -> None:
    refused(guarded.get("/", host=host), statuses=(400,))
    refused(guarded.get("/_dev/events", host=host), statuses=(400,))


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:80", "127.0.0.1", "127.8.9.1:1", "[::1]:8000", "x.localhost"]
)
def test_own_names_are_answered(guarded: Preview, host: str) -> None:
    assert guarded.get("/", host=host)[0] == 200


UP = (
    "../", "..%2f", "..%2F", "%2e%2e/", "%2E%2E%2F", ".%2e/", "..\\", "..%5c", "%2e%2e%5c",
    "%252e%252e%252f", "..%252f", "%c0%ae%c0%ae/", "..%c0%af", "%e0%80%ae%e0%80%ae/", "....//",
    "..;/", "../%00", "..%00/", "..%0d%0a/", "．．/", "..∕", "./../", "%u002e%u002e/",
)  # fmt: skip
AIMS = ("secret.txt", "content/secret.txt", "etc/passwd", ".monograph-site/index")
CLIMBS = [f"{start}{up * deep}{aim}" for up, (start, deep), aim in
          product(UP, (("/", 1), ("/", 8), ("/drugs/", 2)), AIMS)]  # fmt: skip
PLACES = (
    "/secret.txt", "/content/secret.txt", "/content/drugs/examplin.md", "/drugs/examplin.md",
    "/drugs/", "/drugs//", "/.hidden/", "/hidden/", "/secret/", "/linked/", "/linked/secret.txt",
    "/site.yaml", "/content/site.yaml", "/.git/config", "/.env", "/.monograph-site.json",
    "/.monograph-site/index", "/.monograph-site.tmp/", "/templates/base.html", "/base.html",
    "/default/base.html", "/assets/", "/assets/theme.css", "/assets/../index.html", "/etc/passwd",
    "/C:/Windows/win.ini", "/c:\\windows\\win.ini", "/\\\\host\\share", "/file:///etc/passwd",
    "/%", "/%zz", "/%2", "/%00", "/drugs/%00/", "/drugs/examplin%00/",
    "/drugs/examplin/index.html%00.png", "/drugs/examplin/index.html/", "/drugs/examplin/..",
    "/drugs/./examplin/", "/drugs//examplin/", "/drugs%2fexamplin/", "/drugs%5cexamplin/",
    "/drugs/examplin%2f", "/drugs/examplin/%20", "/drugs/EXAMPLIN/x", "/%ff", "/%c3%28",
    "/%ed%a0%80", "/%f4%90%80%80", "/drugs/%e2%80%ae/", "/%0d%0aSet-Cookie:x",
    "/a%0aLocation:%20http://evil.example/", "/con", "/nul", "/aux.html",
    "/drugs/examplin/::$DATA", "/drugs/examplin::$INDEX_ALLOCATION/", "/~root/", "/_dev",
    "/_dev/secret.txt", "/_dev/findings.html", "/_dev/frame.html", "/_dev/app.py",
    "/_dev/../app.py", "/_dev/%2e%2e/app.py", "/_dev/live.js/", "/_dev/..%2fapp.py",
    "/_dev/assets/live.js", "/_dev/%00", "/_dev/live.js%00", "/_dev//live.js", "/cgi-bin/x",
    "/server-status", "/wp-login.php", "/index.php", "/?/../secret.txt#", "/" + "a" * 5000,
    "/" + "a/" * 2500, "/" + "%41" * 3000, "/" + "../" * 1500, "/{{7*7}}/",
    "/<script>alert(1)</script>/", "/${7*7}", "/;/secret.txt",
)  # fmt: skip


HARMLESS = {"/drugs/", "/_dev", "/?/../secret.txt#"}
"""The list of all medicines, the way to the list of findings, and the home page with a parameter.
"""


def test_there_are_enough_hostile_addresses() -> None:
    assert len({*CLIMBS, *PLACES}) >= 200


@pytest.mark.parametrize("target", CLIMBS, ids=lambda target: ascii(target)[:60])
def test_no_way_up(guarded: Preview, target: str) -> None:
    refused(guarded.get(target))


@pytest.mark.parametrize("target", CLIMBS, ids=lambda target: ascii(target)[:60])
def test_no_way_up_by_a_parameter(guarded: Preview, target: str) -> None:
    status, head, body = guarded.get(f"/_dev/page?page={target}")
    assert status == 400 or not json.loads(body).get("source")
    assert SECRET.encode() not in head + body


@pytest.mark.parametrize("target", PLACES, ids=lambda target: ascii(target)[:60])
def test_nothing_but_the_site(guarded: Preview, target: str) -> None:
    if target in HARMLESS:
        answer = guarded.get(target)
        assert answer[0] in (200, 307)
        assert SECRET.encode() not in answer[2]
    else:
        refused(guarded.get(target))


@pytest.mark.parametrize(
    "method", "POST PUT DELETE PATCH OPTIONS TRACE CONNECT PROPFIND get G\u00c9T".split()
)
@pytest.mark.parametrize("path", ["/", "/_dev/events", "/_dev/page?page=/"])
def test_only_reading(guarded: Preview, method: str, path: str) -> None:
    status, head, body = guarded.get(path, "Content-Length: 0", method=method)
    assert status in (0, 400, 405, 501)
    assert b"Traceback" not in head + body


RAW = {
    "absolute address": b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "absolute address of ours": (
        b"GET http://localhost/../secret.txt HTTP/1.1\r\nHost: localhost\r\n\r\n"
    ),
    "file address": b"GET file:///etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no slash": b"GET secret.txt HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "asterisk": b"GET * HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "authority": b"CONNECT evil.example:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "no host, 1.0": b"GET / HTTP/1.0\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
    "two hosts, same": b"GET / HTTP/1.1\r\nHost: localhost\r\nhost: localhost\r\n\r\n",
    "empty host": b"GET / HTTP/1.1\r\nHost:\r\n\r\n",
    "host not ascii": b"GET / HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n",
    "host folded": b"GET / HTTP/1.1\r\nHost:\r\n localhost.evil.example\r\n\r\n",
    "huge header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 300_000 + b"\r\n\r\n",
    "many headers": b"GET / HTTP/1.1\r\nHost: localhost.evil\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
    "huge target": b"GET /" + b"a" * 300_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no colon": b"GET / HTTP/1.1\r\nHost: localhost\r\nnonsense\r\n\r\n",
    "nul in header": b"GET / HTTP/1.1\r\nHost: localhost\r\nX: a\x00b\r\n\r\n",
    "nul in target": b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "raw bytes in target": b"GET /\xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "raw utf-8 in target": "GET /é/ HTTP/1.1\r\nHost: localhost\r\n\r\n".encode(),
    "space in target": b"GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "tab in target": b"GET\t/\tHTTP/1.1\r\nHost: localhost\r\n\r\n",
    "bad version": b"GET / HTTP/x.y\r\nHost: localhost\r\n\r\n",
    "version 0.9": b"GET /\r\n\r\n",
    "http/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "tls": bytes.fromhex("16030100c8010000c40303") + b"\x00" * 200,
    "length and chunks": (
        b"GET / HTTP/1.1\r\nHost: evil\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0"
    ),
    "negative length": b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    "two lengths": (
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"
    ),
    "odd coding": b"GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: odd\r\n\r\n",
    "split answer": b"GET /%0d%0a%0d%0aHTTP/1.1%20200 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "nothing": b"\r\n\r\n\r\n",
    "noise": bytes(range(256)) * 40,
}


@pytest.mark.parametrize("name", RAW)
def test_what_no_browser_sends(guarded: Preview, name: str) -> None:
    answer = guarded.send(RAW[name], seconds=1)
    assert SECRET.encode() not in answer
    assert b"Traceback" not in answer
    assert not re.match(rb"HTTP/1\.1 [23]", answer), answer[:300]


@pytest.mark.parametrize(
    "lengths",
    [
        "Content-Length: 4\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 4",
        "transfer-encoding: CHUNKED\r\ncontent-length: 0",
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_a_request_with_two_lengths_ends_the_connection(
    guarded: Preview, method: str, lengths: str
) -> None:
    """What comes behind it may be a hidden second request."""
    first = f"{method} / HTTP/1.1\r\nHost: localhost\r\n{lengths}\r\n\r\n0\r\n\r\n"
    hidden = "GET /drugs/examplin/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
    answer = guarded.send((first + hidden).encode())
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"connection: close" in answer.lower()


@pytest.mark.parametrize(
    "header",
    [
        "Range: bytes=0-1,2-3,4-5",
        "Range: bytes=-99999999999",
        "If-None-Match: " + "x" * 5000,
        "Accept-Encoding: " + "gzip, " * 500,
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-For: 1.2.3.4",
        "Forwarded: host=evil.example",
        "X-Original-URL: /../secret.txt",
        "X-Rewrite-URL: /secret.txt",
        "Origin: https://evil.example",
        "Referer: javascript:alert(1)",
        "Cookie: " + "a=b; " * 1000,
        "Upgrade: websocket",
        "Expect: 100-continue",
        "Content-Type: application/x-www-form-urlencoded",
        "X-HTTP-Method-Override: DELETE",
    ],
    ids=lambda value: value[:30],
)
def test_headers_that_change_nothing(guarded: Preview, header: str) -> None:
    """The page is the page, whatever else is said."""
    status, head, body = guarded.get("/drugs/examplin/", header)
    assert status == 200
    assert body == guarded.get("/drugs/examplin/")[2]
    assert b"access-control" not in head.lower()
    assert b"evil" not in head + body


def test_parameters_are_only_words(guarded: Preview) -> None:
    for query in (
        "page=../../secret.txt",
        "page=%00",
        "page=http://evil.example/",
        "page=//evil",
        "page=" + "a" * 5000,
    ):
        assert guarded.get(f"/_dev/page?{query}")[::2] == (200, b"{}")
    shown = guarded.get(
        "/_dev/?text=%3Cscript%3Ealert(1)%3C/script%3E&page=-1&severity=%22%3E&code=%00&file=../x"
    )
    assert shown[0] == 200
    assert b"<script>alert" not in shown[2]
