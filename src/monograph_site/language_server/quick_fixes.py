"""What an editor may do about a finding with one key: correct it, or suppress it with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lsprotocol import types as lsp

from ..edit.fix import fix_content, sound_edits
from ..model.finding import FINDINGS, Finding
from ..regex import regex
from .diagnostics import to_diagnostic
from .document import Document

MAX_FIXES = 5
"""Corrections offered at once: they are tried before they are offered."""
FIX_ALL = lsp.CodeActionKind.SourceFixAll
REASON = "reason"
"""What stands for the reason until the author writes it."""
_LIST_ITEM = regex(r"[ \t]*(?:[*+-]|\d+[.)])[ \t]|[ \t]{2,}\S")


def actions_for(
    document: Document, start: int, end: int, only: Sequence[str] | None
) -> list[lsp.CodeAction]:
    """The actions for a part of the text. `only` are the kinds that the editor asks for, None for
    quick fixes."""
    kinds = [lsp.CodeActionKind.QuickFix, FIX_ALL]
    wanted = [kind for kind in kinds if _is_wanted(kind, only)]
    actions: list[lsp.CodeAction] = []
    if lsp.CodeActionKind.QuickFix in wanted:
        findings = document.findings_between(start, end)
        actions += _corrections(document, findings)
        actions += _suppressions(document, findings)
    if FIX_ALL in wanted:
        actions += _fix_all(document)
    return actions


def _is_wanted(kind: str, only: Sequence[str] | None) -> bool:
    if only is None:
        return kind != FIX_ALL
    return any(not asked or kind == asked or kind.startswith(f"{asked}.") for asked in only)


def _corrections(document: Document, findings: Sequence[Finding]) -> Iterator[lsp.CodeAction]:
    fixable = islice((finding for finding in findings if finding.fixable), MAX_FIXES)
    for finding, edits in sound_edits(document.page, fixable).items():
        changes_words = FINDINGS[finding.name].changes_words
        yield lsp.CodeAction(
            title=_title(document, finding, changes_words),
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[to_diagnostic(document, finding)],
            is_preferred=not changes_words,
            edit=_workspace_edit(document, [(edit.start, edit.end, edit.text) for edit in edits]),
        )


def _title(document: Document, finding: Finding, changes_words: bool) -> str:
    new = finding.replacement
    what = f"Write {new!r}" if new is not None else f"Correct {finding.name}"
    return f"{what} (replaces words)" if changes_words else what


def _suppressions(document: Document, findings: Sequence[Finding]) -> Iterator[lsp.CodeAction]:
    for name in dict.fromkeys(finding.name for finding in findings if not finding.blocks_page):
        finding = next(finding for finding in findings if finding.name == name)
        insertion = _suppression(document, finding)
        if insertion:
            at, text = insertion
            yield lsp.CodeAction(
                title=f"Suppress {name} here, with a reason",
                kind=lsp.CodeActionKind.QuickFix,
                diagnostics=[to_diagnostic(document, finding)],
                edit=_workspace_edit(document, [(at, at, text)]),
            )


def _suppression(document: Document, finding: Finding) -> tuple[int, str] | None:
    """Where to insert what suppresses a finding; None where that needs a look at the front matter."""
    line_start = document.positions.line_start(finding.span.line)
    if line_start < document.front_end or not document.is_content:
        return _front_suppression(document, finding.name)
    comment = f"<!-- monograph-site: ignore {finding.name} -- {REASON} -->"
    line = document.positions.lines[finding.span.line - 1]
    if _LIST_ITEM.match(line):  # a comment above would end the list
        return line_start + len(line), f" {comment}"
    above = [match.end() for match in re.finditer(r"\n[ \t]*\n", document.text[:line_start])]
    fence = document.text.find("\n", document.front_end) + 1 if document.front_end else 0
    return max(above[-1] if above else 0, fence), f"{comment}\n\n"


def _front_suppression(document: Document, name: str) -> tuple[int, str] | None:
    """A key `ignore`, or the name in its list."""
    front = document.text[: document.front_end]
    if not document.is_content or not front.startswith("---"):
        return None
    key = re.search(r"^ignore:[ ]*(\[)?", front, re.MULTILINE)
    if key is None:
        return document.front_end, f"ignore: [{name}]  # {REASON}\n"
    return (key.end(), f"{name}, ") if key[1] else None


def _fix_all(document: Document) -> Iterator[lsp.CodeAction]:
    """All certain corrections of the file at once."""
    page = document.page
    known = [finding for finding in document.findings if finding.name == "unused-ignore"]
    fixed = fix_content(document.path, page.file.content, page.config, _is_certain, known)
    if fixed.content != page.file.content:
        whole = (0, len(document.text), fixed.content.decode().removeprefix("\ufeff"))
        yield lsp.CodeAction(
            title="Correct what is certain in this file",
            kind=FIX_ALL,
            edit=_workspace_edit(document, [whole]),
        )


def _is_certain(finding: Finding) -> bool:
    return finding.fixable and not FINDINGS[finding.name].changes_words


def _workspace_edit(document: Document, edits: Sequence[tuple[int, int, str]]) -> lsp.WorkspaceEdit:
    return lsp.WorkspaceEdit(
        changes={
            document.uri: [
                lsp.TextEdit(document.positions.range(start, end), text)
                for start, end, text in edits
            ]
        }
    )
