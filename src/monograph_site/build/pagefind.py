"""Pagefind: documents → the files of a full-text index.

Pagefind is a program, which the package `pagefind_bin` brings along. It is spoken to through pipes: a
request and its answer are each JSON in base64, with a comma behind. This module does what the package
`pagefind` would do, which waits a tenth of a second before every answer (seven minutes for 4,000
pages) and takes 50 ms to import.

The same documents in the same order give the same files: each shard has a process of its own, which
gets one document after the other (see `pagefind_order` for the rest).
"""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Self

from ..model.errors import MonographError
from .pagefind_order import ENTRY, in_order

PROGRAM_FILES = ("pagefind.js", "pagefind-worker.js")
"""What the browser needs besides the index; Pagefind's own search boxes are not published."""
MAX_ANSWER_BYTES = 1_000_000


class PagefindError(MonographError):
    """Pagefind is not installed, or has failed."""


class Pagefind:
    """A running Pagefind with one index, to be used in a `with` statement."""

    def __init__(self, language: str) -> None:
        """`language` is that of all documents (BCP 47). Raises PagefindError."""
        self._language = language.lower()
        self._messages = 0
        try:
            from pagefind_bin import get_executable  # may not be installed

            self._process = subprocess.Popen(
                [get_executable(), "--service"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        except (ImportError, OSError) as problem:
            raise PagefindError(
                "can't start Pagefind, which makes the full-text index; install it with "
                "`pip install pagefind_bin`, or leave the search out with --no-search"
            ) from problem

    def __enter__(self) -> Self:
        config = {"force_language": self._language}
        self._index = self._ask(type="NewIndex", config=config)["index_id"]
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def add(self, url: str, document: str) -> None:
        """Add a document to the index, with its site path. Raises PagefindError."""
        self._ask(
            type="AddFile", index_id=self._index, url=url, file_path=None, file_contents=document
        )

    def files(self) -> dict[str, bytes]:
        """The files of the index by path. Raises PagefindError."""
        # Asked to write them, Pagefind answers before they are whole.
        answer = self._ask(type="GetFiles", index_id=self._index)
        files = {
            file["path"]: base64.b64decode(file["content"])
            for file in answer["files"]
            if file["path"] in (ENTRY, *PROGRAM_FILES) or _is_of_index(file["path"])
        }
        languages = json.loads(files[ENTRY])["languages"].values()
        used = {f"wasm.{language['wasm'] or 'unknown'}.pagefind" for language in languages}
        return {
            path: content
            for path, content in files.items()
            if path in used or not path.startswith("wasm.")
        }

    def _ask(self, **payload: object) -> dict[str, Any]:
        """The answer to a request."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        self._messages += 1
        request = json.dumps({"message_id": self._messages, "payload": payload})
        answer = bytearray()
        try:
            stdin.write(base64.b64encode(request.encode()) + b",")
            stdin.flush()
            while not answer.endswith(b","):
                part = stdout.read1(MAX_ANSWER_BYTES)  # type: ignore[attr-defined]
                if not part:
                    raise BrokenPipeError
                answer += part
            result: dict[str, Any] = json.loads(base64.b64decode(answer[:-1]))["payload"]
        except OSError as problem:
            raise PagefindError("Pagefind ended while it made the full-text index") from problem
        if result["type"] == "Error":
            raise PagefindError(f"Pagefind can't make the full-text index: {result['message']}")
        return result


def _is_of_index(path: str) -> bool:
    return path.rpartition(".")[2].startswith(("pf_", "pagefind"))


def index_files(
    language: str, documents: Iterable[tuple[str, str]], *, with_program: bool
) -> Mapping[str, bytes]:
    """The files of an index of documents, each with its site path; those of the program too where
    they are wanted. Raises PagefindError."""
    with Pagefind(language) as index:
        for url, document in documents:
            index.add(url, document)
        files = in_order(index.files())
    is_program = {name: name in PROGRAM_FILES or name.startswith("wasm.") for name in files}
    return {name: files[name] for name in files if with_program or not is_program[name]}
