"""Callouts: notes and warnings set apart from the text, in the spellings of other tools.

`!!! danger "Stop"` and `??? note` (MkDocs), `=== "Adult"` (its content tabs), `> [!WARNING]`
(GitHub, Obsidian), `:::tip` (Docusaurus, VuePress, Pandoc), the fences ```` ```{note} ```` (MyST) and
```` ```ad-note ```` (a plug-in of Obsidian), and a paragraph or quotation with the class of a callout
(`{: .warning }`, in themes of Jekyll) become the same blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from ..regex import regex
from .blocks import Block, Run, element, text_run, trim

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.ruler import RuleOptionsType
    from markdown_it.rules_block import StateBlock

KINDS = {
    "note": "note info abstract summary tldr todo seealso cite quote example details",
    "tip": "tip hint success check done question help faq",
    "important": "important",
    "warning": "warning warn attention",
    "caution": "caution",
    "danger": "danger error bug failure fail missing",
}
"""The six kinds of callout, each with the names that other tools give to callouts of its kind."""
_KIND_OF = {name: kind for kind, names in KINDS.items() for name in names.split()}
_INDENTED = regex(
    r"(?:(?P<mark>!!!|\?\?\?\+?)(?=[ \t]*[A-Za-z\"'])(?:[ \t]*(?P<name>[A-Za-z][\w-]*)(?:[ \t]+[A-Za-z][\w-]*)*)?"
    r"(?:[ \t]+(?:\"(?P<title>(?:[^\"\\\n]|\\.)*)\"|'(?P<single>[^'\n]*)'))?"
    r"|(?P<tab>===)[+!]?[ \t]+(?:\"(?P<label>[^\"\n]+)\"|'(?P<single_label>[^'\n]+)'))[ \t]*"
)
_FENCED = regex(
    r"(?:\{(?P<attributes>[ \t]*(?:[.#:][^}\n]*)?)\}|\{(?P<braced>[A-Za-z][\w-]*+)[^}\n]*\}"
    r"|\.?(?P<name>[A-Za-z][\w-]*))"
    r"(?:\[(?P<bracketed>[^\]\n]*)\])?[ \t]*+(?P<title>(?:[^{}\n]*[^{}\n \t])?)[ \t]*+(?:\{[^}\n]*\})?"
)
_CLASS = regex(r"\.([A-Za-z][\w-]*)")
_VALUE = regex(r"(?<![\w-])([\w-]++)=(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"']++))")
_OPTION = regex(r":([A-Za-z][\w-]*):[ \t]*(.*)")
_TABS = frozenset(("tab", "tab-item"))
"""Names of content tabs in MyST."""
_GROUPS = frozenset(
    "tabs tab-set grid div container section columns column row col cards card-group card-grid steps "
    "center left right aside margin code-group panel incremental nonincremental".split()
)
"""Names of fences that only group what is in them."""
_ALERT = regex(r"\[!([A-Za-z][\w-]*(?: [\w-]+){0,3})(?:\|[^\[\]\n]*)?\]([+-]?)[ \t]*")
_CLASS_PREFIX = regex(r"^(?:callout|prompt|alert|notice|admonition|block)-{1,2}")
_TITLES = {"seealso": "See also", "tldr": "Summary"}
"""Titles of callouts that are not their names."""


_IS_NO_CALLOUT = regex(r"\.(?:btn|button|badge|label|text)\b")


class Opening(NamedTuple):
    """What the first line of a callout says."""

    name: str
    """As typed; '' for a content tab."""
    title: str | None
    """As typed, None where there is none. An empty one asks for a callout without a title."""
    folds: bool = False
    """Whether readers can fold it."""
    is_open: bool = True
    is_plain: bool = False
    """Whether it only groups blocks, without a title."""

    def with_options(self, options: Mapping[str, str]) -> Opening:
        """The same with the options below it: its class, its title, and whether it is folded."""
        classes = options.get("class", "").split()
        name = callout_class(classes) or ("note" if self.name == "admonition" else self.name)
        collapse = options.get("collapse", "")
        folds = self.folds or "dropdown" in classes or collapse not in ("", "none")
        is_open = self.is_open if not folds else "open" in options or collapse == "open"
        title = self.title or options.get("title") or self.title
        return self._replace(name=name, title=title, folds=folds, is_open=is_open)

    @property
    def takes_heading(self) -> bool:
        """Whether a heading at its start is its title, as in Quarto."""
        return self.title is None and is_callout(self.name)


def is_callout(name: str) -> bool:
    """Whether tools agree that a name stands for a callout."""
    return name.lower() in _KIND_OF


def directive_options(lines: Sequence[str]) -> tuple[dict[str, str], int]:
    """The options on the first lines of a directive (`:class: tip`), and how many lines they take
    with the blank line behind them."""
    options: dict[str, str] = {}
    for line in lines:
        match = _OPTION.fullmatch(line.strip())
        if match is None:
            break
        options[match[1]] = match[2].strip()
    count = len(options)
    return options, count + (0 < count < len(lines) and not lines[count].strip())


def callout(
    opening: Opening, title: Sequence[Run], children: Sequence[Block], first: int, last: int
) -> Block:
    """The block of a callout. `title` is the title as runs; without one, it is the name."""
    if opening.is_plain:
        return element("div", first, last, children=tuple(children))
    if not title and opening.title is None:
        name = opening.name[:1].upper() + opening.name[1:].replace("-", " ")
        title = (text_run(_TITLES.get(opening.name.lower(), name)),)
    if not opening.name:
        head = element("p", first, first, css="tab-title", runs=title)
        return element("div", first, last, css="tab", children=(head, *children))
    css = f"callout callout-{_KIND_OF.get(opening.name.lower(), 'note')}"
    if opening.folds:
        head = element("summary", first, first, runs=title or (text_run("Details"),))
        state = " open" if opening.is_open else ""
        return element("details", first, last, css=css, children=(head, *children), state=state)
    heads = (element("p", first, first, css="callout-title", runs=title),) if title else ()
    return element("div", first, last, css=css, children=(*heads, *children))


def fenced_opening(info: str) -> Opening | None:
    """What follows `:::` on the first line of a fenced callout; None where it names none."""
    match = _FENCED.fullmatch(info.strip())
    if match is None:
        return None
    title = match["bracketed"] or match["title"] or None
    if match["attributes"] is not None:
        return _opening_by_class(match["attributes"], title)
    name = match["braced"] or match["name"]
    if name in _TABS:
        return Opening("", title or "Tab")
    return Opening(name, title, name == "details", is_plain=name in _GROUPS)


def _opening_by_class(attributes: str, title: str | None) -> Opening:
    """What a list of attributes such as `.callout-note collapse="true" #id` opens: a callout where
    a class names one, else a group of blocks."""
    name = callout_class(_CLASS.findall(attributes))
    values = {key: "".join(texts) for key, *texts in _VALUE.findall(attributes)}
    folds = "collapse" in values
    is_open = values.get("collapse") != "true"
    return Opening(name, title or values.get("title"), folds, is_open, is_plain=not name)


def callout_class(classes: Iterable[str]) -> str:
    """The name of the callout that one of these classes asks for: `warning`, `callout-warning`,
    `notice--warning`; '' for none."""
    return next(filter(is_callout, (_CLASS_PREFIX.sub("", name) for name in classes)), "")


def opening_by_attributes(attributes: str) -> Opening | None:
    """The callout that the attributes of a paragraph or quotation ask for; None for none."""
    name = callout_class(_CLASS.findall(attributes))
    return Opening(name, None) if name and not _IS_NO_CALLOUT.search(attributes) else None


def alert(children: Sequence[Block], first: int, last: int) -> Block | None:
    """The callout that a quotation is which starts with `[!WARNING]`; None for any other."""
    lead = children[0] if children and children[0].kind == "paragraph" else None
    match = _ALERT.match(lead.runs[0].text) if lead and lead.runs else None
    if lead is None or match is None or lead.runs[0].kind != "text":
        return None
    runs = lead.runs
    end = next((at for at, run in enumerate(runs) if run.kind == "break"), len(runs))
    title = trim((text_run(runs[0].text[match.end() :]), *runs[1:end]))
    rest = trim(runs[end:])
    body = (replace(lead, line=lead.line + 1, runs=rest), *children[1:]) if rest else children[1:]
    opening = Opening(match[1].lower(), None, bool(match[2]), match[2] != "-")
    return callout(opening, title, body, first, last)


def read_callouts(engine: MarkdownIt) -> None:
    """Make the parser read the indented and the colon-fenced callouts. Their tokens are
    `callout_open` (with an `Opening` in `meta`), an inline token for the title, the blocks and
    `callout_close`."""
    may_interrupt: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    engine.block.ruler.before("fence", "indented_callout", _read_indented, may_interrupt)
    engine.block.ruler.before("fence", "fenced_callout", _read_fenced, may_interrupt)


def _read_indented(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    match = None if state.is_code_block(start) else _INDENTED.fullmatch(_line(state, start))
    if match is None:
        return False
    if silent:
        return True
    margin = state.sCount[start] + 2
    after = content_end = start + 1
    while after < end and (state.isEmpty(after) or state.sCount[after] >= margin):
        content_end = content_end if state.isEmpty(after) else after + 1
        after += 1
    indents = [state.sCount[n] for n in range(start + 1, content_end) if not state.isEmpty(n)]
    mark = match["mark"] or ""
    name = match["name"] or ("note" if mark else "")
    opening = Opening(name, _stated_title(match), mark[:1] == "?", mark != "???")
    _push(state, opening, start, content_end, start + 1, min(indents[:1], default=0), "callout")
    state.line = content_end
    return True


def _stated_title(match: re.Match[str]) -> str | None:
    """The title on the first line of an indented callout; None where there is none."""
    groups = (match[name] for name in ("label", "single_label", "title", "single"))
    title = next((text for text in groups if text is not None), None)
    return title and title.replace('\\"', '"')


def _read_fenced(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    line = _line(state, start)
    width = len(line) - len(line.lstrip(":"))
    if width < 3 or state.is_code_block(start):
        return False
    opening = fenced_opening(line[width:])
    if opening is None:
        return False
    if silent:
        return True
    depth, closing = 1, start + 1
    while closing < end:
        inner = _line(state, closing)
        colons = len(inner) - len(inner.lstrip(":"))
        if colons >= 3:
            is_end = not inner.strip(": \t")
            if is_end and (colons >= width or depth > 1):
                depth -= 1
            elif not is_end and colons <= width:
                depth += 1
            if depth == 0:
                break
        closing += 1
    content = start + 1
    if line[width:].lstrip().startswith("{"):
        lines = [_line(state, number) for number in range(content, closing)]
        options, count = directive_options(lines)
        opening, content = opening.with_options(options), content + count
    _push(state, opening, start, closing, content, state.blkIndent, "callout")
    state.line = min(closing + 1, end)
    return True


def _push(
    state: StateBlock,
    opening: Opening,
    start: int,
    end: int,
    content: int,
    indent: int,
    parent: Any,
) -> None:
    token = state.push("callout_open", "div", 1)
    token.map = [start, end]
    token.meta = {"opening": opening}
    title = state.push("inline", "", 0)
    title.content, title.map, title.children = opening.title or "", [start, start + 1], []
    outside = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = parent, end, indent
    if content < end:
        state.md.block.tokenize(state, content, end)
    state.parentType, state.lineMax, state.blkIndent = outside
    state.push("callout_close", "div", -1)


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()
