"""Does a preview last a working day? `python benchmarks/endurance.py edits --count 10000` and
`python benchmarks/endurance.py day --hours 24`.

`edits` saves one file after another in one session, asks for its page after each save, and measures
the memory of the process: it must not grow in the last third.

`day` runs `serve` and saves files the way five editors do it: by rename, in place, with a swap file
and a backup, by `git checkout`, and as a sync client does. At the end every served file must have
the bytes of a clean build. An hour has `SAVES_PER_HOUR` saves; no time is waited for between them.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from monograph_site.build.options import Options
from monograph_site.build.output import MANIFEST
from monograph_site.build.pipeline import build
from monograph_site.preview.session import Session

FILES = 30
SAVES_PER_HOUR = 60
MAX_GROWTH = 0.1
"""The part by which memory may grow in the last third, when the store of pages is full."""
AGREEMENT_SECONDS = 120
"""Seconds in which the preview has to show the last save."""
_TAG = re.compile(rb'<script src="/_dev/live\.js\?[0-9a-f]{32}" defer></script>\n')


def text(number: int, word: str) -> str:
    """An invented monograph with a word in it."""
    return (
        f"---\ntitle: Lastin {number}\nprovenance: {{origin: human}}\n---\n\n## Uses\n\nFor {word}.\n\n"
        f"## Dosage\n\nOne tablet. See [another](lastin-{(number + 1) % FILES}.md).\n\n"
        f"## FAQs\n\n### Is it safe?\n\nAs {word}.\n"
    )


def resident() -> float:
    """Megabytes of memory that this process holds (Linux)."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def edits(root: Path, count: int) -> bool:
    """Save `count` times in one session. Whether every page was right and memory did not grow."""
    drugs = root / "content" / "drugs"
    drugs.mkdir(parents=True)
    for number in range(FILES):
        (drugs / f"lastin-{number}.md").write_text(text(number, "a start"), "utf-8")
    folders = (root / name for name in ("content", "templates", "build", "cache"))
    session = Session(Options("2025-06-30", *folders))
    session.start()
    session.wait_until_loaded()
    memory, wrong, start = [resident()], 0, time.monotonic()
    for save in range(1, count + 1):
        number, word = save % FILES, f"word-{save}"
        path = drugs / f"lastin-{number}.md"
        beside = path.with_name(".new")
        beside.write_text(text(number, word), "utf-8")
        os.replace(beside, path)
        session.refresh([path])
        answer = session.answer(f"drugs/lastin-{number}/index.html")
        wrong += answer is None or word.encode() not in answer.content
        if save % max(1, count // 10) == 0:
            memory.append(resident())
    session.close()
    late, end = memory[len(memory) * 2 // 3], memory[-1]
    steps = ", ".join(f"{value:.0f}" for value in memory)
    print(f"{count:,} edits in {time.monotonic() - start:.0f} s, {wrong} wrong pages")
    print(f"memory: {steps} MB; {(end - late) / late:+.1%} in the last third")
    return not wrong and end <= late * (1 + MAX_GROWTH)


class Editors:
    """Five ways to save a file of a git repository."""

    def __init__(self, root: Path) -> None:
        self.root, self.drugs = root, root / "content" / "drugs"
        self.chance = random.Random(1)
        self.drugs.mkdir(parents=True)
        for number in range(FILES):
            self._path(number).write_text(text(number, "a start"), "utf-8")
        self._git("init", "-q", "-b", "main")
        self._git("add", "content")
        self._commit("start")
        self.ways: list[Callable[[Path, str], None]] = [
            self.rename, self.in_place, self.swap_file, self.checkout, self.sync_client,
        ]  # fmt: skip

    def save(self, number: int) -> None:
        """Save a file in one of the ways."""
        file = self.chance.randrange(FILES)
        self.chance.choice(self.ways)(self._path(file), text(file, f"word-{number}"))

    def rename(self, path: Path, content: str) -> None:
        """A new file takes the place of the old one."""
        beside = path.with_name(f".{path.name}.tmp")
        beside.write_text(content, "utf-8")
        os.replace(beside, path)

    def in_place(self, path: Path, content: str) -> None:
        """The file is emptied and written in two parts."""
        with path.open("w", encoding="utf-8") as file:
            file.write(content[:40])
            file.flush()
            file.write(content[40:])

    def swap_file(self, path: Path, content: str) -> None:
        """As vim does: a swap file while the text is edited, and the old file as a backup."""
        swap, backup = path.with_name(f".{path.name}.swp"), path.with_name(f"{path.name}~")
        swap.write_bytes(b"b0VIM 9.0")
        path.rename(backup)
        path.write_text(content, "utf-8")
        backup.unlink()
        swap.unlink()

    def checkout(self, path: Path, content: str) -> None:
        """A change on another branch is checked out, and most often kept."""
        self._git("add", "-A", "content")
        self._commit("before")
        self._git("checkout", "-q", "-B", "other")
        path.write_text(content, "utf-8")
        self._path(self.chance.randrange(FILES)).write_text(text(0, "a branch"), "utf-8")
        self._git("add", "-A", "content")
        self._commit("other")
        self._git("checkout", "-q", "main")
        if self.chance.random() < 0.7:
            self._git("merge", "-q", "other")

    def sync_client(self, path: Path, content: str) -> None:
        """The file is taken away and comes back with the time at which it was written elsewhere."""
        beside = path.with_name(f".~{path.name}.part")
        beside.write_text(content, "utf-8")
        earlier = time.time() - self.chance.randrange(1, 100_000)
        os.utime(beside, (earlier, earlier))
        path.unlink()
        os.replace(beside, path)

    def _path(self, number: int) -> Path:
        return self.drugs / f"lastin-{number}.md"

    def _git(self, *arguments: str) -> None:
        author = ("-c", "user.name=Editor", "-c", "user.email=editor@site.example")
        subprocess.run(["git", *author, *arguments], cwd=self.root, check=True, capture_output=True)

    def _commit(self, message: str) -> None:
        self._git("commit", "-q", "--allow-empty", "-m", message)


def served(address: str, path: str) -> bytes:
    """What the preview answers for a file of the site, without the tag of the preview."""
    url = f"{address}/{quote(path).removesuffix('index.html')}"
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            content: bytes = answer.read()
    except urllib.error.HTTPError as error:
        content = error.read()
    return _TAG.sub(b"", content)


def day(root: Path, hours: int) -> bool:
    """Save for so many hours of a simulated day. Whether served is built at the end."""
    editors, start = Editors(root), time.monotonic()
    command = [sys.executable, "-m", "monograph_site", "serve", "--port", "0"]
    with subprocess.Popen(
        [*command, "--as-of", "2025-06-30"], cwd=root, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stderr
            match = re.search(r"http://\S+:\d+", server.stderr.readline())
            assert match, "the server did not start"
            lines: list[str] = []
            reader = threading.Thread(target=lambda: lines.extend(server.stderr or ()), daemon=True)
            reader.start()  # what the server says must not fill the pipe
            for number in range(hours * SAVES_PER_HOUR):
                editors.save(number)
                if editors.chance.random() < 0.2:
                    served(match[0], f"drugs/lastin-{number % FILES}/index.html")
            folders = (root / name for name in ("content", "templates", "build", "clean-cache"))
            build(Options("2025-06-30", *folders, base_url="/", keep_going=True))
            files = {
                path.relative_to(root / "build").as_posix(): path.read_bytes()
                for path in (root / "build").rglob("*")
                if path.is_file() and path.name != MANIFEST
            }
            different, until = sorted(files), time.monotonic() + AGREEMENT_SECONDS
            while different and time.monotonic() < until:
                different = [path for path in different if served(match[0], path) != files[path]]
        finally:
            server.terminate()
            server.wait(60)
            reader.join(60)
    faults = [line for line in lines if "Traceback" in line]
    print(f"{hours} hours, {hours * SAVES_PER_HOUR:,} saves in {time.monotonic() - start:.0f} s")
    print(f"{len(files)} files served; different from a clean build: {different or 'none'}")
    print(f"tracebacks: {len(faults)}")
    return not different and not faults


def main() -> None:
    """Run one of the two in an empty folder; the status is 1 where something was wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    kinds = parser.add_subparsers(dest="kind", required=True)
    kinds.add_parser("edits").add_argument("--count", type=int, default=10_000)
    kinds.add_parser("day").add_argument("--hours", type=int, default=24)
    given = parser.parse_args()
    root = Path(tempfile.mkdtemp())
    try:
        is_good = edits(root, given.count) if given.kind == "edits" else day(root, given.hours)
    finally:
        shutil.rmtree(root)
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
