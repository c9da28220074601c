r"""Lines that mark a place and have no text: the target of a link (MyST's `(name)=`), the end of a
cell (`+++`) and the end of a printed page (`\newpage`)."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from ..regex import regex
from .html import attribute

_MARK = regex(
    r"\((?P<label>[A-Za-z][\w:.-]*)\)=|\+\+\+(?:[ \t]*\{.*\})?|\\(?:newpage|pagebreak|clearpage)"
)


def read_mark_lines(engine: MarkdownIt) -> None:
    """Make a parser read such lines: a label becomes an anchor, the others nothing."""
    engine.block.ruler.before("reference", "mark_line", _read, {"alt": ["paragraph"]})


def _read(state: StateBlock, start: int, _: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = _MARK.fullmatch(line.rstrip())
    if match is None:
        return False
    if not silent:
        if match["label"]:
            token = state.push("html_block", "", 0)
            token.content = f'<a id="{attribute(match["label"])}"></a>\n'
            token.map = [start, start + 1]
        state.line = start + 1
    return True
