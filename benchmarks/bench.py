"""How long does a build take, and how much memory? `python benchmarks/bench.py [FOLDER …]`.

Each figure is the median of several runs, each in a fresh process and as a user would start it: the
start of Python and the import of everything count. Three builds are measured: cold (no cache, no
output), nothing changed, and one monograph edited. Several folders are built as one site, each
below an address prefix of its own. Without a folder the corpus beside the repository is taken, else
this repository's own content.

Memory is measured in runs of its own, because looking costs time: every few milliseconds the
proportional set size (Linux: /proc/PID/smaps_rollup) of the build and all its worker processes is
added up, and the highest sum is kept. What processes share counts once. A peak shorter than the
interval is missed, so take the figure for a floor.

With --src (and --python, if need be) the same is measured of another checkout, and the ratio is
given:

    git worktree add ../before HEAD~1
    python benchmarks/bench.py --src ../before/src
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "corpus"
INTERVAL = 0.004
BUILDS = ("cold", "nothing changed", "one edit")


class Program(NamedTuple):
    """A Python, and the source folder of the program it runs."""

    python: str
    src: Path


class Measure(NamedTuple):
    """What was measured of one kind of build."""

    seconds: list[float]
    megabytes: float | None


class Bench:
    """A site in a temporary folder, built again and again by one program."""

    def __init__(self, program: Program, content: Path, root: Path, jobs: int) -> None:
        self.program, self.content, self.root = program, content, root
        folders = ("--content", content, "--output", root / "build", "--cache", root / "cache")
        self.command = [
            program.python,
            "-P",
            "-m",
            "monograph_site",
            "build",
            "--keep-going",
            "--jobs",
            str(jobs),
        ]
        self.command += map(str, folders)
        self.environment = {**os.environ, "PYTHONPATH": str(program.src)}
        # Python keeps compiled modules, as it does where a package is installed.
        self.environment.pop("PYTHONDONTWRITEBYTECODE", None)
        self.edits = 0

    def prepare(self, build: str) -> None:
        """Bring the site into the state that a build of this kind starts from."""
        if build == "cold":
            shutil.rmtree(self.root / "build", ignore_errors=True)
            shutil.rmtree(self.root / "cache", ignore_errors=True)
        elif build == "one edit":
            files = sorted(self.content.rglob("*.md"))
            self.edits += 1
            with open(files[len(files) // 2], "a", encoding="utf-8") as file:
                file.write(f"\nEdited for the {self.edits}. time.\n")

    def seconds(self, build: str) -> float:
        """Build in a fresh process; how long it took."""
        self.prepare(build)
        start = time.perf_counter()
        self._finish(self._start())
        return time.perf_counter() - start

    def megabytes(self, build: str) -> float | None:
        """Build, watched; the most memory that all processes had together, None where the system
        does not say."""
        self.prepare(build)
        process = self._start()
        watcher = Watcher(process.pid)
        watcher.start()
        self._finish(process)
        watcher.join()
        return watcher.peak / 1024 if watcher.peak else None

    def _start(self) -> subprocess.Popen[str]:
        pipe = subprocess.PIPE
        return subprocess.Popen(
            self.command,
            cwd=self.root,
            env=self.environment,
            stdout=pipe,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _finish(self, process: subprocess.Popen[str]) -> None:
        said, _ = process.communicate()
        if process.returncode not in (0, 1):  # 1: the content has errors
            sys.exit(f"{' '.join(self.command)} failed:\n{said}")


class Watcher(threading.Thread):
    """Adds up the memory of a process and its descendants until it ends; `peak` is the highest sum,
    in kilobytes."""

    def __init__(self, pid: int, interval: float = INTERVAL) -> None:
        """To look costs a processor some milliseconds each time: more seldom where time counts."""
        super().__init__(daemon=True)
        self.pid, self.interval = pid, interval
        self.peak = 0

    def run(self) -> None:
        """Look until there is nothing to see."""
        while found := sum(map(proportional_kilobytes, family(self.pid))):
            self.peak = max(self.peak, found)
            time.sleep(self.interval)


def family(pid: int) -> Iterator[int]:
    """A process and all its descendants."""
    yield pid
    try:
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in children.read_text().split():
                yield from family(int(child))
    except OSError:
        return


def proportional_kilobytes(pid: int) -> int:
    """The proportional set size of a process; 0 for one that is gone."""
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
            return next((int(line.split()[1]) for line in file if line.startswith("Pss:")), 0)
    except OSError:
        return 0


def gather(folders: list[Path], target: Path) -> int:
    """Copy the folders into one content folder; the number of its monographs."""
    if len(folders) == 1:
        shutil.copytree(folders[0], target)
    else:
        names = [f"{number}-{folder.resolve().name}" for number, folder in enumerate(folders, 1)]
        for name, folder in zip(names, folders, strict=True):
            shutil.copytree(folder, target / name)
        prefixes = ", ".join(f"{name}: /{name}/" for name in names)
        (target / "site.yaml").write_text(f"namespaces: {{{prefixes}}}\n", encoding="utf-8")
    for path in [target, *target.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o200)  # the copy of a read-only corpus can't be edited
    return sum(1 for _ in target.rglob("*.md"))


def measure(program: Program, folders: list[Path], runs: int, jobs: int) -> dict[str, Measure]:
    """All figures of one program."""
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        root = Path(name)
        gather(folders, root / "content")
        bench = Bench(program, root / "content", root, jobs)
        found = {}
        for build in BUILDS:
            bench.seconds(build)  # not counted: it fills the file system's and Python's caches
            found[build] = Measure(
                [bench.seconds(build) for _ in range(runs)], bench.megabytes(build)
            )
        return found


def table(ours: dict[str, Measure], theirs: dict[str, Measure] | None) -> Iterator[str]:
    """The figures for people, a line a build."""
    yield f"{'build':<18}{'median':>10}{'from - to':>18}{'memory':>10}" + (
        "" if theirs is None else f"{'ratio':>8}"
    )
    for build, (seconds, megabytes) in ours.items():
        median = statistics.median(seconds)
        memory = f"{megabytes:.0f} MB" if megabytes else "?"
        line = f"{build:<18}{median:>8.3f} s{f'{min(seconds):.3f} - {max(seconds):.3f} s':>18}{memory:>10}"
        yield line + (
            f"{median / statistics.median(theirs[build].seconds):>8.2f}" if theirs else ""
        )


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "folders", nargs="*", type=Path, metavar="FOLDER", help="content folders, built as one site"
    )
    parser.add_argument("--runs", type=int, default=5, help="runs of each build (default: 5)")
    parser.add_argument("--jobs", type=int, default=processors(), help="default: one a processor")
    parser.add_argument(
        "--src", type=Path, help="source folder of another checkout, to compare with"
    )
    parser.add_argument(
        "--python", default=sys.executable, help="the Python of that checkout (default: this one)"
    )
    given = parser.parse_args()
    folders = (
        given.folders
        or sorted(path for path in SHARED.glob("*") if path.is_dir())
        or [ROOT / "content"]
    )
    count = sum(1 for folder in folders for _ in folder.rglob("*.md"))
    print(
        f"{count:,} files of {', '.join(map(str, folders))}; {given.jobs} jobs, {given.runs} runs\n"
    )
    ours = measure(Program(sys.executable, ROOT / "src"), folders, given.runs, given.jobs)
    theirs = (
        measure(Program(given.python, given.src), folders, given.runs, given.jobs)
        if given.src
        else None
    )
    print("\n".join(table(ours, theirs)))
    if theirs:
        print(f"\nratio: median of this checkout / median of {given.src}")


if __name__ == "__main__":
    main()
