"""Compare what two source trees of this program make of the same content, byte for byte.

    python benchmarks/compare_trees.py BEFORE AFTER content ../shared/corpus/labelled
    ../shared/corpus/sectioned

BEFORE and AFTER are checkouts. For each content folder both build with --keep-going, check with
--format jsonl, and serve; every published file, every finding and every answer of the preview is
compared. The status is 0 where all are equal.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

AS_OF = "2025-06-30"
MAX_NAMED = 20
"""Differences that are printed for each comparison."""


class Tree:
    """One checkout, run with this Python."""

    def __init__(self, root: Path, work: Path) -> None:
        self.root, self.work = root.resolve(), work

    def run(self, *arguments: str) -> subprocess.CompletedProcess[bytes]:
        """The outcome of one command."""
        return subprocess.run(
            self._command(*arguments),
            capture_output=True,
            env=self._environment,
            cwd=self.work,
            check=False,
        )

    def build(self, content: Path) -> dict[str, bytes]:
        """The published files, by path."""
        output = self.work / "build"
        done = self.run("build", *self._folders(content), f"--output={output}", "--keep-going")
        if done.returncode not in (0, 1):
            sys.exit(f"build failed in {self.root}: {done.stderr.decode()}")
        return {
            path.relative_to(output).as_posix(): path.read_bytes()
            for path in output.rglob("*")
            if path.is_file()
        }

    def findings(self, content: Path) -> list[bytes]:
        """The lines of `check --format jsonl`."""
        done = self.run("check", *self._folders(content), "--format=jsonl", "--verbose")
        if done.returncode not in (0, 1):
            sys.exit(f"check failed in {self.root}: {done.stderr.decode()}")
        return done.stdout.splitlines()

    def answers(self, content: Path, paths: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """What the preview answers for each of the paths."""
        command = self._command("serve", *self._folders(content), "--port=0")
        with subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self._environment,
            cwd=self.work,
        ) as process:
            assert process.stdout
            lines = (line.decode() for line in process.stdout)
            address = next(
                word for line in lines for word in line.split() if word.startswith("http://")
            )
            try:
                for path in paths:
                    with urllib.request.urlopen(address.rstrip("/") + "/" + quote(path)) as answer:
                        yield path, answer.read()
            finally:
                process.terminate()

    def _folders(self, content: Path) -> tuple[str, ...]:
        return f"--content={content}", f"--cache={self.work / 'cache'}", f"--as-of={AS_OF}"

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-P", "-m", "monograph_site", *arguments]

    @property
    def _environment(self) -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": str(self.root / "src"), "PYTHONUNBUFFERED": "1"}


def differences(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """The names that are in one only or have other bytes."""
    return sorted(
        name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
    )


def without_wording(line: bytes) -> str:
    """A finding of `check --format jsonl` without its message and hint."""
    finding = json.loads(line)
    return json.dumps(
        {key: value for key, value in finding.items() if key not in ("message", "hint")},
        sort_keys=True,
    )


def compare(before: Tree, after: Tree, content: Path, wording: bool, served: bool) -> int:
    """Print what differs for one content folder; the number of differences."""
    first, second = before.build(content), after.build(content)
    if not first or not second:
        sys.exit(f"nothing was published of {content}: there is nothing to compare")
    count = report(
        f"{content}: {len(first):,} and {len(second):,} published files", differences(first, second)
    )
    found = [tree.findings(content) for tree in (before, after)]
    if not wording:
        found = [sorted(map(without_wording, lines)) for lines in found]  # type: ignore[misc]
    odd = sorted({str(line) for line in found[0]} ^ {str(line) for line in found[1]})
    count += report(f"{content}: {len(found[0]):,} and {len(found[1]):,} findings", odd)
    if served:
        paths = sorted(path for path in first if not path.startswith("."))
        answers = [dict(tree.answers(content, paths)) for tree in (before, after)]
        count += report(
            f"{content}: {len(answers[0]):,} answers of the preview", differences(*answers)
        )
    return count


def report(title: str, odd: Sequence[str]) -> int:
    """Print one comparison."""
    print(f"{title}: {'equal' if not odd else f'{len(odd):,} differ'}", flush=True)
    for name in odd[:MAX_NAMED]:
        print(f"    {name[:300]}")
    return len(odd)


def main() -> int:
    """Compare every folder; 1 where anything differs."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("content", type=Path, nargs="+")
    parser.add_argument(
        "--any-wording", action="store_true", help="leave messages and hints of findings out"
    )
    parser.add_argument("--no-serve", action="store_true", help="leave the preview out")
    given = parser.parse_args()
    count = 0
    for content in given.content:
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            trees = Tree(given.before, Path(one)), Tree(given.after, Path(other))
            count += compare(*trees, content.resolve(), not given.any_wording, not given.no_serve)
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
