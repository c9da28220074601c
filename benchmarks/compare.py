"""Compare this generator with others on the same content: `python -m benchmarks.compare FOLDER …`.

The others and their sites are those of `generators.py`. Ours builds what it always builds: records,
findings, JSON-LD, A to Z, name index, redirects and sitemap; the search of full texts is left out.

Every generator does the same things in turn with ours, A B A B …, so that the ratio holds while the
machine's speed drifts:

    cold             no output and no cache
    nothing changed  the same command again, in a fresh process
    one edit         a word added to one page
    one title        the title of one page changed
    one template     a word changed in the layout of every page
    memory           of all processes together, in a cold build (proportional set size)

Others that build from nothing each time still rewrite their whole site. The medians and the ratios
go to standard output as a Markdown table and, with --chart FILE, into an SVG chart. What cannot be
installed here is named below the table.

Nothing goes on for ever: a build is ended after --limit seconds, and its cell says so; an action is
not repeated once it has taken that long. With --once each action is measured once, without a build
before it, and memory in the cold build: at 50,000 files beside Hugo about ten minutes on two cores,
of which copying the files takes one.

    python -m benchmarks.compare FOLDER --chart docs/compare.svg
    python -m benchmarks.compare FOLDER --files 50000 --only hugo --once
"""

from __future__ import annotations

import argparse
import html
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from benchmarks.bench import INTERVAL, processors
from benchmarks.edit_latency import replicate
from benchmarks.generators import OTHERS, ROOT, Generator, NotHere, Ours, TooSlow

WORK = Path("/dev/shm") if os.access("/dev/shm", os.W_OK) else None
"""Where sites are built: in memory where the system has such a folder, so that no disk is measured.
"""
ACTIONS = ("cold", "nothing changed", "one edit", "one title", "one template")
CHARTED = ("cold", "one edit", "nothing changed")
LIMIT = 300
"""Seconds after which a build is ended."""
SELDOM = 1.0
"""Seconds between two looks at the memory of a build whose time is measured too."""


@dataclass
class Result:
    """What was measured of one other generator beside ours: seconds of both by action, and
    megabytes. An action that took `limit` seconds or could not be tried has no seconds."""

    name: str
    version: str
    limit: float
    ours: dict[str, list[float]] = field(default_factory=dict)
    theirs: dict[str, list[float]] = field(default_factory=dict)
    memory: tuple[float, float] = (0.0, 0.0)
    pages: tuple[int, int] = (0, 0)
    too_slow: set[str] = field(default_factory=set)
    """Actions of the other generator that took longer than `limit`."""

    def cell(self, action: str) -> str:
        """Both medians and the median of the pairs' ratios, ours by theirs."""
        ours, theirs = self.ours.get(action), self.theirs.get(action)
        if not ours:
            return "–"
        mine = statistics.median(ours)
        if not theirs:
            return f"{mine:.2f} s / more than {self.limit:.0f} s = **< {mine / self.limit:.2f}**"
        ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
        return f"{mine:.2f} s / {statistics.median(theirs):.2f} s = **{ratio:.2f}**"

    def memory_cell(self) -> str:
        """Megabytes of both and their ratio."""
        ours, theirs = self.memory
        if not (ours and theirs):
            return "–"
        return f"{ours:.0f} MB / {theirs:.0f} MB = **{ours / theirs:.2f}**"


class Comparison:
    """Two sites of the same content, built in turn."""

    def __init__(self, ours: Generator, other: Generator, file: str, limit: float) -> None:
        self.pair, self.file, self.limit = (ours, other), file, limit
        self.result = Result(other.name, other.version, limit)
        self.peaks: list[float] = []

    def measure(self, runs: int, once: bool) -> Result:
        """All actions, as far as the other generator keeps to the limit."""
        result = self.result
        if once:
            self._action("cold", 1, watch=SELDOM)
        else:
            self._action("cold", 1)  # not counted: it fills the file system's caches
            for kept in (result.ours, result.theirs):
                kept.clear()
            if not result.too_slow:
                self._action("cold", runs)
        result.pages = (self.pair[0].pages(), self.pair[1].pages())
        for action in () if result.too_slow else ACTIONS[1:]:
            self._action(action, 1 if once else runs)
        if not once and not result.too_slow:
            self._build("cold", watch=INTERVAL)
        result.memory = (self.peaks[0], self.peaks[1]) if len(self.peaks) == 2 else (0.0, 0.0)
        return result

    def _action(self, action: str, runs: int, watch: float = 0.0) -> None:
        """Pairs of one action, until they have taken as long as one build may."""
        start = time.monotonic()
        for _ in range(runs):
            for seconds, kept in zip(
                self._build(action, watch), (self.result.ours, self.result.theirs), strict=False
            ):
                kept.setdefault(action, []).append(seconds)
            if action in self.result.too_slow or time.monotonic() - start > self.limit:
                return

    def _build(self, action: str, watch: float = 0.0) -> list[float]:
        """The seconds of both; of ours only where the other is too slow."""
        done = []
        for generator in self.pair:
            generator.before(action, self.file)
            try:
                seconds, peak = generator.build(self.limit, watch)
            except TooSlow:
                if generator is self.pair[0]:
                    raise NotHere(f"ours takes more than --limit {self.limit:.0f}") from None
                self.result.too_slow.add(action)
                return done
            done.append(seconds)
            self.peaks += [peak] if watch else []
            print(f"  {action}: {generator.name} {seconds:.2f} s", file=sys.stderr, flush=True)
        return done


def table(results: Sequence[Result], head: str, absent: Sequence[str] = ()) -> str:
    """The results as Markdown, and what is not among them."""
    lines = [
        head,
        "",
        "| beside | " + " | ".join(ACTIONS) + " | memory | pages |",
        "|---" * (len(ACTIONS) + 3) + "|",
    ]
    for result in results:
        cells = [*map(result.cell, ACTIONS), result.memory_cell()]
        pages = f"{result.pages[0]:,} / {result.pages[1]:,}"
        lines.append(f"| {result.name} {result.version} | {' | '.join(cells)} | {pages} |")
    return "\n".join([*lines, *(f"\nNot compared: {reason}" for reason in absent)]) + "\n"


def chart(results: Sequence[Result], head: str) -> str:
    """The cold builds and the single edits as bars, in an SVG that shows itself in light and dark."""
    rows = []
    for action in CHARTED:
        mine = [seconds for result in results for seconds in result.ours.get(action, ())]
        if mine:
            rows.append((action, "monograph-site", statistics.median(mine), True))
        for result in results:
            name, theirs = f"{result.name} {result.version}", result.theirs.get(action)
            if theirs or action in result.too_slow:
                seconds = statistics.median(theirs) if theirs else result.limit
                rows.append((action, name, seconds, False))
    longest = {action: max(row[2] for row in rows if row[0] == action) for action, *_ in rows}
    slow = {
        (action, f"{result.name} {result.version}")
        for result in results
        for action in result.too_slow
    }
    y, parts, last = 46, [], ""
    for action, name, seconds, mine in rows:
        if action != last:
            parts.append(f'<text class="h" x="10" y="{y + 14}">{action}</text>')
            y, last = y + 24, action
        sign = "&gt; " if (action, name) in slow else ""
        width = max(2, 430 * seconds / longest[action])
        parts.append(f'<text x="150" y="{y + 13}" text-anchor="end">{html.escape(name)}</text>')
        parts.append(
            f'<rect class="{"m" if mine else "o"}" x="160" y="{y + 2}" width="{width:.0f}" height="14" rx="2"/>'
        )
        parts.append(f'<text x="{168 + width:.0f}" y="{y + 13}">{sign}{seconds:.2f} s</text>')
        y += 20
    style = (
        "text{font:12px system-ui,sans-serif;fill:#222}.h{font-weight:600}.m{fill:#0b6e4f}.o{fill:#9aa5b1}"
        "@media(prefers-color-scheme:dark){text{fill:#eee}.m{fill:#4cc38a}.o{fill:#697177}}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 {y + 12}" role="img">'
        f"<title>{html.escape(head)}</title>"
        f'<style>{style}</style><text class="h" x="10" y="24">{html.escape(head)}</text>{"".join(parts)}</svg>\n'
    )


def interpreter(python: str) -> str:
    """The version of an interpreter, and the compiler it was built by: the same version takes a
    seventh more time where it was built without profile-guided optimisation."""
    code = "import platform; print(platform.python_version(), platform.python_compiler())"
    said = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout
    return f"Python {said.strip()}"


def compare(name: str, given: argparse.Namespace, count: int) -> Result:
    """One generator beside ours. Raises NotHere."""
    with tempfile.TemporaryDirectory(prefix="compare-", dir=WORK) as temporary:
        work = Path(temporary)
        ours, other = Ours("ours", given.tools), OTHERS[name](name, given.tools.resolve())
        ours.install()
        other.install()
        files = replicate(given.folders, work / "content", count)
        for generator in (ours, other):
            generator.prepare(work / "content", files, work / generator.name)
        shutil.rmtree(work / "content")  # memory, where the folder is in memory
        return Comparison(ours, other, files[len(files) // 2], given.limit).measure(
            given.runs, given.once
        )


def arguments() -> argparse.ArgumentParser:
    """What the command line may say."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    add = parser.add_argument
    add("--files", type=int, help="replicate the content under new addresses up to so many files")
    add("--runs", type=int, default=3, help="pairs of each action (default: 3)")
    add("--once", action="store_true", help="one pair of each action and no build before it")
    add("--limit", type=float, default=LIMIT, help=f"seconds of a build (default: {LIMIT})")
    add("--only", default=",".join(OTHERS), help="generators, with commas between them")
    add("--jobs", type=int, default=processors(), help="our worker processes")
    add("--python", default=sys.executable, help="the interpreter of ours")
    add("--src", type=Path, default=ROOT / "src", help="another checkout's src, in place of ours")
    add("--tools", type=Path, default=ROOT / ".benchmarks", help="where the others are installed")
    add("--chart", type=Path, help="write an SVG chart here")
    return parser


def main() -> int:
    """Measure, print the table, write the chart; 1 where no other generator could be measured."""
    given = arguments().parse_args()
    Ours.jobs, Ours.src, Ours.python = given.jobs, given.src.resolve(), given.python
    count = given.files or sum(1 for folder in given.folders for _ in folder.rglob("*.md"))
    results: list[Result] = []
    absent: list[str] = []
    for name in given.only.split(","):
        print(f"{name}:", file=sys.stderr, flush=True)
        try:
            results.append(compare(name, given, count))
        except NotHere as reason:
            absent.append(f"{name}, since {reason}")
            print(f"  left out: {reason}", file=sys.stderr, flush=True)
    machine = (
        f"{given.jobs} workers, {processors()} cores, {interpreter(given.python)}, {date.today()}"
    )
    head = f"monograph-site / others, {count:,} files, {machine}"
    print(table(results, head, absent))
    if given.chart and results:
        given.chart.write_text(chart(results, head), "utf-8")
    return 0 if results else 1


if __name__ == "__main__":
    sys.exit(main())
