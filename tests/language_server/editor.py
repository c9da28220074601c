"""An editor that drives the language server over its standard input and output."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any

import commands
from helpers import HANG_SECONDS

Answer = Any


class Editor:
    """Speaks the protocol with a server process, one message at a time."""

    def __init__(self, root: Path, encodings: tuple[str, ...] = ()) -> None:
        stdin, requests = os.pipe()
        answers, stdout = os.pipe()
        self._log = root.parent / f"{root.name}.log"
        with open(self._log, "wb") as log:
            self._process = commands.start(
                "lsp", "--stdio", cwd=root, stdin=stdin, stdout=stdout, stderr=log.fileno()
            )
        os.close(stdin)
        os.close(stdout)
        self._requests = open(requests, "wb")  # noqa: SIM115  closed by `close`
        self._answers = open(answers, "rb")  # noqa: SIM115
        self._guard = threading.Timer(HANG_SECONDS, self._process.kill)
        self._guard.daemon = True
        self._guard.start()
        self._last_id = 0
        self.root = root
        self.diagnostics: list[dict[str, Any]] = []
        """The notifications with findings that have come, the last one last."""
        self.registered: set[str] = set()
        """The notifications that the server has asked for."""
        watching = {"didChangeWatchedFiles": {"dynamicRegistration": True}}
        general = {"positionEncodings": list(encodings)} if encodings else {}
        folders = [{"uri": root.as_uri(), "name": "site"}]
        self.capabilities = self.ask(
            "initialize",
            processId=None,
            rootUri=root.as_uri(),
            capabilities={"general": general, "workspace": watching},
            workspaceFolders=folders,
        )["capabilities"]
        self.tell("initialized")

    def uri(self, path: str) -> str:
        return (self.root / path).as_uri()

    def tell(self, method: str, **params: Any) -> None:
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, method: str, **params: Any) -> Answer:
        """The result of a request. RuntimeError with the message where it is an error."""
        self._last_id += 1
        self._send({"jsonrpc": "2.0", "id": self._last_id, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._last_id and "method" not in message:
                if "error" in message:
                    raise RuntimeError(message["error"]["message"])
                return message["result"]

    def open(self, path: str, text: str | None = None) -> str:
        uri = self.uri(path)
        text = (self.root / path).read_text("utf-8") if text is None else text
        item = {"uri": uri, "languageId": "markdown", "version": 1, "text": text}
        self.tell("textDocument/didOpen", textDocument=item)
        return uri

    def type(self, uri: str, text: str, version: int) -> None:
        """Replace the text of an open file."""
        document = {"uri": uri, "version": version}
        self.tell("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])

    def findings(self, uri: str, version: int, without: str = "") -> list[dict[str, Any]]:
        """The findings on a version of a file, once they come, and none has the name `without`."""
        while True:
            for message in reversed(self.diagnostics):
                names = {item["code"].split()[1] for item in message["diagnostics"]}
                is_wanted = message["uri"] == uri and message.get("version") == version
                if is_wanted and without not in names:
                    return list(message["diagnostics"])
            self._receive()

    def finding_named(self, uri: str, name: str) -> dict[str, Any]:
        """A finding of this name on a file, once it comes."""
        while True:
            for message in reversed(self.diagnostics):
                for item in message["diagnostics"]:
                    if message["uri"] == uri and item["code"].endswith(f" {name}"):
                        return dict(item)
            self._receive()

    def at(self, method: str, uri: str, line: int, character: int, **more: Any) -> Answer:
        """The answer to a request about a position."""
        position = {"line": line, "character": character}
        return self.ask(
            f"textDocument/{method}", textDocument={"uri": uri}, position=position, **more
        )

    def close(self) -> int:
        """End the server; its exit status."""
        self.ask("shutdown")
        self.tell("exit")
        status = self._process.wait()
        self._requests.close()
        self._answers.close()
        self._guard.cancel()
        return status

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps(message).encode()
        self._requests.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._requests.flush()

    def _receive(self) -> dict[str, Any]:
        length = 0
        while line := self._answers.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, f"the server has ended, or hung; its log:\n{self._log.read_text('utf-8')}"
        message: dict[str, Any] = json.loads(self._answers.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics.append(message["params"])
        if message.get("method") == "client/registerCapability":
            registrations = message["params"]["registrations"]
            self.registered |= {registration["method"] for registration in registrations}
            self._send({"jsonrpc": "2.0", "id": message["id"], "result": None})
        return message
