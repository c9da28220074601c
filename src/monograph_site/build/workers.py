"""Work in ordered, bounded batches, over any `concurrent.futures.Executor`.

Only `submit` and `result` are used and a batch carries everything a worker needs, so an executor of
a cluster fits as well as a pool of processes. Results come in the order of the items whatever
finished first; at most a few batches a worker are under way, so memory stays flat however many
items there are.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, TypeVar

from ..model.errors import WorkerCrashed

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future, ProcessPoolExecutor

Item = TypeVar("Item")


Result = TypeVar("Result")


SMALL = 24
"""Fewer items than this are done in this process: starting workers costs more than they save."""


_IN_FLIGHT = 3
"""Batches under way for each worker: one in work, one waiting, one on its way back."""


_KILL_WITH_PARENT = 1  # PR_SET_PDEATHSIG of Linux' prctl(2)


def default_jobs() -> int:
    """The processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else (os.cpu_count() or 1)


def run(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    jobs: int,
    batch_size: int = 16,
    executor: Executor | None = None,
) -> Iterator[Result]:
    """The results of `function` for each item, in the order of the items, as soon as they can be
    given.

    `function` must be importable by name and its items and results small enough to send. With
    `jobs` 1, or fewer than `SMALL` items, all happens in this process. What `function` raises is
    raised here; `WorkerCrashed` when a worker dies. A given `executor` is used as it is and left
    open. Close the iterator to give up the rest.
    """
    if jobs < 1 or batch_size < 1:
        raise ValueError(f"jobs and batch_size are at least 1, not {jobs!r} and {batch_size!r}")
    work = iter(items)
    if executor is not None:
        yield from _over(executor, function, work, jobs, batch_size)
        return
    first = list(islice(work, SMALL)) if jobs > 1 else []
    if len(first) < SMALL:
        yield from map(function, chain(first, work))
        return
    pool = processes(jobs)
    try:
        yield from _over(pool, function, chain(first, work), jobs, batch_size)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def processes(jobs: int, niceness: int = 0) -> ProcessPoolExecutor:
    """A pool of worker processes that die with this one and leave Ctrl-C to it; `niceness` is that
    of nice(1).

    They are forked where that is safe, since a forked worker has everything imported already (a
    spawned one needs half a second): on Linux, from a process with one thread. A fork copies the
    one thread that calls it and every lock in the state it happens to be in, so with more threads
    (a server's, a library's) workers are spawned instead.
    """
    # 10 ms that a build with nothing to do does not pay
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    context = get_context("fork" if _can_fork() else "spawn")
    return ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_start_worker, initargs=(os.getpid(), niceness)
    )


def _can_fork() -> bool:
    if sys.platform != "linux" or threading.active_count() != 1:
        return False
    try:
        return (
            len(os.listdir("/proc/self/task")) == 1
        )  # native threads too, which Python does not know of
    except OSError:
        return False


def collect_seldom() -> None:
    """Look for garbage after every 50,000 new objects, and never among those there are now.

    Records and tokens hold no cycles: looking for some after every 700 new objects took 7 % of a
    worker's time.
    """
    gc.freeze()
    gc.set_threshold(50_000)


def _start_worker(parent: int, niceness: int) -> None:
    """Runs first in each worker: without it, workers of a killed build would wait for work for
    ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)
    collect_seldom()
    if sys.platform == "linux":
        import ctypes  # only workers need it

        ctypes.CDLL(None).prctl(_KILL_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it died before it was watched
            os._exit(1)


def _over(
    executor: Executor,
    function: Callable[[Item], Result],
    items: Iterator[Item],
    jobs: int,
    batch_size: int,
) -> Iterator[Result]:
    from concurrent.futures import BrokenExecutor  # see `processes`

    waiting: deque[tuple[list[Item], Future[list[Result]]]] = deque()
    batch: list[Item] = []
    try:
        for batch in iter(lambda: list(islice(items, batch_size)), []):
            waiting.append((batch, executor.submit(_batch, function, batch)))
            if len(waiting) >= jobs * _IN_FLIGHT:
                batch, future = waiting.popleft()
                yield from future.result()
        while waiting:
            batch, future = waiting.popleft()
            yield from future.result()
    except BrokenExecutor as broken:
        raise WorkerCrashed(batch) from broken
    finally:
        for _, future in waiting:
            future.cancel()


def _batch(function: Callable[[Item], Result], items: list[Item]) -> list[Result]:
    return [function(item) for item in items]
