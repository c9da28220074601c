"""Builds of a site with many pictures: `python benchmarks/pictures.py --pictures 10000`.

Prints the seconds of a cold build, of one in which nothing changed and of one after one picture
was edited, each with the memory of the largest process.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PIL import Image, ImageDraw

PER_PAGE = 20


def draw(path: Path, number: int, size: tuple[int, int], shift: int = 0) -> None:
    """A photograph-like picture that differs from all others."""
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    pen = ImageDraw.Draw(picture)
    top = (number + shift) // size[0]
    for line in range(40):
        place = (number + line * 91 + shift) % size[0]
        pen.line((place, top, size[0] - place, size[1]), fill=(line * 6, place % 256, 99), width=3)
    picture.save(path, quality=85)


def write_site(root: Path, count: int, size: tuple[int, int]) -> None:
    """A page for every `PER_PAGE` pictures, which are in a folder of their own."""
    (root / "content/drugs").mkdir(parents=True)
    (root / "content/img").mkdir()
    for number in range(count):
        draw(root / f"content/img/p{number}.jpg", number, size)
    for page in range(0, count, PER_PAGE):
        shown = range(page, min(page + PER_PAGE, count))
        pictures = "\n\n".join(f"![Picture {number}](../img/p{number}.jpg)" for number in shown)
        text = f"---\ntitle: Examplin {page}\n---\n## Uses\n\n{pictures}\n"
        (root / f"content/drugs/examplin-{page}.md").write_text(text, encoding="utf-8")


def run(root: Path, name: str, jobs: int) -> None:
    """Build once, and print what it took."""
    command = (sys.executable, "-m", "monograph_site", "build", "--keep-going", "--jobs", str(jobs))
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE)
    assert process.stdout is not None
    summary = process.stdout.read().decode().strip().splitlines()[-1]
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds, processor = time.perf_counter() - start, usage.ru_utime + usage.ru_stime
    print(f"{name:10} {seconds:7.1f} s  {processor:7.1f} s of processor  ", end="")
    print(f"{usage.ru_maxrss / 1024:6.0f} MB  {summary}", flush=True)


def main() -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=1000)
    parser.add_argument("--width", type=int, default=800)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        size = (given.width, given.width * 5 // 8)
        write_site(root, given.pictures, size)
        run(root, "cold", given.jobs)
        run(root, "unchanged", given.jobs)
        draw(root / "content/img/p0.jpg", 0, size, given.pictures)
        run(root, "one edited", given.jobs)


if __name__ == "__main__":
    main()
