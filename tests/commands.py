"""The command line in processes of their own, each a copy of one that has imported the package.

A fresh Python takes several times as long to import the package as to build a small site. So one
process imports it for all commands of a test process, runs none itself, and is forked for each: a
command finds all modules imported and unused, with nothing of an earlier command in them.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import pkgutil
import runpy
import selectors
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Lock

CAN_FORK = hasattr(os, "pidfd_open")
"""Whether the system has what this takes (Linux); elsewhere each command is a fresh Python."""

_MAX_REQUEST = 1_000_000
_READ_AT_START = ("PYTHON", "LC_", "LANG")
"""How the names of variables begin which only a fresh Python reads."""
_PROGRAM = "import sys; sys.path.insert(0, {folder!r}); import commands; commands.serve({fd})"


class Command:
    """A command in work: as much of `subprocess.Popen` as the tests use."""

    def __init__(self, answers: socket.socket) -> None:
        self.returncode: int | None = None
        self._answers = answers
        self.pid: int = json.loads(answers.recv(_MAX_REQUEST))

    def wait(self, timeout: float | None = None) -> int:
        """The exit status, or minus the signal that ended it. Raises subprocess.TimeoutExpired."""
        global _finished
        if self.returncode is None:
            self._answers.settimeout(timeout)
            try:
                self.returncode, seconds = json.loads(self._answers.recv(_MAX_REQUEST))
            except (TimeoutError, BlockingIOError) as problem:
                raise subprocess.TimeoutExpired("monograph-site", timeout or 0) from problem
            self._answers.close()
            with _lock:
                _finished += seconds
        assert self.returncode is not None
        return self.returncode

    def poll(self) -> int | None:
        """The exit status; None while the command is at work."""
        try:
            return self.wait(timeout=0)
        except subprocess.TimeoutExpired:
            return None

    def send_signal(self, number: int) -> None:
        """Send a signal, if the command is still at work."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """End the command at once."""
        self.send_signal(signal.SIGKILL)


def start(
    *arguments: object,
    cwd: Path,
    env: Mapping[str, str] | None = None,
    stdin: int = subprocess.DEVNULL,
    stdout: int = subprocess.DEVNULL,
    stderr: int = subprocess.DEVNULL,
) -> Command | subprocess.Popen[bytes]:
    """Start a command in a folder, with descriptors of files for its streams; `env` is added to
    this process's environment."""
    words = [str(argument) for argument in arguments]
    environment = {**os.environ, **(env or {})}
    if not CAN_FORK or any(name.startswith(_READ_AT_START) for name in env or {}):
        return subprocess.Popen(
            [sys.executable, "-m", "monograph_site", *words],
            cwd=cwd,
            env=environment,
            stdin=stdin,
            stdout=stdout,
            stderr=stderr,
        )
    request = json.dumps({"arguments": words, "cwd": str(cwd), "environment": environment})
    nothing = os.open(os.devnull, os.O_RDWR)
    streams = [nothing if stream < 0 else stream for stream in (stdin, stdout, stderr)]
    answers, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with there, _lock:
        socket.send_fds(_server(), [request.encode()], [*streams, there.fileno()])
    os.close(nothing)
    return Command(answers)


def processor_time_of_commands() -> float:
    """The seconds of processor time that finished commands have taken."""
    return _finished


_finished = 0.0
_status = 1
_lock = Lock()


@cache
def _server() -> socket.socket:
    """The process that is copied, started where it is first asked for."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    here.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _MAX_REQUEST)
    program = _PROGRAM.format(folder=str(Path(__file__).parent), fd=there.fileno())
    with there:
        process = subprocess.Popen(
            [sys.executable, "-c", program],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[there.fileno()],
        )
    atexit.register(process.wait)
    atexit.register(here.close)
    return here


def serve(descriptor: int) -> None:
    """Run a command in a copy of this process for each request that comes over a socket."""
    atexit.register(_leave)  # first, so that it is called last
    import monograph_site

    sys.path.pop(0)
    for module in pkgutil.walk_packages(monograph_site.__path__, "monograph_site."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the tests, and they end this
    gc.collect()
    gc.freeze()
    requests = socket.socket(fileno=descriptor)
    selector = selectors.DefaultSelector()
    selector.register(requests, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.fileobj is not requests:
                _report(*key.data)
                selector.unregister(key.fileobj)
                os.close(key.fd)
                continue
            message, descriptors, *_ = socket.recv_fds(requests, _MAX_REQUEST, 4)
            if not message:
                return
            if pid := os.fork():
                for stream in descriptors[:3]:
                    os.close(stream)
                answers = socket.socket(fileno=descriptors[3])
                answers.send(json.dumps(pid).encode())
                selector.register(os.pidfd_open(pid), selectors.EVENT_READ, (pid, answers))
                continue
            for other in selector.get_map().values():
                if other.data:
                    other.data[1].close()
                    os.close(other.fd)
            selector.close()
            requests.close()
            _become(message, descriptors)


def _report(pid: int, answers: socket.socket) -> None:
    """Answer with the status of a command that has ended, and the processor time it took with its
    own processes."""
    _, status, usage = os.wait4(pid, 0)
    answer = [os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime]
    with answers, suppress(OSError):  # the test may not wait for the end
        answers.send(json.dumps(answer).encode())


def _become(message: bytes, descriptors: list[int]) -> None:
    """Be the command of a request, from the first line of its main module to the exit."""
    for stream, descriptor in enumerate(descriptors):
        if stream < 3:
            os.dup2(descriptor, stream)
        os.close(descriptor)
    request = json.loads(message)
    os.chdir(request["cwd"])
    os.environ.clear()
    os.environ.update(request["environment"])
    sys.path.insert(0, request["cwd"])
    sys.argv = ["monograph_site", *request["arguments"]]
    signal.signal(signal.SIGINT, signal.default_int_handler)
    global _status
    try:
        runpy.run_module("monograph_site", run_name="__main__", alter_sys=True)
        _status = 0
    except SystemExit as end:
        _status = end.code if isinstance(end.code, int) else int(end.code is not None)
        raise


def _leave() -> None:
    """End without taking the modules apart: to touch each object copies the memory that is shared."""
    status = _status
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        status = 120  # as Python does
    os._exit(status)
