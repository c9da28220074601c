"""Workers on other machines: a Dask cluster that the user has started (`--executor dask://…`).

Files are loaded and pages are rendered by the cluster; this process reads the content and writes the
site, so the machines need no folder in common. Whatever a worker had to do when it died, Dask gives
to another one.
"""

from __future__ import annotations

from concurrent.futures import BrokenExecutor, Executor
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..model.errors import UsageProblem
from .options import code_digest

if TYPE_CHECKING:
    from distributed import Client, Future

TIMEOUT = "5s"
"""How long the scheduler may take to answer."""


class Cluster(Executor):
    """The workers of a Dask scheduler, each with one thread and the same code as this process."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.workers: int = len(client.nthreads())
        """How many there are."""

    def submit(self, function: Any, /, *arguments: Any, **keywords: Any) -> Any:
        """The future of a call in a worker. Only `result` and `cancel` are used of it."""
        return _Call(self._client.submit(function, *arguments, **keywords, pure=False))


class _Call:
    """A call in a worker."""

    def __init__(self, future: Future) -> None:
        self._future = future

    def result(self) -> Any:
        """What the call returned. Raises what it raised, and BrokenExecutor where the workers that
        were given it died, or the scheduler is gone."""
        from distributed import CancelledError, KilledWorker  # an extra

        try:
            return self._future.result()
        except (KilledWorker, CancelledError) as error:
            raise BrokenExecutor(str(error)) from error

    def cancel(self) -> None:
        """Do not begin the call if it has not begun."""
        self._future.cancel()


@cache
def connect(address: str) -> Cluster:
    """The cluster at an address such as `dask://10.0.0.5:8786`; one connection a process.

    Raises UsageProblem for another address, where no scheduler or no worker answers, and for
    workers that cannot give the same bytes: with other code, or with several threads.
    """
    parts = urlsplit(address)
    if parts.scheme != "dask" or not parts.netloc:
        raise UsageProblem(f"--executor {address!r}: write dask://HOST:PORT")
    try:
        from distributed import Client  # an extra, and slow to import
    except ImportError:
        raise UsageProblem(
            "--executor needs Dask: install it with `pip install 'monograph-site[cluster]'`, here "
            "and on the workers"
        ) from None
    try:
        client = Client(f"tcp://{parts.netloc}", timeout=TIMEOUT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageProblem(f"no Dask scheduler answers at {parts.netloc}: {error}") from None
    _require_same_code(client)
    return Cluster(client)


def _require_same_code(client: Client) -> None:
    threads = client.nthreads()
    if not threads:
        raise UsageProblem(
            "the Dask scheduler has no workers; start some with `dask worker --nthreads 1`"
        )
    if shared := sorted(worker for worker, count in threads.items() if count != 1):
        raise UsageProblem(
            f"{_names(shared)}: several threads; start workers with `dask worker --nthreads 1`"
        )
    # A worker without this package answers with its ImportError.
    answers: dict[str, object] = client.run(code_digest, on_error="return")
    if others := sorted(worker for worker, code in answers.items() if code != code_digest()):
        raise UsageProblem(
            f"{_names(others)}: other code; install the same versions of monograph-site and all "
            "packages on every machine"
        )


def _names(workers: list[str]) -> str:
    return f"Dask worker {workers[0]}" + (f" and {len(workers) - 1} more" if workers[1:] else "")
