"""Does the preview server stand a thousand requests a second while files are edited? `python
benchmarks/serve_load.py`.

The server runs in a process of its own on a copy of a formulary (this repository's own content
unless `--content` names another), and this process asks it, over a few connections that stay open,
for pages picked at random. Every edit puts the same new word into all places of one page, so a page
that holds two different words was served half-built. Every tenth of a second a file is edited; now
and then one is broken and mended.

Memory is the server's resident set (Linux: /proc/PID/status), with its workers', sampled each
second. The processor's time of the server tells what it could stand on a machine of its own.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EDITED = 20
"""Files that are edited, in turn."""
WORD = re.compile(rb"marked-word-(\d+)")


def edited(number: int, word: int) -> str:
    """An invented monograph with a word in all its parts."""
    mark = f"marked-word-{word}"
    return (
        f"---\ntitle: Loadin {number}\n---\n\n## Uses\n\nFor {mark}.\n\n## Dosage\n\nOne {mark} a day.\n\n"
        f"## Side effects\n\n- {mark}\n\n## FAQs\n\n### Is it safe?\n\nAs {mark}.\n"
    )


class Load:
    """The requests of some seconds, and what came of them."""

    def __init__(self, port: int, paths: list[str], rate: int, seconds: float) -> None:
        self.port, self.paths, self.rate = port, paths, rate
        self.start = time.monotonic()
        self.until = self.start + seconds
        self.statuses: Counter[int] = Counter()
        self.faults: Counter[str] = Counter()
        self.times: list[float] = []

    async def run(self, connections: int) -> None:
        """Ask at the rate, evenly divided over the connections."""
        await asyncio.gather(
            *(
                self._ask(connections / self.rate, number / self.rate)
                for number in range(connections)
            )
        )

    async def _ask(self, pause: float, first: float) -> None:
        await asyncio.sleep(first)
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        due = time.monotonic()
        while due < self.until:
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            path, start = random.choice(self.paths), time.perf_counter()
            writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            try:
                head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 10)
                length = re.search(rb"content-length: (\d+)", head)
                body = await reader.readexactly(int(length[1]) if length else 0)
            except (OSError, EOFError, TimeoutError) as problem:
                self.faults[type(problem).__name__] += 1
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
                continue
            self.times.append(time.perf_counter() - start)
            status = int(head[9:12])
            self.statuses[status] += 1
            if status == 200:
                self._look(path, body)
            elif self.statuses[status] <= 10:
                print(f"{status} for {path} after {time.monotonic() - self.start:.1f} s")
            due += pause
        writer.close()

    def _look(self, path: str, body: bytes) -> None:
        """A page must be whole, and of one edit only."""
        words = set(WORD.findall(body))
        if path.startswith("/drugs/loadin-") and len(words) != 1:
            self.faults[f"{len(words)} edits on one page"] += 1
        if path.endswith("/") and not (b"</html>" in body and body.startswith(b"<!doctype html>")):
            self.faults["cut off"] += 1


def memory(server: int) -> float:
    """Megabytes that the server and its workers hold."""
    total = 0.0
    for process in (server, *_children(server)):
        try:
            status = Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace")
        except OSError:
            continue
        found = re.search(r"VmRSS:\s+(\d+)", status)
        total += int(found[1]) / 1024 if found else 0
    return total


def processor(server: int) -> float:
    """Seconds of a processor that the server itself has used."""
    numbers = Path(f"/proc/{server}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK")


def _children(process: int) -> list[int]:
    found = subprocess.run(
        ["pgrep", "-P", str(process)], capture_output=True, text=True, check=False
    ).stdout.split()
    return [child for one in map(int, found) for child in (one, *_children(one))]


async def edit(content: Path, until: float) -> int:
    """Save a file every tenth of a second, whole and by rename; every fiftieth time it is a faulty
    one."""
    count = 0
    while time.monotonic() < until:
        count += 1
        target = content / "drugs" / f"loadin-{count % EDITED}.md"
        beside = target.with_name(".new")
        has_errors = count % 50 == 0
        beside.write_text(
            "---\ntitle: [\n---\n" if has_errors else edited(count % EDITED, count),
            encoding="utf-8",
        )
        os.replace(beside, target)
        await asyncio.sleep(0.1)
    return count


async def watch_memory(server: int, until: float) -> list[float]:
    """The memory of each second."""
    found = []
    while time.monotonic() < until:
        found.append(memory(server))
        await asyncio.sleep(1)
    return found


async def measure(
    server: int, port: int, content: Path, rate: int, seconds: float, connections: int
) -> bool:
    """Load the server and say what happened; True where nothing went wrong."""
    pages = sorted(
        path.relative_to(content).with_suffix("").as_posix() for path in content.rglob("*.md")
    )
    paths = [f"/{page}/" for page in random.Random(1).sample(pages, min(len(pages), 500))]
    paths += [f"/drugs/loadin-{number}/" for number in range(EDITED)] * 5 + [
        "/",
        "/a-z/",
        "/drugs/",
        "/_dev/live.js",
    ]
    paths = [path.removeprefix("/pages") for path in paths]
    load = Load(port, paths, rate, seconds)
    start, before = time.monotonic(), processor(server)
    _, edits, used = await asyncio.gather(
        load.run(connections), edit(content, load.until), watch_memory(server, load.until)
    )
    took = time.monotonic() - start
    times = sorted(load.times)
    print(
        f"{len(times):,} answers in {took:.1f} s: {len(times) / took:,.0f} a second; {edits} edits"
    )
    print(f"statuses {dict(load.statuses)}, faults {dict(load.faults) or 'none'}")
    middle, high = times[len(times) // 2], times[int(len(times) * 0.99)]
    print(
        f"answer time: median {middle * 1000:.1f} ms, 99th percentile {high * 1000:.1f}, most {times[-1] * 1000:.0f}"
    )
    cost = (processor(server) - before) / len(times)
    print(
        f"processor time: {cost * 1e6:.0f} µs an answer, edits and all: {1 / cost:,.0f} a second at most"
    )
    tenth = max(1, len(used) // 10)
    early, late = sum(used[tenth : 2 * tenth]) / tenth, sum(used[-tenth:]) / tenth
    print(f"memory: {used[0]:.0f} MB at first, {early:.0f} MB after a tenth of the time, {late:.0f} MB at the end, "
          f"{max(used):.0f} MB at most")  # fmt: skip
    return not load.faults and set(load.statuses) == {200}


def main() -> None:
    """Start a server on a copy, load it, stop it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--content", type=Path, default=ROOT / "content")
    parser.add_argument("--rate", type=int, default=1000, help="requests a second")
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--connections", type=int, default=16)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        content = Path(name) / "content"
        shutil.copytree(given.content, content)
        (content / "site.yaml").unlink(missing_ok=True)
        (content / "drugs").mkdir(exist_ok=True)
        for number in range(EDITED):
            (content / "drugs" / f"loadin-{number}.md").write_text(
                edited(number, 0), encoding="utf-8"
            )
        command = [sys.executable, "-m", "monograph_site", "serve", "--port", "0"]
        with subprocess.Popen(command, cwd=name, stderr=subprocess.PIPE, text=True) as server:
            assert server.stderr
            address = re.search(r":(\d+)/", server.stderr.readline())
            if not address:
                sys.exit("the server did not start")
            loop = asyncio.new_event_loop()
            loop.run_in_executor(None, server.stderr.read)  # what it says must not fill the pipe
            time.sleep(1)
            good = loop.run_until_complete(
                measure(
                    server.pid,
                    int(address[1]),
                    content,
                    given.rate,
                    given.seconds,
                    given.connections,
                )
            )
            start = time.monotonic()
            server.send_signal(signal.SIGINT)
            server.wait(10)
            print(
                f"ended {time.monotonic() - start:.2f} s after Ctrl-C with status {server.returncode}"
            )
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
