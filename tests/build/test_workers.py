"""Work in batches: the same results with any executor, in order, and a clear error where a worker
dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from helpers import wait_until
from monograph_site.build import workers
from monograph_site.build.workers import run_in_workers, start_beside
from monograph_site.model.errors import WorkerCrashed


def square(number: int) -> int:
    return number * number


def where(_: int) -> int:
    return os.getpid()


def die_at_thirty(number: int) -> int:
    if number == 30:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def refuse_seven(number: int) -> int:
    if number == 7:
        raise ValueError("seven")
    return number


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 23, 24, 100])
def test_results_have_the_order_of_the_items(jobs: int, count: int) -> None:
    assert list(run_in_workers(square, range(count), jobs=jobs, batch_size=7)) == [
        n * n for n in range(count)
    ]


def test_few_items_are_done_in_this_process() -> None:
    assert set(run_in_workers(where, range(workers.MIN_ITEMS - 1), jobs=4)) == {os.getpid()}
    assert os.getpid() not in set(
        run_in_workers(where, range(workers.MIN_ITEMS), jobs=2, batch_size=4)
    )


class Page(NamedTuple):
    path: str


def die_at_one_page(page: Page) -> str:
    if page.path == "30.md":
        os.kill(os.getpid(), signal.SIGKILL)
    return page.path


def test_a_file_that_kills_its_worker_twice_is_named() -> None:
    crashes: list[WorkerCrashed] = []
    pages = [Page(f"{number}.md") for number in range(64)]
    results = run_in_workers(die_at_one_page, pages, jobs=2, batch_size=4, on_crash=crashes.append)
    seen: list[str] = []
    with pytest.raises(WorkerCrashed, match=r"died while it worked on 30\.md\."):
        seen.extend(results)
    assert seen == [page.path for page in pages[:30]]
    assert [page in crashes[0].items for page in pages[28:32]] == [True] * 4


def test_the_work_of_a_killed_worker_is_done_again(tmp_path: Path) -> None:
    """Every result is there once, in order, though a worker was killed in the middle."""
    crashes: list[WorkerCrashed] = []
    results = run_in_workers(
        DieOnce(tmp_path / "died"), range(200), jobs=2, batch_size=4, on_crash=crashes.append
    )
    assert list(results) == [number * number for number in range(200)]
    (crash,) = crashes
    assert 30 in crash.items
    assert len(crash.items) <= 2 * workers.BATCHES_PER_WORKER * 4


@pytest.mark.parametrize(("count", "calls"), [(workers.MIN_ITEMS - 1, 0), (200, 1)])
def test_what_workers_need_is_imported_before_they_start(count: int, calls: int) -> None:
    if not workers._can_fork():
        pytest.skip("another test has left threads in this process, so workers are not forked")
    imported: list[int] = []
    results = run_in_workers(
        lambda _: len(imported), range(count), jobs=2, before_start=lambda: imported.append(1)
    )
    assert set(results) == {calls}
    assert len(imported) == calls


@dataclass
class DieOnce:
    """Kills its process at the number thirty, unless it has done so already."""

    mark: Path

    def __call__(self, number: int) -> int:
        if number == 30 and not self.mark.exists():
            self.mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return number * number


def test_an_executor_that_breaks_is_reported() -> None:
    pool = workers.start_processes(2)
    assert pool is not None
    with pool, pytest.raises(WorkerCrashed, match=r"a worker process died.*--jobs 1"):
        list(run_in_workers(die_at_thirty, range(64), jobs=2, batch_size=4, executor=pool))


@pytest.mark.parametrize("jobs", [1, 2])
def test_errors_of_the_function_are_raised(jobs: int) -> None:
    with pytest.raises(ValueError, match="seven"):
        list(run_in_workers(refuse_seven, range(64), jobs=jobs, batch_size=4))


def test_items_are_read_only_as_fast_as_results_are_used() -> None:
    read = 0

    def items() -> Iterator[int]:
        nonlocal read
        while read < 1000:
            read += 1
            yield read

    results = run_in_workers(square, items(), jobs=2, batch_size=4)
    for _ in range(10):
        next(results)
    assert read <= workers.MIN_ITEMS + 10 + 2 * 3 * 4 + 4
    results.close()  # type: ignore[attr-defined]


def test_any_executor_can_be_used() -> None:
    with ThreadPoolExecutor(2) as threads:
        assert list(run_in_workers(square, range(50), jobs=2, batch_size=3, executor=threads)) == [
            n * n for n in range(50)
        ]
        assert threads.submit(square, 3).result() == 9, "a given executor is left open"


def test_an_executor_needs_submit_and_result_only() -> None:
    class Plain(Executor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_result(fn(*args, **kwargs))
            return future

    assert list(run_in_workers(square, range(40), jobs=1, executor=Plain())) == [
        n * n for n in range(40)
    ]


def test_a_process_with_threads_does_not_fork() -> None:
    with ThreadPoolExecutor(1) as threads:
        threads.submit(square, 1).result()
        assert not workers._can_fork()


@pytest.mark.parametrize(("jobs", "batch_size"), [(0, 1), (1, 0)])
def test_numbers_below_one_are_refused(jobs: int, batch_size: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        list(run_in_workers(square, [1], jobs=jobs, batch_size=batch_size))


@pytest.mark.skipif(sys.platform != "linux", reason="the parent's death is watched with prctl(2)")
def test_workers_die_with_the_build(tmp_path: Path) -> None:
    script = (
        "import os, time, sys\n"
        "from monograph_site.build.workers import run_in_workers\n"
        "def slow(n):\n"
        f"    open(os.path.join({str(tmp_path)!r}, str(os.getpid())), 'w').close()\n"
        "    time.sleep(600)\n"
        "for _ in run_in_workers(slow, range(64), jobs=2, batch_size=1): pass\n"
    )
    build = subprocess.Popen([sys.executable, "-c", script])
    try:
        wait_until(lambda: len(list(tmp_path.iterdir())) == 2)
    finally:
        build.kill()
        build.wait()
    workers = [int(path.name) for path in tmp_path.iterdir()]
    wait_until(lambda: not any(_alive(worker) for worker in workers))


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    except OSError:
        return False


def test_a_function_beside_gives_its_result_from_another_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Another test may have left threads in this process; the function needs none of their locks.
    monkeypatch.setattr(workers, "_can_fork", lambda: True)
    result = start_beside(lambda: str(os.getpid()).encode(), jobs=2)
    assert int(result()) != os.getpid()
    assert start_beside(lambda: str(os.getpid()).encode(), jobs=1)() == str(os.getpid()).encode()


def test_a_function_beside_that_fails_or_is_killed_is_called_here() -> None:
    parent = os.getpid()

    def die_elsewhere() -> bytes:
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"here"

    def fail() -> bytes:
        raise ValueError("no")

    assert start_beside(die_elsewhere, jobs=2)() == b"here"
    with pytest.raises(ValueError, match="no"):
        start_beside(fail, jobs=2)()


def test_a_large_result_comes_from_beside() -> None:
    assert len(start_beside(lambda: b"x" * 3_000_000, jobs=2)()) == 3_000_000
