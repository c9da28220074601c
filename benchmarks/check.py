"""How long does a check take, and which rule takes how much of it? `python benchmarks/check.py
[FOLDER …]`.

First the wall time of `monograph-site check` on a large site of which nothing changed: the folders
are copied, each copy below an address prefix of its own, until there are as many files as --files
says; each run is a fresh process, as a user would start it. Then, for each rule, the processor time
it takes for a page, sorted; the sum; and what part that is of the time it takes to read the pages
(decoding, front matter, Markdown, outline, record), which must be less than a third. Without a
folder the corpus beside the repository is taken, else this repository's own content.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bench import ROOT, SHARED, processors

sys.path.insert(0, str(ROOT / "src"))

from monograph_site import rules
from monograph_site.build import load, plan
from monograph_site.build.cache import Cache
from monograph_site.build.options import Options, read_inputs
from monograph_site.build.summary import Clock
from monograph_site.check import inspect
from monograph_site.config import load_config, read_settings
from monograph_site.source.decode import decode

THIRD = 1 / 3
_OPTIONAL = " (optional)"
"""Behind the name of a rule that is off unless somebody asks for it: not in the sum."""


class Stopwatch:
    """Processor time by name, in nanoseconds; what other processes do does not count."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()

    def timed(self, name: str, work: Iterable[Any]) -> list[Any]:
        """Exhaust an iterator and add its time to a name."""
        start = time.thread_time_ns()
        done = list(work)
        self.spent[name] += time.thread_time_ns() - start
        return done


def copies(folders: list[Path], content: Path, files: int) -> int:
    """Fill a content folder with copies of the folders; the number of its files."""
    prefixes, count = [], 0
    own = sum(1 for folder in folders for _ in folder.rglob("*.md"))
    while count < files:
        prefixes.append(f"copy-{len(prefixes) + 1}")
        for folder in folders:
            for file in folder.rglob("*.md"):
                target = content / prefixes[-1] / folder.name / file.relative_to(folder)
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.read_bytes())
        count += own
    (content / "site.yaml").write_text(
        f"namespaces: {{{', '.join(f'{one}: /{one}/' for one in prefixes)}}}\n"
    )
    return count


def check_seconds(content: Path, cache: Path, jobs: int) -> tuple[float, str]:
    """Check in a fresh process: how long it took, and the closing line."""
    folders = ("--content", str(content), "--cache", str(cache), "--jobs", str(jobs))
    command = [sys.executable, "-P", "-m", "monograph_site", "check", *folders]
    start = time.perf_counter()
    done = subprocess.run(
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    took = time.perf_counter() - start
    if done.returncode not in (0, 1):  # 1: the content has errors
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return took, done.stderr.strip().splitlines()[-1]


def time_rules(folders: list[Path]) -> tuple[Stopwatch, int, int]:
    """Read all files of the folders once: the time of each rule, the time of everything, and the
    number of files."""
    watch, all_rules = Stopwatch(), rules.rules()

    def check(page: Any, asked: Iterable[str] = ()) -> Iterator[Any]:
        watch.timed("(prose, which rules share)", (page.prose, page.lower, page.lines))
        for one in all_rules:
            mark = _OPTIONAL if one.finding.optional else ""
            for fault in watch.timed(
                f"{one.finding.code} {one.finding.name}{mark}", one.check(page)
            ):
                yield one.finding.at(page.source.path, *fault)

    load.check = check  # type: ignore[assignment]
    config, everything, count = load_config(read_settings(folders[0]))[0], 0, 0
    for folder in folders:
        for file in sorted(folder.rglob("*.md")):
            content, path = (
                file.read_bytes(),
                f"{folder.name}/{file.relative_to(folder).as_posix()}",
            )
            start = time.thread_time_ns()
            source = decode(path, content).source
            if source:
                load.load_source(source, config)
            everything += time.thread_time_ns() - start
            count += 1
    return watch, everything, count


def time_site_rules(content: Path, cache: Path) -> Stopwatch:
    """Plan the large site once more from its cache: the time of each rule over all files."""
    watch = Stopwatch()

    def check(whole: Any, asked: Iterable[str] = ()) -> Iterator[Any]:
        for one in rules.site_rules():
            mark = _OPTIONAL if one.finding.optional else " (site)"
            for path, fault in watch.timed(
                f"{one.finding.code} {one.finding.name}{mark}", one.check(whole)
            ):
                yield one.finding.at(path, *fault)

    inspect.check_site = check  # type: ignore[assignment]
    options = Options(time.strftime("%Y-%m-%d"), content, ROOT / "templates", cache=cache)
    plan.plan_site(options, read_inputs(options), Cache(cache / "records"), Clock())
    return watch


def table(per_page: dict[str, float], reading: float) -> Iterator[str]:
    """Microseconds a page, the dearest first, and what they come to."""
    for name, spent in sorted(per_page.items(), key=lambda one: -one[1]):
        yield f"{name:<44}{spent:>9.1f} µs"
    total = usual(per_page)
    verdict = "less" if total < reading * THIRD else "MORE"
    yield f"\n{'all rules that are not optional':<44}{total:>9.1f} µs a page"
    yield f"{'reading':<44}{reading:>9.1f} µs a page"
    yield f"rules / reading = {total / reading:.2f}, {verdict} than a third"


def usual(per_page: dict[str, float]) -> float:
    """What the rules that nobody has to ask for take together."""
    return sum(spent for name, spent in per_page.items() if not name.endswith(_OPTIONAL))


def main() -> None:
    """Measure and print; status 1 where the rules take too long."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="content folders")
    parser.add_argument(
        "--files", type=int, default=10_000, help="files of the large site (default: 10,000)"
    )
    parser.add_argument(
        "--runs", type=int, default=7, help="runs with nothing changed (default: 7)"
    )
    parser.add_argument("--jobs", type=int, default=processors(), help="default: one a processor")
    given = parser.parse_args()
    folders = (
        given.folders
        or sorted(path for path in SHARED.glob("*") if path.is_dir())
        or [ROOT / "content"]
    )
    with tempfile.TemporaryDirectory(prefix="check-") as name:
        content, cache = Path(name) / "content", Path(name) / "cache"
        count = copies(folders, content, given.files)
        cold, said = check_seconds(content, cache, given.jobs)
        print(f"{count:,} files, cold: {cold:.1f} s\n{said}")
        again = [check_seconds(content, cache, given.jobs)[0] for _ in range(given.runs)]
        print(
            f"nothing changed: median {statistics.median(again):.3f} s ({min(again):.3f} - {max(again):.3f} s)\n"
        )
        across = time_site_rules(content, cache)
    watch, everything, pages = time_rules(folders)
    reading = (everything - watch.spent.total()) / pages / 1000
    per_page = {name: spent / pages / 1000 for name, spent in watch.spent.items()}
    per_page |= {name: spent / count / 1000 for name, spent in across.spent.items()}
    print("\n".join(table(per_page, reading)))
    sys.exit(usual(per_page) >= reading * THIRD)


if __name__ == "__main__":
    main()
