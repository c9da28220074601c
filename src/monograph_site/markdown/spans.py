"""Inline markup beyond CommonMark, as other tools write it.

Subscripts and superscripts (`H~2~O`, `x^2^`), highlighting (`==mark==`), insertions and deletions
(`^^new^^`, `{++new++}`, `{--old--}`, `{~~old~>new~~}`), abbreviations (`*[BP]: blood pressure`),
emoji and icons (`:warning:`, `:material-pill:`), bare addresses, roles (MyST), attribute lists
(`{.class #id}`) and the spans they belong to (`[words]{.class}`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.gfm_autolink import gfm_autolink_plugin
from mdit_py_plugins.myst_role import myst_role_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

from ..regex import regex
from .blocks import Run, text_run
from .formulas import math_run
from .html import attribute, escape
from .links import PAGE_SCHEME, WIKILINK, is_embedded_picture, page_address

SPECIAL = regex(r"[=^$~{]|:[a-z][\w+-]*:|:[+-]1:|www\.|://|@|\[\[")
"""A line without any of these has no such markup, abbreviations apart."""
_MARK = r"[^\x00-\u02ff\s{}=\"'#]"
"""A character of an id that is no letter in Python's view: vowels of many scripts, and emoji."""
_ATTRIBUTE = (
    rf"(?:#\w(?:[\w:.-]|{_MARK})*+|\.[A-Za-z_][\w:.-]*"
    r"|[A-Za-z][\w-]*=(?:\\?\"[^\"\n]*\"|'[^'\n]*'|[\w%./-]+))"
)
"""`#id`, `.class` or `key=value`. A class begins with a letter: `{.5}` is a number."""
ATTRIBUTES = regex(
    rf"\{{:?[ \t]*+{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*[ \t]*\}}"
    rf"|\{{:[ \t]*+(?:toc|\.[\w-]+)?(?:[ \t]+{_ATTRIBUTE})*[ \t]*\}}"
    r"|\{::(?:options|nomarkdown)\b[^{}\n]*\}|\{:/(?:nomarkdown)?\}"
)
"""An attribute list, or an option of kramdown."""
_ID = regex(r"(?:#|(?<![\w-])id=[\"']?)(\w(?:[\w:.-]|" + _MARK + r")*+)")
_AUDIENCE = regex(r"(?<![\w-])audience=\\?[\"']?([^\s\"'}\\]+)")
_EMOJI = regex(r":([a-z][a-z0-9_+-]*|[+-]1):")
_INSERTED = regex(r"\^\^(?=\S)(?P<new>[^^\n]+)(?<=\S)\^\^")
_EDITED = regex(
    r"\{(?:\+\+(?P<new>[^{}\n]+?)\+\+|--(?P<old>[^{}\n]+?)--|==(?P<marked>[^{}\n]+?)=="
    r"|~~(?P<before>[^{}\n]+?)~>(?P<after>[^{}\n]+?)~~)\}"
)
"""Changes to a text as CriticMarkup writes them, in the groups of `_EDITS`."""
_EDITS = {"new": "ins", "old": "del", "marked": "mark", "before": "del", "after": "ins"}
_WIDTH = regex(r"(?:^|(?<!\s)\s*+\|)\d++(?:x\d++)?$")
_ICON = regex(r"(?:material|fontawesome|octicons|simple|fa|bi|mdi)-")
_ABBREVIATION = regex(r"\*\[([^\]\n]{1,80})\]:[ \t]*(\S.*)")
_SUPERSCRIPTS = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_RAISED = frozenset("0123456789+-−=()n")


def read_spans(engine: MarkdownIt) -> None:
    """Make a parser read them. What has no tokens of a plug-in becomes `mark_open`, `emoji`,
    `attributes` and `dropped`; abbreviations are kept in the environment, under their short
    form. A wikilink becomes `wikilink`, with a `Wikilink` in its `meta`; changes become `ins_open`
    and `del_open`."""
    engine.use(sub_plugin)
    engine.use(superscript_plugin)
    engine.use(myst_role_plugin)
    engine.use(gfm_autolink_plugin)
    engine.inline.ruler.before("emphasis", "mark", _read_mark)
    engine.inline.ruler.before("emphasis", "change", _read_change)
    engine.inline.ruler.before("emphasis", "emoji", _read_emoji)
    engine.inline.ruler.before("link", "attributes", _read_attributes)
    engine.inline.ruler.before("link", "wikilink", _read_wikilink)
    engine.inline.ruler.before("link", "span", _read_span)
    engine.block.ruler.before(
        "reference", "abbreviation", _read_abbreviation, {"alt": ["paragraph"]}
    )


class Wikilink(NamedTuple):
    """`[[Name#Heading|words]]`: a link to the page that has the name."""

    target: str
    """See `page_address`."""
    words: str
    is_picture: bool
    """Whether it embeds a picture file: `![[pill.png]]`."""

    @property
    def file(self) -> str:
        """The address of a picture file."""
        return self.target.removeprefix(PAGE_SCHEME).partition("#")[0]


def wikilink(match: re.Match[str]) -> Wikilink:
    """A wikilink from a match of its pattern."""
    name, heading = match["name"].strip().rstrip("\\"), (match["heading"] or "").strip()
    shown = "" if heading.startswith("^") and name else heading.replace("#", ", ").lstrip("^")
    usual_words = ": ".join(part for part in (name, shown) if part)
    is_picture = is_embedded_picture(match)
    words = (match["words"] or "").strip()
    words = without_width(words) if is_picture else words
    return Wikilink(page_address(name, heading), words or usual_words, is_picture)


def without_width(words: str) -> str:
    """The words of a picture without the width that Obsidian writes behind them: `Tablet|300`."""
    return _WIDTH.sub("", words)


def asked_id(attributes: str) -> str:
    """The id that an attribute list gives its element; '' for none."""
    match = _ID.search(attributes)
    return match[1] if match else ""


def asked_audience(attributes: str) -> str:
    """The audience that an attribute list gives its element, as it is written; '' for none."""
    match = _AUDIENCE.search(attributes)
    return match[1] if match else ""


def superscript_run(text: str) -> Run:
    """A superscript. In plain text `10^6^` is 10⁶, or 10^(a b): never 106."""
    plain = text.translate(_SUPERSCRIPTS) if _RAISED.issuperset(text) else f"^({text})"
    plain = text if text.isalpha() and text.islower() and len(text) == 2 else plain  # `5^th^`
    return Run("sup", plain, f"<sup>{escape(text)}</sup>")


def subscript_run(text: str) -> Run:
    """A subscript. In plain text `H~2~O` is H2O, as people type it into a search."""
    return Run("sub", text, f"<sub>{escape(text)}</sub>")


def emoji_run(name: str) -> Run:
    """An emoji by its short name, or the name as typed where there is none such; nothing for an
    icon of a web font, which only decorates."""
    if _ICON.match(name):
        return Run("raw", "", "")
    character = _emoji(name)
    if character is None:
        return text_run(f":{name}:")
    words = attribute(name.replace("_", " "))
    return Run("emoji", character, f'<span role="img" aria-label="{words}">{character}</span>')


def _emoji(name: str) -> str | None:
    from emoji import emojize  # only pages with a short name pay for it

    typed = f":{name}:"
    character = emojize(typed, language="alias")
    return None if character == typed else character


def role_run(name: str, content: str) -> Run:
    """A MyST role: its content, set as it asks where that is known here."""
    match name:
        case "sub" | "subscript":
            return subscript_run(content)
        case "sup" | "superscript":
            return superscript_run(content)
        case "math":
            return math_run(content)
        case "code" | "kbd" | "samp" | "file":
            return Run("code", content, f"<code>{escape(content)}</code>")
        case "abbr" if match := re.fullmatch(r"([^(]+)\((.+)\)", content):
            return abbreviation_run(match[1].rstrip(), match[2])
    return text_run(re.sub(r"(?<!\s)\s*<[^<>]*>$", "", content))


def abbreviation_run(short: str, meaning: str) -> Run:
    """An abbreviation with its meaning."""
    return Run("abbr", short, f'<abbr title="{attribute(meaning)}">{escape(short)}</abbr>')


def with_abbreviations(text: str, meanings: dict[str, str]) -> list[Run]:
    """A text with its abbreviations marked up, as runs."""
    words = "|".join(re.escape(word) for word in sorted(meanings, key=len, reverse=True))
    pieces = re.split(rf"(?<![\w-])({words})(?![\w-])", text)
    return [
        abbreviation_run(piece, meanings[piece]) if at % 2 else text_run(piece)
        for at, piece in enumerate(pieces)
        if piece
    ]


def _read_abbreviation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = _ABBREVIATION.fullmatch(line.rstrip())
    if match is None:
        return False
    if not silent:
        state.env.setdefault("abbreviations", {}).setdefault(match[1], match[2])
        state.line = start + 1
    return True


def _read_mark(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if silent or state.src[max(start - 1, 0) : start + 3].count("=") != 2:
        return False
    if not state.src.startswith("==", start):
        return False
    end = state.src.find("==", start + 2, state.posMax)
    content = state.src[start + 2 : end]
    if end < 0 or not content.strip() or content != content.strip() or "\n\n" in content:
        return False
    _push_element(state, "mark", start + 2, end)
    state.pos = end + 2
    return True


def _push_element(state: StateInline, name: str, start: int, end: int) -> None:
    """The tokens of an element around the inline markup between two places."""
    maximum = state.posMax
    state.push(f"{name}_open", name, 1)
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    state.push(f"{name}_close", name, -1)
    state.posMax = maximum


def _read_change(state: StateInline, silent: bool) -> bool:
    match = _INSERTED.match(state.src, state.pos, state.posMax) or _EDITED.match(
        state.src, state.pos, state.posMax
    )
    if silent or match is None:
        return False
    for name, text in match.groupdict().items():
        if text is not None:
            _push_element(state, _EDITS[name], match.start(name), match.end(name))
    state.pos = match.end()
    return True


def _read_span(state: StateInline, silent: bool) -> bool:
    """`[words]{.class}` as its words."""
    start = state.pos
    if silent or state.src[start] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, start, True)
    attributes = ATTRIBUTES.match(state.src, end + 1, state.posMax) if end > start else None
    if attributes is None:
        state.pos = start
        return False
    maximum = state.posMax
    state.pos, state.posMax = start + 1, end
    state.md.inline.tokenize(state)
    state.pos, state.posMax = attributes.end(), maximum
    return True


def _read_emoji(state: StateInline, silent: bool) -> bool:
    match = _EMOJI.match(state.src, state.pos, state.posMax)
    before = state.src[state.pos - 1 : state.pos] if state.pos else ""
    if match is None or before.isalnum() or state.src[match.end() : match.end() + 1].isalnum():
        return False
    if not silent:
        state.push("emoji", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _read_wikilink(state: StateInline, silent: bool) -> bool:
    match = WIKILINK.match(state.src, state.pos, state.posMax)
    if match is None or not (match["name"].strip() or match["heading"]):
        return False
    if not silent:
        state.push("wikilink", "", 0).meta = {"link": wikilink(match)}
    state.pos = match.end()
    return True


def _read_attributes(state: StateInline, silent: bool) -> bool:
    match = ATTRIBUTES.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("attributes", "", 0).content = match[0]
    state.pos = match.end()
    return True
