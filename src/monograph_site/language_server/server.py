"""The server: requests and notifications of the protocol, over standard input and output."""

from __future__ import annotations

import asyncio
from pathlib import Path

from lsprotocol import types as lsp
from pygls import uris
from pygls.exceptions import JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer

from .. import __version__
from .citations import all_places, key_at_offset, rename_problem
from .completion import TRIGGERS, complete
from .definition import Place, definition_at
from .diagnostics import diagnostics_of
from .document import Document
from .hover import hover_at
from .outline import outline_of
from .positions import UTF_16
from .quick_fixes import FIX_ALL, actions_for
from .workspace import Workspace

DEBOUNCE_SECONDS = 0.15
"""Findings are shown when nothing was typed for so long."""


class MonographServer(LanguageServer):
    """A language server for the content of sites."""

    def __init__(self) -> None:
        super().__init__(
            "monograph-site", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full
        )
        self.content = Workspace(self._site_changed)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, folders: list[str]) -> None:
        """Begin to read the sites in folders; call it once, in the loop of the server."""
        self._loop = asyncio.get_running_loop()
        self.content.encoding = lsp.PositionEncodingKind(
            self.workspace.position_encoding or UTF_16
        ).value
        self.content.add_folders(folders)

    def show_soon(self, uri: str, delay: float = 0.0) -> None:
        """Show the findings on a document, unless it changes within `delay` seconds."""
        timer = self._timers.pop(uri, None)
        if timer:
            timer.cancel()
        loop = asyncio.get_running_loop()
        self._timers[uri] = loop.call_later(delay, self._show, uri)

    def clear(self, uri: str) -> None:
        """Show no findings on a file any more."""
        timer = self._timers.pop(uri, None)
        if timer:
            timer.cancel()
        self.content.close(uri)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))

    def place(self, uri: str, position: lsp.Position) -> tuple[Document, int] | None:
        """The document and offset that a request is about; None where the file is not open."""
        document = self.content.document(uri)
        return (document, document.positions.offset(position)) if document else None

    def _show(self, uri: str) -> None:
        self._timers.pop(uri, None)
        task = asyncio.get_running_loop().create_task(self._publish(uri))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _publish(self, uri: str) -> None:
        document = self.content.document(uri)
        if document is None:
            return
        diagnostics = await asyncio.to_thread(diagnostics_of, document)
        if self.content.document(uri) is document:
            self.text_document_publish_diagnostics(
                lsp.PublishDiagnosticsParams(uri, diagnostics, document.version)
            )

    def _site_changed(self) -> None:
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._show_all)

    def _show_all(self) -> None:
        self.content.forget_findings()
        for uri in self.content.uris:
            self.show_soon(uri)


def make_server() -> MonographServer:
    """A server with all its features."""
    server = MonographServer()
    server.feature(lsp.INITIALIZED)(_initialized)
    server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)(_opened)
    server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)(_changed)
    server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)(_saved)
    server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)(_closed)
    server.feature(lsp.SHUTDOWN)(_shut_down)
    server.feature(lsp.TEXT_DOCUMENT_HOVER)(_hover)
    triggers = lsp.CompletionOptions(trigger_characters=list(TRIGGERS))
    server.feature(lsp.TEXT_DOCUMENT_COMPLETION, triggers)(_complete)
    kinds = lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix, FIX_ALL])
    server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, kinds)(_code_actions)
    server.feature(lsp.TEXT_DOCUMENT_DEFINITION)(_definition)
    server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)(_outline)
    renaming = lsp.RenameOptions(prepare_provider=True)
    server.feature(lsp.TEXT_DOCUMENT_RENAME, renaming)(_rename)
    server.feature(lsp.TEXT_DOCUMENT_PREPARE_RENAME)(_prepare_rename)
    return server


def _initialized(server: MonographServer, params: lsp.InitializedParams) -> None:
    folders = [folder.uri for folder in server.workspace.folders.values()]
    names = map(uris.to_fs_path, folders or filter(None, [server.workspace.root_uri]))
    server.begin([name for name in names if name])


def _opened(server: MonographServer, params: lsp.DidOpenTextDocumentParams) -> None:
    item = params.text_document
    if server.content.set_text(item.uri, item.version, item.text):
        server.show_soon(item.uri)


def _changed(server: MonographServer, params: lsp.DidChangeTextDocumentParams) -> None:
    uri = params.text_document.uri
    if server.content.document(uri) is None:  # never opened, or closed
        return
    for change in params.content_changes:
        if isinstance(change, lsp.TextDocumentContentChangeWholeDocument):
            server.content.set_text(uri, params.text_document.version, change.text)
    server.show_soon(uri, DEBOUNCE_SECONDS)


def _saved(server: MonographServer, params: lsp.DidSaveTextDocumentParams) -> None:
    server.content.saved(params.text_document.uri)


def _closed(server: MonographServer, params: lsp.DidCloseTextDocumentParams) -> None:
    server.clear(params.text_document.uri)


def _shut_down(server: MonographServer, params: None) -> None:
    server.content.shut_down()


def _hover(server: MonographServer, params: lsp.HoverParams) -> lsp.Hover | None:
    place = server.place(params.text_document.uri, params.position)
    return hover_at(*place) if place else None


def _complete(server: MonographServer, params: lsp.CompletionParams) -> lsp.CompletionList | None:
    place = server.place(params.text_document.uri, params.position)
    return complete(*place) if place else None


def _code_actions(server: MonographServer, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    document = server.content.document(params.text_document.uri)
    if document is None:
        return []
    start, end = map(document.positions.offset, (params.range.start, params.range.end))
    return actions_for(document, start, end, params.context.only)


def _definition(server: MonographServer, params: lsp.DefinitionParams) -> lsp.Location | None:
    place = server.place(params.text_document.uri, params.position)
    target = definition_at(*place) if place else None
    if place is None or target is None:
        return None
    document = place[0]
    if not isinstance(target, Place):
        return lsp.Location(document.uri, document.positions.range(*target))
    uri = uris.from_fs_path(str(Path(document.site.content) / target.path)) or ""
    start = lsp.Position(target.line - 1, 0)
    return lsp.Location(uri, lsp.Range(start, start))


def _outline(server: MonographServer, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
    document = server.content.document(params.text_document.uri)
    return outline_of(document) if document else []


def _prepare_rename(
    server: MonographServer, params: lsp.PrepareRenameParams
) -> lsp.PrepareRenamePlaceholder | None:
    place = server.place(params.text_document.uri, params.position)
    key = key_at_offset(*place) if place else None
    if place is None or key is None:
        return None
    return lsp.PrepareRenamePlaceholder(place[0].positions.range(key.start, key.end), key.key)


def _rename(server: MonographServer, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    place = server.place(params.text_document.uri, params.position)
    key = key_at_offset(*place) if place else None
    if place is None or key is None:
        return None
    document = place[0]
    problem = rename_problem(document, key.key, params.new_name)
    if problem:
        raise JsonRpcInvalidParams(problem)
    edits = [
        lsp.TextEdit(document.positions.range(other.start, other.end), params.new_name)
        for other in all_places(document)
        if other.key == key.key
    ]
    return lsp.WorkspaceEdit(changes={document.uri: edits})
