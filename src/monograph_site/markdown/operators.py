"""Characters that Markdown takes for markup and that belong to a number or a name: the asterisks of
`10**6` and `HLA-B*5701`, the angle of a list's `>40 kg`.

CommonMark would drop them, and with them a power, a factor or a limit.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote
from markdown_it.rules_inline import StateInline

from ..regex import regex

_ALLELE = regex(r"[A-Z0-9]\*[0-9]")
_POWER = regex(r"[0-9]\*\*[0-9]")
_PRODUCT = regex(r"\d\*{1,2}[^\W_]|[^\W_]\*{1,2}\d|\d\*{1,2}[(+−-]|\)\*{1,2}\d")
_PART_OF_A_WORD = regex(r"(\*{1,2})[^\s*]+\1(?![\w*])")
"""`B**12**`: emphasis that ends with the word it began in."""
_COMPARISON = regex(r">[ \t]*+=?[ \t]*+\.?\d")
_BLOCKS_THAT_A_QUOTE_ENDS = ["paragraph", "reference", "blockquote", "list"]


def keep_operators(engine: MarkdownIt) -> None:
    """Make a parser read these characters as text."""
    engine.inline.ruler.before("emphasis", "asterisk", _asterisk)
    engine.block.ruler.at("blockquote", _quote, {"alt": _BLOCKS_THAT_A_QUOTE_ENDS})


def _asterisk(state: StateInline, silent: bool) -> bool:
    """One or two asterisks inside a word that belong to it."""
    start, end = state.pos, state.pos
    if state.src[start] != "*":
        return False
    while end < state.posMax and state.src[end] == "*":
        end += 1
    if not (end - start <= 2 and start > 0 and end < state.posMax):
        return False
    around = state.src[start - 1 : end + 1]
    if not (_ALLELE.fullmatch(around) or _POWER.fullmatch(around) or _is_product(state, around)):
        return False
    if not silent:
        state.pending += state.src[start:end]
    state.pos = end
    return True


def _is_product(state: StateInline, around: str) -> bool:
    """Whether asterisks beside a digit multiply (`m**2`, `10**-6`), for they neither end an
    emphasis that is open nor set a part of their word in bold."""
    if _PRODUCT.fullmatch(around) is None or _PART_OF_A_WORD.match(state.src, state.pos):
        return False
    asterisks = (mark for mark in state.delimiters if mark.marker == ord("*"))
    return sum(mark.open - mark.close for mark in asterisks) <= 0


def _quote(state: StateBlock, first: int, end: int, silent: bool) -> bool:
    """A quotation, unless its `>` compares: a number follows, and no line of a quotation below."""
    compares = _COMPARISON.match(state.src, _start(state, first))
    below = _start(state, first + 1) if first + 1 < end else len(state.src)
    goes_on = state.src.startswith(">", below) and not _COMPARISON.match(state.src, below)
    return False if compares and not goes_on else blockquote(state, first, end, silent)


def _start(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]
