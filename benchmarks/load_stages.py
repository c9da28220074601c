"""What does loading a page cost, stage by stage? `python benchmarks/load_stages.py [FOLDER …]`.

Printed is the processor time a page in milliseconds: of each stage of `build.load`, and of all that
`build.entries.load_file` does. With --src the same is measured of another checkout, in processes
that take turns, and the median of the ratios of the rounds is given:

    git worktree add ../before HEAD~1
    python benchmarks/load_stages.py --src ../before/src

Each round is a fresh process with the settings of a worker. It loads every second file to warm up
(imports, patterns, caches) and measures the others, so that no cache has seen a file before. Stages
are measured by wrapping the functions of `build.load`. Without a folder the corpus beside the
repository is read, else this repository's own content; --part 5 takes a fifth of the files.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import ROOT, SHARED

LOAD_STAGES = (
    "decode read read_front_matter read_fields take_footnotes parse outline compose_body repair "
    "repair_faqs check make_record places_of gather_facts with_excerpts"
).split()
"""Functions of `build.load`, in the order in which a page goes through them; some under two names,
the older of which an older checkout has."""
WHOLE = "all of load_file"


class Stages:
    """Processor time by stage, in nanoseconds. A stage inside another is not counted twice."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self.depth = 0

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, with its time added to a name. What it yields is taken at once."""

        def measured(*arguments: Any, **keywords: Any) -> Any:
            if self.depth:
                return function(*arguments, **keywords)
            self.depth += 1
            start = time.thread_time_ns()
            result = function(*arguments, **keywords)
            if hasattr(result, "__next__"):
                result = tuple(result)
            self.spent[name] += time.thread_time_ns() - start
            self.depth -= 1
            return result

        return measured


def measure(folders: list[Path], part: int) -> dict[str, float]:
    """The milliseconds a page of each stage in this process."""
    from monograph_site.build import entries, load, workers
    from monograph_site.config import load_config, read_settings

    jobs = []
    for folder in folders:
        config = load_config(read_settings(folder))[0]
        for file in sorted(folder.rglob("*.md"))[::part]:
            path = file.relative_to(folder).as_posix()
            jobs.append(entries.LoadJob(path, file.read_bytes(), "", config))
    workers.collect_seldom()
    for job in jobs[::2]:
        entries.load_file(job)
    stages = Stages()
    for name in LOAD_STAGES:
        if hasattr(load, name):
            setattr(load, name, stages.timed(name, getattr(load, name)))
    entries.make_entry = stages.timed("make_entry", entries.make_entry)
    measured = jobs[1::2]
    start = time.thread_time_ns()
    for job in measured:
        entries.load_file(job)
    stages.spent[WHOLE] = time.thread_time_ns() - start
    return {
        name: stages.spent[name] / 1e6 / len(measured)
        for name in (*LOAD_STAGES, "make_entry", WHOLE)
    }


def in_process(src: Path, folders: list[Path], part: int) -> dict[str, float]:
    """The same in a fresh process with the code of a source folder."""
    command = [sys.executable, "-P", __file__, "--here", f"--part={part}", *map(str, folders)]
    environment = {**os.environ, "PYTHONPATH": f"{src}{os.pathsep}{ROOT / 'benchmarks'}"}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def main() -> None:
    """Measure, print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--src", type=Path, help="source folder of the code before")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--part", type=int, default=1, help="measure every PARTth file only")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    folders = given.folders or (
        [SHARED / "labelled", SHARED / "sectioned"] if SHARED.is_dir() else [ROOT / "content"]
    )
    if given.here:
        return print(json.dumps(measure(folders, given.part)))
    sources = [ROOT / "src", *([given.src.resolve()] if given.src else [])]
    rounds = [
        [in_process(src, folders, given.part) for src in sources] for _ in range(given.rounds)
    ]
    print(f"{'ms of processor time a page':<28}{'now':>8}{'before':>9}{'ratio':>8}")
    for name in rounds[0][0]:
        if not any(figures[name] for figures in rounds[0]):
            continue
        columns = list(zip(*[[figures[name] for figures in one] for one in rounds], strict=True))
        line = f"{name:<28}{statistics.median(columns[0]):>8.3f}"
        if given.src:
            ratio = statistics.median(
                now / before for now, before in zip(*columns, strict=True) if before
            )
            line += f"{statistics.median(columns[1]):>9.3f}{ratio:>8.2f}"
        print(line)
    return None


if __name__ == "__main__":
    main()
