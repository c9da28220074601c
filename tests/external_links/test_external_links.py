"""Links to other sites are checked against a server of this test."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.client import BadStatusLine, InvalidURL
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from monograph_site import Options
from monograph_site.build.remote import NotPublicError
from monograph_site.check.selection import Selection
from monograph_site.cli.links import links_command
from monograph_site.external_links import check as checking
from monograph_site.external_links.check import check_address
from monograph_site.external_links.client import Client
from monograph_site.external_links.pace import HostUnavailableError, Pace
from monograph_site.external_links.places import links_in, links_of_site
from monograph_site.external_links.report import LinkCheck, LinkReport, check_links, write_lines
from monograph_site.external_links.results import VERDICTS, Verdict
from monograph_site.model.errors import UsageProblem
from monograph_site.model.source import Source

ANSWERS: dict[str, tuple[int, dict[str, str]]] = {
    "/works": (200, {}),
    "/h%C3%B6he": (200, {}),
    "/moved": (301, {"Location": "/works"}),
    "/moved-twice": (308, {"Location": "/moved"}),
    "/moved-then-found": (301, {"Location": "/found"}),
    "/moved-home": (301, {"Location": "/"}),
    "/": (200, {}),
    "/found": (302, {"Location": "/works"}),
    "/moved-away": (301, {"Location": "/none"}),
    "/circle": (302, {"Location": "/circle"}),
    "/to-file": (302, {"Location": "file:///etc/passwd"}),
    "/gone": (410, {}),
    "/error": (500, {}),
    "/forbidden": (403, {}),
    "/robot": (999, {}),
    "/challenge": (404, {"cf-mitigated": "challenge"}),
    "/busy": (429, {"Retry-After": "7"}),
    "/closed": (429, {"Retry-After": "3600"}),
}


class Handler(BaseHTTPRequestHandler):
    asked: list[tuple[str, str]] = []  # noqa: RUF012  emptied by the fixture
    agents: set[str] = set()  # noqa: RUF012
    hold = threading.Event()

    def do_HEAD(self) -> None:
        self._note()
        if self.path.startswith("/get-only"):
            self._send(405 if self.path == "/get-only" else 404, {})
        elif self.path == "/endless":
            self._send(405, {})
        elif self.path == "/drops-head":
            self.close_connection = True
        else:
            self._answer()

    def do_GET(self) -> None:
        self._note()
        if self.path.startswith("/archive"):
            self._archive()
        elif self.path == "/endless":
            self._send(200, {})
        else:
            self._answer()
        if self.path in ("/endless", "/get-only"):
            while not self.hold.is_set():  # until the client goes
                try:
                    self.wfile.write(b"x" * 65_536)
                except OSError:
                    return

    def _note(self) -> None:
        self.asked.append((self.command, self.path))
        self.agents.add(self.headers["User-Agent"])

    def _answer(self) -> None:
        if self.path == "/silent":
            self.hold.wait(20)
        elif self.path == "/drips":
            self.wfile.write(b"HTTP/1.1 200 OK\r\n")
            while not self.hold.wait(0.02):
                try:
                    self.wfile.write(b"X: y\r\n"[:1])
                except OSError:
                    return
        elif self.path == "/once" and ("HEAD", "/once") not in self.asked[:-1]:
            self._send(503, {"Retry-After": "3"})
        elif self.path.startswith(("/get-only", "/drops-head", "/once")):
            self._send(200, {})
        elif self.path == "/not-http":
            self.wfile.write(b"SSH-2.0-x\r\n")
        else:
            self._send(*ANSWERS.get(self.path, (404, {})))

    def _archive(self) -> None:
        copy = {"available": True, "url": "http://web.archive.org/web/2013/x", "status": "200"}
        snapshots = {"closest": copy} if "gone" in self.path else {}
        self._send(200, {})
        self.wfile.write(json.dumps({"archived_snapshots": snapshots}).encode())

    def _send(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def running_server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        running.block_on_close = False
        threading.Thread(target=running.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        Handler.hold.set()
        running.shutdown()


@pytest.fixture
def server(running_server: str) -> str:
    Handler.asked.clear()
    return running_server


class Clock:
    """Time that passes only while the pace waits."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.waits: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def client(clock: Clock) -> Client:
    pace = Pace(0, clock, clock.sleep)
    return Client(lambda address: address == "127.0.0.1", pace, now=clock)


@pytest.fixture
def options(tmp_path: Path) -> Options:
    (tmp_path / "content/drugs").mkdir(parents=True)
    return Options(
        "2025-01-31", tmp_path / "content", tmp_path / "t", tmp_path / "build", tmp_path / "cache"
    )


def write(options: Options, text: str, name: str = "x") -> None:
    (options.content / f"drugs/{name}.md").write_text(f"---\ntitle: X\n---\n{text}\n")


OUTCOMES = {
    "/works": ("works", 200, ""),
    "/höhe": ("works", 200, ""),
    "/found": ("works", 200, ""),
    "/get-only": ("works", 200, ""),
    "/get-only-404": ("works", 200, ""),
    "/drops-head": ("works", 200, ""),
    "/endless": ("works", 200, ""),
    "/once": ("works", 200, ""),
    "/moved": ("moved", 200, "/works"),
    "/moved-twice": ("moved", 200, "/works"),
    "/moved-then-found": ("moved", 200, "/found"),
    "/moved-home": ("moved-to-home-page", 200, ""),
    "/moved-away": ("http-error", 404, ""),
    "/none": ("http-error", 404, ""),
    "/gone": ("http-error", 410, ""),
    "/error": ("server-error", 500, ""),
    "/forbidden": ("refused", 403, ""),
    "/robot": ("refused", 999, ""),
    "/challenge": ("refused", 404, ""),
    "/busy": ("rate-limited", 429, ""),
    "/closed": ("rate-limited", 429, ""),
    "/circle": ("too-many-redirects", 0, ""),
    "/to-file": ("invalid-address", 0, ""),
    "/not-http": ("connection-failed", 0, ""),
}


@pytest.mark.parametrize(("path", "expected"), OUTCOMES.items(), ids=str)
def test_each_answer_has_its_outcome(
    path: str, expected: tuple[str, int, str], server: str, client: Client
) -> None:
    result = check_address(server + path, client)
    target = result.target.removeprefix(server)
    assert (result.outcome, result.status, target) == expected, result
    assert all(agent.startswith("monograph-site/") for agent in Handler.agents)


@pytest.mark.parametrize("path", ["/silent", "/drips"])
def test_a_slow_host_has_limited_time(path: str, server: str, client: Client) -> None:
    quick = replace(client, timeout=0.1 if path == "/silent" else 5, max_seconds=0.15)
    assert check_address(server + path, quick).outcome == "timeout"


def certificate_error(code: int) -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError("certificate verify failed")
    error.verify_code, error.verify_message = code, "words"
    return error


ERRORS = [
    (certificate_error(10), "bad-certificate"),
    (certificate_error(62), "bad-certificate"),
    (certificate_error(20), "unverified-certificate"),
    (ssl.SSLError("handshake"), "connection-failed"),
    (socket.gaierror(socket.EAI_NONAME, "no"), "unknown-host"),
    (socket.gaierror(socket.EAI_AGAIN, "later"), "dns-failure"),
    (TimeoutError(), "timeout"),
    (ConnectionRefusedError("no"), "connection-failed"),
    (NotPublicError("no"), "private-address"),
    (InvalidURL("no"), "invalid-address"),
    (BadStatusLine("no"), "connection-failed"),
    (ValueError("no"), "invalid-address"),
]


@pytest.mark.parametrize(("error", "outcome"), ERRORS, ids=repr)
def test_each_error_has_its_outcome(error: Exception, outcome: str, client: Client) -> None:
    def fail(_: str) -> bool:
        raise error

    assert check_address("http://127.0.0.1/", replace(client, may_ask=fail)).outcome == outcome


def test_no_private_address_is_asked(server: str, client: Client, clock: Clock) -> None:
    guarded = Client(pace=client.pace, now=clock)
    assert check_address(f"{server}/works", guarded).outcome == "private-address"
    assert Handler.asked == []
    with socket.socket() as closed:  # bound, not listening
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        assert check_address(url, client).outcome == "connection-failed"


def test_verdicts() -> None:
    """What a host refuses to programs, or may answer later, is never dead."""
    dead = {outcome for outcome, verdict in VERDICTS.items() if verdict is Verdict.DEAD}
    assert dead == {"http-error", "unknown-host", "bad-certificate", "invalid-address"}


def test_a_host_gets_the_time_it_asks_for(server: str, client: Client, clock: Clock) -> None:
    check_address(f"{server}/busy", client)
    assert Handler.asked == [("HEAD", "/busy")] * 2
    assert clock.waits == [7.0]
    later = check_address(f"{server}/works", client)
    assert (later.outcome, later.checked) == ("rate-limited", 0)
    assert len(Handler.asked) == 2


def test_a_host_waits_between_requests(clock: Clock) -> None:
    pace = Pace(2, clock, clock.sleep)
    for name in ("a", "b", "a", "a"):
        with pace.turn(name):
            pass
    assert clock.waits == [2.0, 2.0]
    pace.delay("a", 61)
    with pytest.raises(HostUnavailableError), pace.turn("a"):
        pass


def test_hosts_are_asked_at_once_but_each_one_request_at_a_time(
    monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    active: dict[str, int] = {"a": 0, "b": 0}
    meeting = threading.Barrier(2, timeout=10)
    most = 0

    def exchange(_: Client, method: str, url: str, with_body: bool) -> object:
        nonlocal most
        host = url[7]
        active[host] += 1
        most = max(most, active[host])
        meeting.wait()  # both hosts must be asked at the same time
        active[host] -= 1
        return checking.Answer(200, "OK", "", None, False, b"")

    monkeypatch.setattr(Client, "_exchange", exchange)
    seen = []
    urls = [f"http://{host}/{number}" for host in "ab" for number in range(4)]
    checking.check_addresses(urls, client, lambda url, _: seen.append(url))
    assert sorted(seen) == urls
    assert most == 1


TEXT = """---
title: X
# https://comment.example/
source_url: https://front.example/a?b=1#part
references:
  - {title: T, url: 'https://flow.example/x'}
urls: [https://list.example/1, https://list.example/2]
---
[a](https://link.example/Foo_(bar)) [b]: text (see https://bare.example/x_y).
<https://auto.example/a,b.> **https://bold.example/** `https://code.example/`
<a href="https://html.example/?a=1&amp;b=2">h</a> <!-- https://hidden.example/ -->

| https://cell.example/|x |
[s](<https://space.example/a b>) [t](https://spaced.example/a b.pdf) ![p](https://picture.example/p.png)
[e](https://escape.example/a\\_b) https://template.example/{{ slug }} https:// http://[bad/

```
https://fence.example/
```

[c]: https://definition.example/a "Title"
[n](https://web.example/web/2020/https://inner.example/) [https://words.example](https://target.example)
https://first.example,https://second.example; “https://quoted.example/”, `open <!-- https://open.example
"""
FOUND = {
    "https://front.example/a?b=1": (4, 13),
    "https://flow.example/x": (6, 22),
    "https://list.example/1": (7, 8),
    "https://list.example/2": (7, 32),
    "https://link.example/Foo_(bar)": (9, 5),
    "https://bare.example/x_y": (9, 52),
    "https://auto.example/a,b.": (10, 2),
    "https://bold.example/": (10, 31),
    "https://html.example/?a=1&b=2": (11, 10),
    "https://cell.example/": (13, 3),
    "https://space.example/a b": (14, 6),
    "https://spaced.example/a b.pdf": (14, 38),
    "https://picture.example/p.png": (14, 75),
    "https://escape.example/a_b": (15, 5),
    "https://definition.example/a": (21, 6),
    "https://web.example/web/2020/https://inner.example/": (22, 5),
    "https://target.example": (22, 82),
    "https://first.example": (23, 1),
    "https://second.example": (23, 23),
    "https://quoted.example/": (23, 48),
}


def test_links_are_found_where_they_are() -> None:
    places = {url: (span.line, span.column) for url, span in links_in(Source("x.md", TEXT))}
    assert places == FOUND


HOSTILE = ["<!-- ", "```a\n~~~b\n", "` ``", "http://a.b,", "](<http://a.b/", "](http://a b ", "{"]


@pytest.mark.parametrize("part", HOSTILE)
def test_a_large_file_takes_no_more_than_its_share(part: str) -> None:
    """With time that grows with the square of the size, this would take minutes."""
    text = f"http://first.example\n{part * (200_000 // len(part))}"
    start = time.process_time()
    urls = [url for url, _ in links_in(Source("x.md", text))]
    assert time.process_time() - start < 5
    assert urls[0] == "http://first.example"


def test_links_of_a_site(options: Options) -> None:
    (options.content / "site.yaml").write_text("base_url: https://own.example/med/\n")
    write(
        options, "[a](https://own.example/med/x/) [b](https://own.example/medical) http://a.example"
    )
    write(options, "http://a.example#part", "y")
    places = links_of_site(options, Selection())
    assert list(places) == ["https://own.example/medical", "http://a.example"]
    assert [path for path, _ in places["http://a.example"]] == ["drugs/x.md", "drugs/y.md"]
    assert list(links_of_site(options, Selection(places=("drugs/y.md",)))) == ["http://a.example"]


def run(options: Options, client: Client, archive: str, *, refresh: bool = False) -> LinkReport:
    return check_links(LinkCheck(options, Selection(), client, refresh, archive))


def test_results_are_kept_for_some_days(
    options: Options, server: str, client: Client, clock: Clock
) -> None:
    write(options, f"{server}/works\n{server}/gone\n{server}/none\n{server}/moved")
    report = run(options, client, f"{server}/archive")
    lines = list(write_lines(report, "content/"))
    assert lines == [
        f"content/drugs/x.md:5:1 http-error [dead] {server}/gone: 410 Gone. "
        "Archived copy: https://web.archive.org/web/2013/x",
        f"content/drugs/x.md:6:1 http-error [dead] {server}/none: 404 Not Found",
        f"content/drugs/x.md:7:1 moved [moved] {server}/moved: 200 OK. Write {server}/works",
        "4 external links: 1 works, 1 moved, 2 dead",
    ]
    assert [path for _, path in Handler.asked if "archive" in path and "works" in path] == []
    Handler.asked.clear()
    assert run(options, client, f"{server}/archive").results == report.results
    assert Handler.asked == []
    clock.now += 2 * 86_400
    assert run(options, client, "").asked == 2
    assert not any("works" in path or "archive" in path for _, path in Handler.asked)
    clock.now += 6 * 86_400
    assert run(options, client, "").asked == 4
    assert run(options, client, "", refresh=True).asked == 4


def test_a_machine_without_a_network_is_no_proof(options: Options, client: Client) -> None:
    def fail(_: str) -> bool:
        raise socket.gaierror(socket.EAI_NONAME, "no")

    offline = replace(client, may_ask=fail)
    write(options, "http://127.0.0.1/a http://127.0.0.1/b")
    assert len(run(options, offline, "").of(Verdict.DEAD)) == 2  # one host may well be gone
    write(options, "http://127.0.0.1/c http://127.0.0.2/")
    for _ in range(2):
        with pytest.raises(UsageProblem, match="online"):
            run(options, offline, "")


def test_an_interrupt_keeps_the_results_so_far(
    options: Options, server: str, client: Client
) -> None:
    write(options, f"{server}/works\n{server}/gone")

    def interrupt(_: str, done: int, total: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_links(LinkCheck(options, Selection(), client, False, "", interrupt))
    assert run(options, client, "").asked == 1


def test_the_command(options: Options, server: str) -> None:
    write(options, f"[a]({server}/moved)\n[b](http://host:port/)")
    runner = CliRunner()
    arguments = ["--content", str(options.content), "--cache", str(options.cache)]
    without = runner.invoke(links_command, arguments)
    assert (without.exit_code, "add --external" in without.output) == (2, True)
    arguments += ["--external", "--no-archive"]
    guarded = runner.invoke(links_command, [*arguments, "--format", "json"])
    assert (guarded.exit_code, Handler.asked) == (1, [])
    links = json.loads(guarded.output)["links"]
    assert [link["outcome"] for link in links] == ["private-address", "invalid-address"]
    assert [link["places"][0]["line"] for link in links] == [4, 5]
    result = runner.invoke(links_command, [*arguments, "--allow-private"])
    assert (result.exit_code, Handler.asked) == (1, [("HEAD", "/moved"), ("HEAD", "/works")])
    assert "2 external links: 1 moved, 1 dead (1 known from an earlier check)" in result.output
