"""How long does Markdown take to read, by each engine? `python benchmarks/engines.py [FOLDER …]`.

Every round reads all files of a folder (without their front matter) first by the reference engine
alone, then as a build does: by the fast engine, and by the reference engine what that hands back.
Given are the medians of the rounds in milliseconds of processor time a page, the median of the
ratios of the rounds, and the part of the files that the fast engine handed back. Without a folder
the corpus beside the repository is read, else this repository's own content.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path

from bench import ROOT, SHARED

sys.path.insert(0, str(ROOT / "src"))

from monograph_site.markdown import reference
from monograph_site.markdown.parser import parse


def bodies(folder: Path) -> list[str]:
    """The Markdown of all files of a folder."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.md")))
    return [text.split("\n---\n", 1)[-1] if text.startswith("---\n") else text for text in texts]


def milliseconds(texts: list[str], by_reference: bool) -> float:
    """Processor time a page."""
    start = time.thread_time_ns()
    for text in texts:
        parse(text, by_reference=by_reference)
    return (time.thread_time_ns() - start) / 1e6 / len(texts)


def handed_back(texts: list[str]) -> int:
    """How many texts the fast engine leaves to the reference engine."""
    read, count = reference.read, 0
    for text in texts:
        asked: list[str] = []
        reference.read = lambda *rest, asked=asked: asked.append(rest[0]) or read(*rest)
        parse(text)
        count += bool(asked)
    reference.read = read
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    corpus = [SHARED / "labelled", SHARED / "sectioned"]
    default = corpus if SHARED.is_dir() else [ROOT / "content"]
    for folder in options.folders or default:
        texts = bodies(folder)
        rounds = [
            (milliseconds(texts, True), milliseconds(texts, False)) for _ in range(options.rounds)
        ]
        slow, fast = (statistics.median(column) for column in zip(*rounds, strict=True))
        ratio = statistics.median(after / before for before, after in rounds)
        left = handed_back(texts)
        print(
            f"{folder.name}: reference {slow:.3f} ms, as built {fast:.3f} ms a page "
            f"(ratio {ratio:.2f}); handed back {left:,} of {len(texts):,} ({left / len(texts):.1%})"
        )


if __name__ == "__main__":
    main()
