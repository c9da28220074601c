"""Definition lists, also with several terms for one definition (PHP Markdown Extra, kramdown)."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from mdit_py_plugins.deflist import deflist_plugin

from ..regex import regex

MAX_TERMS = 8
"""Terms for one definition."""
MAX_TERM = 80
"""Characters of a term where there are several."""
_DEFINITION = regex(r"[:~][ \t]+\S")
_OTHER_BLOCK = regex(r"[#>|`~:]|[-+*][ \t]|\d{1,9}[.)][ \t]")


def read_definitions(engine: MarkdownIt) -> None:
    """Make a parser read definition lists."""
    engine.use(deflist_plugin)
    read_list = next(rule.fn for rule in engine.block.ruler.__rules__ if rule.name == "deflist")

    def read_terms(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        last = 0 if silent or state.is_code_block(start) else _last_term(state, start, end)
        before = len(state.tokens)
        if last <= start or not read_list(state, last, end, False):
            return False
        terms = [token for number in range(start, last) for token in _term(state, number)]
        state.tokens[before].map = [start, state.line]
        state.tokens[before + 1 : before + 1] = terms
        return True

    engine.block.ruler.before("deflist", "several_terms", read_terms)


def _last_term(state: StateBlock, start: int, end: int) -> int:
    """The line of the last of several terms that start at a line; 0 where there are not several."""
    for number in range(start, min(start + MAX_TERMS + 1, end)):
        line = _line(state, number)
        if _DEFINITION.match(line):
            return number - 1
        if not line or len(line) > MAX_TERM or _OTHER_BLOCK.match(line):
            return 0
    return 0


def _term(state: StateBlock, number: int) -> tuple[Token, Token, Token]:
    place = [number, number + 1]
    opening = Token("dt_open", "dt", 1, map=place, block=True, level=state.level + 1)
    text = Token("inline", "", 0, map=place, content=_line(state, number), children=[])
    text.level = state.level + 2
    return opening, text, Token("dt_close", "dt", -1, block=True, level=state.level + 1)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].strip()
