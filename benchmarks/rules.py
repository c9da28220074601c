"""Processor time of each rule a page, in microseconds, with the number of its findings.

    python -m benchmarks.rules FOLDER [--every 10] [--top 30]

Every `--every`th file of a content folder is loaded, and the active rules check it one by one. The
row `(shared)` is what rules share of a page: its prose and words, and what it has that rules are
about. All is measured in a second round, when patterns are compiled.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from monograph_site import rules
from monograph_site.build import load, workers
from monograph_site.build.entries import LoadJob, load_file
from monograph_site.config import load_config, read_settings
from monograph_site.loader.draft import Draft
from monograph_site.model.finding import Finding

SHARED = "(shared)"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", type=int, default=10)
    parser.add_argument("--top", type=int, default=30)
    options = parser.parse_args()
    spent: Counter[str] = Counter()
    findings: Counter[str] = Counter()

    def check(page: Draft, optional: Iterable[str] = ()) -> Iterator[Finding]:
        start = time.thread_time_ns()
        _ = page.prose, page.words, rules.rules_about(page, optional)
        spent[SHARED] += time.thread_time_ns() - start
        for rule in rules.rules_about(page, optional):
            start = time.thread_time_ns()
            problems = list(rule.check(page))
            spent[rule.finding.name] += time.thread_time_ns() - start
            findings[rule.finding.name] += len(problems)
        return iter(())

    load.check = check  # type: ignore[attr-defined, assignment]
    config = load_config(read_settings(options.folder))[0]
    files = sorted(options.folder.rglob("*.md"))[:: options.every]
    workers.collect_seldom()
    for number, file in enumerate([*files, *files]):
        if number == len(files):  # what is compiled or cached once is not counted
            spent.clear()
            findings.clear()
        path = file.relative_to(options.folder).as_posix()
        load_file(LoadJob(path, file.read_bytes(), "", config))
    print(f"{sum(spent.values()) / 1000 / len(files):.0f} µs a page, {len(files)} pages")
    for name, nanoseconds in spent.most_common(options.top):
        print(f"{name:32}{nanoseconds / 1000 / len(files):8.1f}{findings[name]:8}")


if __name__ == "__main__":
    main()
