"""What do the safeguards cost a cold build? `python benchmarks/safeguards.py [FOLDER …]`.

A cold build runs in one process under cProfile, and the time in the functions of each safeguard is
added up. The shares are upper bounds: a profile makes small functions look slower than they are,
and the plain work that a safeguard replaces is counted as if it were free, except for opening
files, which is compared with `open`. Without a folder the corpus beside the repository is taken.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import ROOT, SHARED
from monograph_site import Options, build

OPENING = "files opened without following links"
SAFEGUARDS: dict[str, tuple[tuple[str, str], ...]] = {
    "characters of front matter": (("yaml_reader", "_clean"), ("yaml_reader", "_not_printable")),
    "citations linked before HTML is written": (("citations", "link_citations"),),
    "addresses and aliases": (
        ("collisions", "find_url_collisions"),
        ("collisions", "resolve_aliases"),
    ),
    "order of placing and removing": (
        ("publication", "_placement_order"),
        ("publication", "_removal_order"),
        ("publication", "_move_folders_away"),
    ),
    OPENING: (("files", "open_without_links"),),
}
"""Name of each safeguard, with the module and the name of its functions."""


def total_time(stats: Any, module: str, name: str) -> float:
    """Seconds in a function and all that it calls, added up over its definitions."""
    return sum(
        times[3]
        for (path, _, function), times in stats.items()
        if function == name and Path(path).stem == module
    )


def plain_opening(content: Path) -> float:
    """Seconds in which every content file is opened without a safeguard."""
    paths = [str(path) for path in content.rglob("*.md")]
    start = time.perf_counter()
    for path in paths:
        with open(path, "rb"):
            pass
    return time.perf_counter() - start


def profile_build(content: Path) -> Any:
    """The profile of a cold build with one worker: times by file, line and function."""
    profile = cProfile.Profile()
    with tempfile.TemporaryDirectory() as folder:
        output, cache = Path(folder, "build"), Path(folder, "cache")
        options = Options("2026-01-01", content, output=output, cache=cache, keep_going=True)
        profile.runcall(build, options)
    return pstats.Stats(profile)


def main() -> int:
    """Print a row for each safeguard of each folder."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path)
    named = parser.parse_args().folders
    shared = [SHARED / name for name in ("labelled", "sectioned")]
    for content in named or [folder for folder in shared if folder.is_dir()] or [ROOT / "content"]:
        profile = profile_build(content)
        stats, total = profile.stats, profile.total_tt
        print(f"\n{content.name}: {total:.1f} s under the profile")
        together = 0.0
        for title, functions in SAFEGUARDS.items():
            seconds = sum(total_time(stats, *function) for function in functions)
            if title == OPENING:
                seconds = max(0.0, seconds - plain_opening(content))
            together += seconds
            print(f"  {seconds / total:7.2%}  {title}")
        print(f"  {together / total:7.2%}  together")
    return 0


if __name__ == "__main__":
    sys.exit(main())
