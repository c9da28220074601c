"""Loading what waits while everything else goes on: in worker processes that leave the processor to
others."""

from __future__ import annotations

import gc
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor

from ..build.entries import LoadJob, load_file
from ..build.workers import run, start_processes
from ..model.errors import WorkerCrashed
from ..model.files import Signature
from .store import FileStore

_AT_ONCE, _NICE = 8, 10
_SHARE = 10
"""At most a tenth of the time goes into showing what is loaded so far."""


class Background:
    """Loads what waits in a stock, in a thread, once it is told to."""

    def __init__(self, stock: FileStore, jobs: int, show: Callable[[], None]) -> None:
        """`show` is called now and then, and at the end; it takes the lock it needs."""
        self._stock, self._jobs, self._show = stock, jobs, show
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Load what waits, unless that is under way. For who holds the stock's lock."""
        if self._thread is None and not self._stopped.is_set():
            pool = start_processes(self._jobs, _NICE)  # forked ones start before the thread does
            self._thread = threading.Thread(
                target=self._work, args=(pool,), name="loading", daemon=True
            )
            self._thread.start()

    def wait(self) -> None:
        """Until nothing is under way."""
        while (thread := self._thread) is not None:
            thread.join()

    def stop(self) -> None:
        """End it soon, and for good."""
        self._stopped.set()
        self.wait()

    def _work(self, pool: Executor | None) -> None:
        workers: Executor | None = pool
        try:
            while not self._stopped.is_set():
                try:
                    self._load(workers)
                except (
                    WorkerCrashed
                ):  # out of memory, perhaps: one file after the other needs the least
                    workers = None
                with self._stock.lock:
                    if not self._stock.waiting:
                        self._thread = None
                        break
            self._show()
            gc.freeze()  # see `Session.start`
            with self._stock.lock:
                self._stock.save()
        finally:
            self._thread = None
            if pool is not None:
                pool.shutdown(wait=True, cancel_futures=True)

    def _load(self, workers: Executor | None) -> None:
        sent: deque[tuple[LoadJob, Signature]] = deque()
        jobs = self._jobs if workers else 1
        results = run(
            load_file, self._stock.work(sent), jobs=jobs, batch_size=_AT_ONCE, executor=workers
        )
        pause, shown = 0.5, time.monotonic()
        for entry, record in results:
            with self._stock.lock:
                self._stock.take(*sent.popleft(), entry, record)
            if self._stopped.is_set():
                return
            if time.monotonic() - shown > pause:
                start = time.monotonic()
                self._show()
                shown = time.monotonic()
                pause = max(pause, _SHARE * (shown - start))
