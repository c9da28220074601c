"""A site to build, look at, change and build again: tests read like what an editor does."""

from __future__ import annotations

import json
import os
import subprocess
import textwrap
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Self

import commands

ROOT = Path(__file__).resolve().parents[1]

HANG_SECONDS = 900
"""After so many seconds a test gives up waiting. A guard against waiting for ever, never what a
test measures: on a busy machine everything takes longer."""

BROWSER_SECONDS = 120
"""The same for what a page in a browser must show: nothing on a page takes as long as a build."""

NIGHTLY = bool(os.environ.get("MONOGRAPH_NIGHTLY"))
"""Whether this is the long run of `scripts/test.py --nightly`."""

BROKEN_WORDS = r"""selector => {
  const broken = [];
  for (const element of document.querySelectorAll(selector)) {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let text; (text = texts.nextNode()); ) {
      for (const word of text.data.matchAll(/[^\s\u200b\u00ad-]+/g)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = [...range.getClientRects()].filter(box => box.width);
        if (new Set(lines.map(box => Math.round(box.top))).size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""
"""A script for a page in a browser: the words that are on two lines, in the elements of a selector."""

# Elements that stand within a line; every other tag parts two words in what a reader sees.
INLINE = frozenset(
    "a abbr b bdi cite code em i kbd mark q s small span strong sub sup time u wbr".split()
)
UNSEEN = frozenset({"script", "style", "template", "head"})


def run_cli(
    *arguments: object,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    input: str = "",
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own, as an editor would; `env` is added to this
    process's environment, and `input` is what it can read."""
    with TemporaryFile() as given, TemporaryFile() as output, TemporaryFile() as errors:
        given.write(input.encode())
        given.seek(0)
        streams = {"stdin": given.fileno(), "stdout": output.fileno(), "stderr": errors.fileno()}
        command = commands.start(*arguments, cwd=cwd, env=env, **streams)
        try:
            status = command.wait(HANG_SECONDS)
        finally:
            command.kill()
        return subprocess.CompletedProcess(arguments, status, _text(output), _text(errors))


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode().replace("\r\n", "\n")


def usually(usual: int, *, nightly: int) -> int:
    """How many random files, edits or characters a test tries: `usual`, and more in a nightly run."""
    return nightly if NIGHTLY else usual


def processor_time() -> float:
    """The seconds of processor time this process has taken, and those of its processes that have
    ended. What else runs on the machine takes no part in it, as it would in the time of a clock."""
    times = os.times()
    own = times.user + times.system + times.children_user + times.children_system
    return own + commands.processor_time_of_commands()


@contextmanager
def processor_limit(seconds: float) -> Iterator[None]:
    """Fail where what is done inside takes more processor time than `seconds`."""
    start = processor_time()
    yield
    spent = processor_time() - start
    assert spent < seconds, f"{spent:.1f} s of processor time; at most {seconds} s are allowed"


def wait_until(is_so: Callable[[], object], failure: Callable[[], str] = lambda: "") -> None:
    """Wait until something is so; fail, with the words of `failure`, where it never is."""
    end = time.monotonic() + HANG_SECONDS
    while not is_so():
        assert time.monotonic() < end, failure() or f"not so after {HANG_SECONDS} seconds"
        time.sleep(0.01)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The paths at which two trees differ, so that a failure names files rather than shows their
    bytes."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


class Site:
    """A folder with content/, and what was built of it in build/.

    Paths of content are relative to content/ (so `../templates/x.html` overrides a template); URLs
    are site paths such as `/drugs/x/`.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.output = root / "build"
        self.summary: dict[str, Any] = {}
        (root / "content").mkdir(parents=True, exist_ok=True)

    def write(self, path: str, text: str) -> Self:
        """Write a content file; a text that begins with a line break is dedented."""
        target = self.root / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(
            textwrap.dedent(text[1:]) if text.startswith("\n") else text, encoding="utf-8"
        )
        return self

    def remove(self, path: str) -> Self:
        """Delete a content file."""
        (self.root / "content" / path).unlink()
        return self

    def build(self, *arguments: str, code: int = 0) -> Self:
        """Build with --json; the exit status must be `code`."""
        done = run_cli("build", "--json", *arguments, cwd=self.root)
        assert done.returncode == code, (
            f"status {done.returncode}, not {code}\n{done.stdout}\n{done.stderr}"
        )
        self.summary = json.loads(done.stdout)
        return self

    def text(self, path: str) -> str:
        """A published file as text."""
        return (self.output / path).read_text(encoding="utf-8")

    @property
    def rendered(self) -> list[str]:
        """What the last build rendered anew, as its --json summary says."""
        rendered: list[str] = self.summary["rendered"]
        return rendered

    @property
    def codes(self) -> list[str]:
        """The codes of what the last build found, in its order."""
        return [found["code"] for found in self.summary["diagnostics"]]

    def file(self, url: str, name: str = "index.html") -> Path:
        """The file that a web server gives for a site path."""
        return (
            self.output / url.lstrip("/") / name
            if url.endswith("/")
            else self.output / url.lstrip("/")
        )

    def html(self, url: str) -> str:
        """The page at a site path, as it was written."""
        return self.file(url).read_text(encoding="utf-8")

    def json(self, url: str) -> Any:
        """The index.json beside a page, or a JSON file by its own path."""
        return json.loads(self.file(url, "index.json").read_text(encoding="utf-8"))

    def sees(self, url: str, *texts: str) -> Self:
        """A reader of the page sees each of the texts, whatever the line breaks."""
        visible = visible_text(self.html(url))
        for text in texts:
            assert " ".join(text.split()) in visible, f"{text!r} is not seen at {url}:\n{visible}"
        return self

    def sees_not(self, url: str, *texts: str) -> Self:
        """A reader of the page sees none of the texts."""
        visible = visible_text(self.html(url))
        for text in texts:
            assert " ".join(text.split()) not in visible, f"{text!r} is seen at {url}"
        return self

    def pages(self) -> Iterator[str]:
        """The site paths of all HTML files, sorted."""
        for file in sorted(self.output.rglob("*.html")):
            path = "/" + file.relative_to(self.output).as_posix()
            yield path.removesuffix("index.html")

    def by_kind(self, kind: str) -> list[str]:
        """The site paths of the monographs of a kind, as their index.json files say, sorted."""
        found = (
            json.loads(file.read_text(encoding="utf-8"))
            for file in sorted(self.output.rglob("index.json"))
        )
        return [record["url"] for record in found if record.get("kind") == kind]


def visible_text(html: str) -> str:
    """The text a reader sees, without scripts, styles and the head, on one line."""
    reader = _Visible()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.parts).split())


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in UNSEEN
        if tag == "img":  # a reader who does not see it hears its words
            self.parts.append(dict(attrs).get("alt") or "")
        if tag not in INLINE:
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in UNSEEN and self._hidden > 0
        if tag not in INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
