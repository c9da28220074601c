"""Loading pending files in the background, in worker processes of low priority."""

from __future__ import annotations

import gc
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor

from ..build.entries import LoadJob, load_file
from ..build.workers import run_in_workers, start_processes
from ..model.errors import WorkerCrashed
from ..model.files import Signature
from .store import FileStore

BATCH_SIZE = 8
"""Files sent to a worker at a time."""
NICENESS = 10
MIN_PAUSE = 0.5
"""Seconds between two updates of the snapshot while files are loaded."""
MIN_PAUSE_RATIO = 10
"""How many times longer than an update the pause after it is, so that updates take at most a tenth
of the time."""


class Background:
    """Loads the pending files of a store in a thread, when it is started."""

    def __init__(self, store: FileStore, jobs: int, on_progress: Callable[[], None]) -> None:
        """`jobs` is the number of processes. `on_progress` is called from time to time and at the
        end, without the store's lock."""
        self._store, self._jobs, self._on_progress = store, jobs, on_progress
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Load the pending files, unless that is under way. The caller holds the store's lock."""
        if self._thread is None and not self._stopped.is_set():
            # forked workers start before the thread does
            pool = start_processes(self._jobs, NICENESS)
            self._thread = threading.Thread(
                target=self._work, args=(pool,), name="loading", daemon=True
            )
            self._thread.start()

    def wait(self) -> None:
        """Wait until no loading is under way."""
        while (thread := self._thread) is not None:
            thread.join()

    def stop(self) -> None:
        """Stop loading for good, and wait until it has stopped."""
        self._stopped.set()
        self.wait()

    def _work(self, pool: Executor | None) -> None:
        executor: Executor | None = pool
        try:
            while not self._stopped.is_set():
                try:
                    self._load(executor)
                except WorkerCrashed:  # perhaps out of memory: one file at a time needs the least
                    executor = None
                with self._store.lock:
                    if not self._store.pending:
                        self._thread = None
                        break
            self._on_progress()
            gc.freeze()  # see `Session.start`
            with self._store.lock:
                self._store.save()
        finally:
            self._thread = None
            if pool is not None:
                pool.shutdown(wait=True, cancel_futures=True)

    def _load(self, executor: Executor | None) -> None:
        sent: deque[tuple[LoadJob, Signature]] = deque()
        results = run_in_workers(
            load_file,
            self._store.jobs(sent),
            jobs=self._jobs if executor else 1,
            batch_size=BATCH_SIZE,
            executor=executor,
        )
        pause, updated = MIN_PAUSE, time.monotonic()
        for entry, record in results:
            with self._store.lock:
                self._store.accept(*sent.popleft(), entry, record)
            if self._stopped.is_set():
                return
            if time.monotonic() - updated > pause:
                start = time.monotonic()
                self._on_progress()
                updated = time.monotonic()
                pause = max(pause, MIN_PAUSE_RATIO * (updated - start))
