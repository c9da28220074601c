"""`--executor dask://…`: a real scheduler with two workers gives the bytes of a build without one,
also where a worker is killed meanwhile."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from msgspec.structs import replace

from helpers import HANG_SECONDS, run_cli, tree, wait_until
from monograph_site import Options, build
from monograph_site.build import cluster
from monograph_site.model.errors import UsageProblem

FILES = 120
TEXT = """\
---
title: Examplin {number}
description: A made-up medicine.
---

## Uses

Examplin {number} relieves pain. See [another](examplin-{other}.md).

## Dose

Take {number} mg once a day.

## Frequently asked questions

### Is it safe with food?

Yes.
"""


class Dask:
    """A scheduler and its workers, each a process."""

    def __init__(self, folder: Path, stack: ExitStack, threads: int = 1) -> None:
        self._folder, self._stack, self._threads = folder, stack, threads
        self._connection = folder / "scheduler.json"
        self._start("dask_scheduler", "--host=127.0.0.1", "--port=0", "--no-dashboard", "--no-show")
        wait_until(self._is_up, self._log)
        address = json.loads(self._connection.read_text())["address"]
        self.address = address.replace("tcp://", "dask://")
        self.workers: list[subprocess.Popen[bytes]] = []

    def add_worker(self) -> None:
        """Start a worker and wait until the scheduler knows it."""
        worker = self._start(
            "dask_worker",
            "--host=127.0.0.1",
            "--no-dashboard",
            "--no-nanny",
            f"--nthreads={self._threads}",
            f"--local-directory={self._folder}",
        )
        self.workers.append(worker)
        wait_until(lambda: self._log().count("Register worker") == len(self.workers), self._log)

    def _start(self, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{module}", *arguments]
        command.append(f"--scheduler-file={self._connection}")
        with open(self._folder / "log", "ab") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log)
        self._stack.callback(process.wait)
        self._stack.callback(process.kill)
        return process

    def _is_up(self) -> bool:
        return self._connection.exists() and "address" in self._connection.read_text()

    def _log(self) -> str:
        return re.sub(r"\s+", " ", (self._folder / "log").read_text(errors="replace"))


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    """A scheduler with two workers."""
    with ExitStack() as stack:
        result = Dask(tmp_path_factory.mktemp("dask"), stack)
        result.add_worker()
        result.add_worker()
        yield result


@pytest.fixture
def options(tmp_path: Path) -> Options:
    """A site of many small pages."""
    content = tmp_path / "content"
    (content / "drugs").mkdir(parents=True)
    for number in range(FILES):
        text = TEXT.format(number=number, other=(number + 1) % FILES)
        (content / "drugs" / f"examplin-{number}.md").write_text(text, encoding="utf-8")
    return Options(
        "2026-01-31", content, tmp_path / "none", tmp_path / "build", tmp_path / "cache", jobs=1
    )


def built(options: Options) -> dict[str, bytes]:
    """The files of a site that a build of this process alone gives."""
    alone = replace(
        options,
        output=options.output / "../alone",
        cache=options.cache / "../of-alone",
        executor="",
    )
    assert build(alone).published
    return tree(alone.output)


def test_the_bytes_are_those_of_a_build_without_it(options: Options, dask: Dask) -> None:
    summary = build(replace(options, executor=dask.address))
    assert summary.published
    assert len(summary.rendered) > FILES
    assert tree(options.output) == built(options)


@pytest.mark.parametrize("stage", ["reading", "rendering"])
def test_a_killed_worker_costs_nothing(options: Options, dask: Dask, stage: str) -> None:
    dask.add_worker()
    cluster.connect.cache_clear()
    victim = dask.workers[-1]
    killed = threading.Event()

    def kill_once(name: str, count: int, total: int) -> None:
        if name == stage and not killed.is_set():
            killed.set()
            os.kill(victim.pid, signal.SIGKILL)
            victim.wait(HANG_SECONDS)

    assert build(replace(options, executor=dask.address), progress=kill_once).published
    assert killed.is_set()
    assert tree(options.output) == built(options)


@pytest.mark.parametrize("address", ["10.0.0.5:8786", "tcp://10.0.0.5:8786", "dask://", "dask"])
def test_another_address_is_refused(options: Options, address: str) -> None:
    with pytest.raises(UsageProblem, match="write dask://HOST:PORT"):
        build(replace(options, executor=address))


def test_no_scheduler_is_one_line(options: Options) -> None:
    arguments = ["build", "--content", options.content, "--executor", "dask://127.0.0.1:1"]
    result = run_cli(*arguments, cwd=options.content.parent)
    assert result.returncode == 2
    assert "no Dask scheduler answers at 127.0.0.1:1" in result.stderr
    assert "Traceback" not in result.stderr


def test_workers_must_be_able_to_give_the_same_bytes(options: Options, tmp_path: Path) -> None:
    with ExitStack() as stack:
        dask = Dask(tmp_path, stack, threads=2)
        asked = replace(options, executor=dask.address)
        with pytest.raises(UsageProblem, match="has no workers"):
            build(asked)
        dask.add_worker()
        with pytest.raises(UsageProblem, match="several threads"):
            build(asked)
