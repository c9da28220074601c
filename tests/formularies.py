"""Whole formularies, built once a test session however many processes run the tests, and read as a
visitor would."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from helpers import run_cli

try:
    import fcntl
except ImportError:  # Windows: the tests run in one process there
    fcntl = None  # type: ignore[assignment]

OWN = Path(__file__).parent / "fixtures" / "formularies"
"""Small formularies in our own words, one a convention: what the big ones show, in twenty files."""
SHARED_NAMES = ("labelled", "sectioned")


@dataclass(frozen=True)
class Formulary:
    """A content folder and the site built of it with --keep-going."""

    name: str
    content: Path
    output: Path
    summary: Mapping[str, Any]
    """What `build --json` said."""

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The content files, relative to the content folder, sorted."""
        return tuple(
            sorted(path.relative_to(self.content).as_posix() for path in self.content.rglob("*.md"))
        )

    @cached_property
    def records(self) -> Mapping[str, Any]:
        """What the index.json files say, by the content file each was made of."""
        found = (json.loads(path.read_bytes()) for path in self.output.rglob("index.json"))
        return {record["source"]: record for record in found}

    def text(self, path: str) -> str:
        """A content file."""
        return (self.content / path).read_text(encoding="utf-8")

    def body(self, path: str) -> str:
        """A content file without its front matter, which ends at the second line of three hyphens."""
        text = self.text(path)
        return text.split("\n---\n", 1)[1] if text.startswith("---\n") else text

    def html(self, path: str) -> str:
        """The page built of a content file. A plain page has no record and stands where its file
        does."""
        url = self.records[path]["url"] if path in self.records else path.removesuffix(".md")
        return (self.output / url.strip("/") / "index.html").read_text(encoding="utf-8")


def build_once(name: str, content: Path, folder: Path) -> Formulary:
    """Build a formulary below `folder`, unless another test process has done so; the others wait
    for it."""
    with _locked(folder / f"{name}.lock"):
        said = folder / f"{name}.json"
        if not said.exists():
            arguments = (
                "build",
                "--content",
                content,
                "--output",
                name,
                "--cache",
                f"{name}-cache",
            )
            done = run_cli(*arguments, "--keep-going", "--json", cwd=folder)
            assert done.returncode in (0, 1), done.stderr
            said.write_text(done.stdout, encoding="utf-8")
    return Formulary(name, content, folder / name, json.loads(said.read_text(encoding="utf-8")))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with open(path, "w", encoding="utf-8") as file:
        if fcntl:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def session_folder(base: Path) -> Path:
    """The folder that all processes of this test session share, given the one of this process."""
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = shared / "formularies"
    folder.mkdir(exist_ok=True)
    return folder


Formularies = Callable[[str], Formulary]
