r"""Mathematics in LaTeX, as MathML.

In a line: `$x^2$`, `$$x^2$$`, `\(x^2\)` (for kramdown `\\(x^2\\)`), and GitHub's form with code
inside the dollar signs. On lines of their own: `$$ … $$`, `\[ … \]`, `\begin{align} … \end{align}`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from ..regex import regex
from .blocks import Run
from .html import clean_mathml, escape

MAX_FORMULA = 2_000
"""Characters of a formula in a line."""
_ENVIRONMENTS = "equation|align|aligned|alignat|gather|multline|eqnarray|cases|array|[bpv]?matrix"
_DOLLARS = regex(
    rf"\$\$(?P<display>[^$]{{1,{MAX_FORMULA}}})\$\$"
    rf"|\$(?=[^\s$])(?P<inline>(?:[^$\\]|\\.){{1,{MAX_FORMULA}}})(?<!\s)\$(?!\d)",
    re.DOTALL,
)
_BRACKETS = regex(
    rf"(?P<slashes>\\{{1,2}})(?:\((?P<inline>[^\n$]{{1,{MAX_FORMULA}}}?)(?P=slashes)\)"
    rf"|\[(?P<display>[^\n$]{{1,{MAX_FORMULA}}}?)(?P=slashes)\])"
)
_OPENING = regex(
    rf"(?P<mark>\$\$|\\{{1,2}}\[|\\begin\{{(?P<name>(?:{_ENVIRONMENTS})\*?)\}})(?P<rest>.*)",
    re.DOTALL,
)
_LABEL = r"[ \t]*(?:[.,;]?[ \t]*|\([\w:.-]+\)|\{#[^{}\n]*\})[ \t]*"
"""What may follow a formula on its last line: the label to which references lead."""
_IN_DOLLARS = regex(
    r"\\[A-Za-z{},;:! %]|[\^_=+<>|]|^[A-Za-z]$|^(?=[0-9]*+[A-Za-z()])[A-Za-z0-9()]++/[A-Za-z0-9()]++$"
)
"""What a pair of dollar signs holds is a formula, not the words between two prices."""
_IN_BRACKETS = regex(
    r"\\[A-Za-z]|[\^=]|(?<![A-Za-z])[A-Za-z]_|^\s*[A-Za-z]\s*$|^[\d\s.]+[+*/−×÷-][\d\s.+*/−×÷-]+$"
)
"""What is between brackets with backslashes is a formula, not a text whose brackets are escaped."""


def read_formulas(engine: MarkdownIt) -> None:
    """Make a parser read formulas: `math_inline` and `math_inline_double` in a line, `math_block`
    on lines of its own."""
    may_interrupt: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    engine.inline.ruler.before("escape", "math_inline", _read_dollars)
    engine.inline.ruler.before("escape", "math_brackets", _read_brackets)
    engine.block.ruler.before("fence", "math_block", _read_block, may_interrupt)


def math_run(source: str, *, display: bool = False) -> Run:
    """A formula as MathML, or its source where it cannot be read."""
    formula = source.strip()
    mathml = _mathml(formula, display)
    if mathml is None:
        return Run("code", formula, f"<code>{escape(formula)}</code>")
    return Run("math", formula, mathml)


@cache
def _converter() -> Any:
    from latex2mathml.converter import convert  # only pages with formulas pay for it

    return convert


def _mathml(formula: str, display: bool) -> str | None:
    try:
        html = _converter()(formula, display="block" if display else "inline")
    except Exception:  # any fault of the converter costs the typesetting of one formula
        return None
    return clean_mathml(html)


def _read_dollars(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "$" or state.src[state.pos - 1 : state.pos].isdigit():
        return False
    match = _DOLLARS.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    formula = match["display"] or match["inline"]
    has_code = formula.startswith("`") and formula.endswith("`") and len(formula) > 2
    formula = formula[1:-1] if has_code else formula
    is_formula = match["display"] is not None or has_code or _IN_DOLLARS.search(formula)
    if "`" in formula or not formula.strip() or not is_formula:
        return False
    return _push(state, silent, match, formula)


def _read_brackets(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "\\":
        return False
    match = _BRACKETS.match(state.src, state.pos, state.posMax)
    formula = (match["inline"] or match["display"]) if match else ""
    if match is None or "`" in formula or not _IN_BRACKETS.search(formula):
        return False
    return _push(state, silent, match, formula)


def _push(state: StateInline, silent: bool, match: re.Match[str], formula: str) -> bool:
    if not silent:
        kind = "math_inline_double" if match["display"] is not None else "math_inline"
        state.push(kind, "math", 0).content = formula
    state.pos = match.end()
    return True


def _read_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    opening = None if state.is_code_block(start) else _OPENING.match(_line(state, start))
    if opening is None:
        return False
    closing = _closing(opening)
    lines, at = [opening["rest"]], start
    while (closed := closing.fullmatch(lines[-1])) is None:
        at += 1
        if at >= end or state.isEmpty(at) or state.sCount[at] < state.blkIndent:
            return False
        lines.append(_line(state, at))
    formula = "\n".join((*lines[:-1], closed[1])).strip("\n")
    if not formula.strip():
        return False
    is_bracket = "[" in opening["mark"]
    if is_bracket and opening["rest"].strip() and not _IN_BRACKETS.search(formula):
        return False
    if silent:
        return True
    token = state.push("math_block", "math", 0)
    name = opening["name"]
    token.content = f"\\begin{{{name}}}{formula}\\end{{{name}}}" if name else formula
    token.map = [start, at + 1]
    state.line = at + 1
    return True


def _closing(opening: re.Match[str]) -> re.Pattern[str]:
    """What matches the line that ends a formula, with the part of the formula on it."""
    if opening["name"]:
        return _ending(rf"\\end\{{{re.escape(opening['name'])}\}}")
    if opening["mark"] == "$$":
        return _ending(r"\$\$")
    return _ending(re.escape(opening["mark"].replace("[", "]")))


@cache
def _ending(mark: str) -> re.Pattern[str]:
    return re.compile(rf"((?:(?!{mark}).)*+){mark}{_LABEL}")


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()
