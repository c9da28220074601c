"""Work done in batches by an executor of `concurrent.futures`, with results in order.

A batch carries everything a worker needs, and only `submit` and `result` are used, so the executor
of a cluster serves as well as a pool of processes. Results come in the order of the items,
whichever is finished first. Each worker has only a few batches at a time, so memory use does not
grow with the number of items.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from ..model.errors import WorkerCrashed
from ..regex import save_compiled

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future, ProcessPoolExecutor

    from .cluster import Cluster

Item = TypeVar("Item")
Result = TypeVar("Result")

MIN_ITEMS = 24
"""Fewer items than this are done in this process: starting workers takes longer than they save."""
BATCHES_PER_WORKER = 3
"""Batches submitted for each worker at a time: one in work, one waiting, one on its way back."""
COLLECT_AFTER = 50_000
"""New objects after which a process looks for garbage that reads or renders pages."""
COLLECT_RARELY = 500_000
"""The same for one that plans: nearly all of its objects are in use to the end."""
_PR_SET_PDEATHSIG = 1
"""Option of prctl(2) on Linux: the signal a process gets when its parent dies."""


def default_jobs() -> int:
    """The number of processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else (os.cpu_count() or 1)


def cluster_at(address: str) -> Cluster | None:
    """The cluster at an address (see `cluster.connect`, which raises UsageProblem); None for ''."""
    if not address:
        return None
    from .cluster import connect  # only where one is asked for

    return connect(address)


def run_in_workers(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    jobs: int,
    batch_size: int = 16,
    executor: Executor | None = None,
    on_crash: Callable[[WorkerCrashed], None] = lambda _: None,
    before_start: Callable[[], object] = lambda: None,
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[Result]:
    """The result of `function` for each item, in the order of the items, as soon as it is known.

    Items and results are pickled, and so is `function` where workers are not forked: once a worker.
    With `jobs` 1, or with fewer than `MIN_ITEMS` items, everything happens in this process. An
    `executor` given is used instead, and stays open. Close the iterator to cancel the rest.

    Before processes are started, `before_start` is called: what it imports, forked workers share.
    While they have work, `meanwhile` is called each time before this process waits for them.
    Where a worker process dies, `on_crash` is called, and the items in work are done again, each
    alone. Raises what `function` raises, and WorkerCrashed where a process dies again, or one of
    the `executor`.
    """
    if jobs < 1 or batch_size < 1:
        raise ValueError(f"jobs and batch_size must be at least 1, not {jobs!r} and {batch_size!r}")
    remaining = iter(items)
    if executor is not None:
        batch_function = partial(_run_batch, function)
        yield from _submit_all(executor, batch_function, remaining, jobs, batch_size)
        return
    first = list(islice(remaining, MIN_ITEMS)) if jobs > 1 else []
    if len(first) < MIN_ITEMS:
        yield from map(function, chain(first, remaining))
        return
    remaining = chain(first, remaining)
    before_start()
    while True:
        try:
            yield from _run_in_processes(function, remaining, jobs, batch_size, meanwhile)
            return
        except WorkerCrashed as crash:
            on_crash(crash)
            interrupted: tuple[Any, ...] = crash.items
        for item in interrupted:
            yield from _run_in_processes(function, iter((item,)), 1, 1)


def _run_in_processes(
    function: Callable[[Item], Result],
    items: Iterator[Item],
    jobs: int,
    batch_size: int,
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[Result]:
    """The results, from processes that live as long as that takes. Raises WorkerCrashed with all
    items of which there is no result yet; the rest stays in the iterator."""
    pool = start_processes(jobs, function=function)
    if pool is None:
        yield from map(function, items)
        return
    try:
        yield from _submit_all(pool, _run_own_batch, items, jobs, batch_size, meanwhile)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class Awaited(Protocol):
    """Waits for the result of a function that runs in another process."""

    def __call__(self, meanwhile: Iterable[object] = ()) -> bytes:
        """The result. Until it is there, one after another of `meanwhile` is asked for: each a
        small step of work that this process may need later, or may not."""


def start_beside(function: Callable[[], bytes], *, jobs: int) -> Awaited:
    """Start a function in a forked process of its own; what is returned waits for its result.

    With `jobs` 1, where it is not safe to fork, and where the process fails, the function is called
    in this process when the result is asked for, and raises what it raises. It has no effect but
    its result: it may run twice.
    """

    def here(meanwhile: Iterable[object] = ()) -> bytes:
        return function()

    if jobs < 2 or not _can_fork():
        return here
    try:
        reading, writing = os.pipe()
        child = os.fork()
    except OSError:  # no room for another process
        return here
    if child == 0:
        status = 1
        try:
            os.close(reading)
            collect_seldom(COLLECT_RARELY)
            with open(writing, "wb") as pipe:
                pipe.write(function())
            status = 0
            save_compiled()
        finally:
            os._exit(status)  # without a traceback: this function fails again in the parent
    os.close(writing)

    def result(meanwhile: Iterable[object] = ()) -> bytes:
        from select import select  # a build in which nothing changed does not need it

        with open(reading, "rb") as pipe:
            for _ in meanwhile:
                if select([pipe], (), (), 0)[0]:
                    break
            data = pipe.read()
        _, status = os.waitpid(child, 0)
        return data if status == 0 else function()

    return result


def start_processes(
    jobs: int, niceness: int = 0, function: Callable[[Any], Any] | None = None
) -> ProcessPoolExecutor | None:
    """A pool of `jobs` worker processes that die with this one and leave Ctrl-C to it; None where
    the system has no room for them (too few files, processes or memory). `niceness` is that of
    nice(1), `function` that of `_run_own_batch`.

    Workers are forked where that is safe, since a forked worker has all modules imported (a spawned
    one takes half a second to start): on Linux, from a process with one thread. A fork copies only
    the thread that calls it, but every lock in its present state, so a process with more threads (a
    server, a library) spawns its workers.
    """
    # These take 10 ms to import, and a build in which nothing changed does not need them.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import active_children, get_context

    others = set(active_children())
    context = get_context("fork" if _can_fork() else "spawn")
    pool = None
    try:
        pool = ProcessPoolExecutor(
            jobs,
            mp_context=context,
            initializer=_start_worker,
            initargs=(os.getpid(), niceness, function),
        )
        pool.submit(os.getpid).result()
    except (OSError, RuntimeError):  # RuntimeError: no thread can be started, or a worker died
        # Those that did start wait for work, and Python would wait for them when it ends.
        for child in set(active_children()) - others:
            child.kill()
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)
        return None
    return pool


def _can_fork() -> bool:
    if sys.platform != "linux" or threading.active_count() != 1:
        return False
    try:
        # Includes native threads, which Python does not know of.
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def collect_seldom(after: int = COLLECT_AFTER) -> None:
    """Let Python look for garbage seldom, and never among the objects that exist now.

    Records and tokens hold no cycles, and looking for them after every 700 new objects, as is the
    default, took 7 % of a worker's time.
    """
    gc.freeze()
    gc.set_threshold(after)


def return_free_memory() -> None:
    """Return memory that is free to the system, where the C library can: it would keep what lies
    between objects in use for later ones."""
    if sys.platform == "linux":
        import ctypes  # a build of few pages does not need it

        with suppress(AttributeError):  # only glibc has it
            ctypes.CDLL(None).malloc_trim(0)


_own_function: Callable[[Any], Any] | None = None
"""In a worker: what it does with each item."""


def _start_worker(parent: int, niceness: int, function: Callable[[Any], Any] | None) -> None:
    """Runs first in each worker. It makes the worker end with its parent; the workers of a killed
    build would wait for work forever."""
    global _own_function
    import signal  # only workers need these
    from multiprocessing.util import Finalize

    _own_function = function
    Finalize(None, save_compiled, exitpriority=0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if niceness and hasattr(os, "nice"):
        os.nice(niceness)
    collect_seldom()
    if sys.platform == "linux":
        import ctypes  # only workers need it

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # the parent died before the call
            os._exit(1)


def _submit_all(
    executor: Executor,
    run_batch: Callable[[list[Item]], list[Result]],
    items: Iterator[Item],
    jobs: int,
    batch_size: int,
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[Result]:
    from concurrent.futures import BrokenExecutor  # slow to import, see above

    submitted: deque[tuple[list[Item], Future[list[Result]]]] = deque()
    unsent: list[Item] = []
    awaited: list[Item] = []
    try:
        while True:
            unsent = list(islice(items, batch_size))
            if unsent:
                submitted.append((unsent, executor.submit(run_batch, unsent)))
            elif not submitted:
                return
            if not unsent or len(submitted) >= jobs * BATCHES_PER_WORKER:
                unsent = []
                meanwhile()
                awaited, future = submitted.popleft()
                yield from future.result()
                awaited = []
    except BrokenExecutor as broken:
        waiting = [item for batch, _ in submitted for item in batch if batch is not unsent]
        raise WorkerCrashed([*awaited, *waiting, *unsent]) from broken
    finally:
        for _, future in submitted:
            future.cancel()


def _run_batch(function: Callable[[Item], Result], items: list[Item]) -> list[Result]:
    return [function(item) for item in items]


def _run_own_batch(items: list[Any]) -> list[Any]:
    """`_run_batch` with the function that the worker was started with."""
    assert _own_function is not None
    return _run_batch(_own_function, items)
