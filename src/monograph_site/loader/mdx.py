"""MDX: Markdown with `import` lines, components and expressions of JavaScript.

Components that documentation tools share become what Markdown has for them: callouts, tabs, folded
text, pictures. Of any other component its content is shown, and nothing of an expression is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..markdown.callouts import is_callout
from ..markdown.html import attribute
from ..markdown.repairs import CODE_IN_LINE
from ..regex import regex
from .mapped_text import MappedText, map_lines
from .shortcodes import Tag

SUFFIX = ".mdx"
_BRACES = r"\{[^{}]*+\}"
for _ in range(4):  # an object of objects in the property of a component
    _BRACES = rf"\{{(?:[^{{}}]|{_BRACES})*+\}}"
_ATTRIBUTE = rf"\s++(?:[\w:-]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|{_BRACES}))?|{_BRACES})"
_PART = regex(
    r"(?P<code>^[ \t>]*+(?P<fence>`{3,}+|~{3,}+)[^\n]*\n(?:.*?^[ \t>]*+(?P=fence)|.*)"
    rf"|{CODE_IN_LINE})"
    r"|(?P<module>^(?:import|export)\b[^\n]*(?:\n(?![ \t]*$)[^\n]+)*)"
    rf"|(?<!\\)<(?P<end>/?)(?P<name>[A-Z][\w.]*|(?=>))(?P<attributes>(?:{_ATTRIBUTE})*)\s*(?P<empty>/?)>"
    rf"|(?P<html><[a-z][\w-]*(?:{_ATTRIBUTE})+\s*/?>)"
    r"|(?<!\\)\{(?![#.:%{])(?P<expression>[^{}\n]*)\}",
    re.MULTILINE | re.DOTALL,
)
_VALUE = regex(
    r"(?<![\w:-])([\w:-]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|\{\s*[\"'`]([^\"'`]*)[\"'`]\s*\})"
)
_IMPORT = regex(
    r"^import\s++(\w++)\s++from\s++[\"']([^\"'\n]+\.(?:png|jpe?g|gif|webp|avif|svg))[\"']",
    re.MULTILINE | re.IGNORECASE,
)
_COMPONENT = regex(r"^import\s++(?:\{\s*)?([A-Z]\w*)\b[^\n]*\bfrom\s++[\"']", re.MULTILINE)
_IMPORTED = regex(r"(?<=\ssrc=)\{\s*(\w+)(?:\.src)?\s*\}")
_PROPERTY = regex(rf"(?<!\s)\s++[\w:-]++\s*+=\s*+{_BRACES}")
_IN_BRACES = regex(
    r"=\s*+\{\s*+(?:require\(\s*+)?([\"'`])([^\"'`{}\n]*+)\1\s*+(?:\)(?:\.default)?\s*+)?\}"
)
"""A property with a text in braces, or with a file that `require` names."""
_LINKS = frozenset(("Link", "NavLink", "A"))
_QUOTED = regex(r"\s*([\"'`])([^\"'`]*)\1\s*")
_CALLOUTS = frozenset("Aside Callout Admonition Alert Banner".split())
_FOLDED = frozenset(
    "Details Accordion AccordionItem Collapse Collapsible Expandable Toggle".split()
)
_TABS = frozenset(("TabItem", "Tab"))
_SILENT = frozenset(
    "Tabs TabGroup TabList Steps Step CardGrid CardGroup Columns Column Fragment Icon FileTree".split()
)
"""Components that only arrange or decorate what is in them."""
_TITLES = ("title", "label", "summary", "header", "value")
_KINDS = ("type", "variant", "kind", "severity", "intent", "status")


def is_mdx(path: str, text: str) -> bool:
    """Whether a file is MDX: by its suffix, or because it imports a component and uses it. Docusaurus
    reads every file as MDX."""
    if path.endswith(SUFFIX):
        return True
    # A single character is found ten times as fast as a word.
    if "<" not in text or "import " not in text or " from " not in text:
        return False
    modules = (match["module"] for match in _PART.finditer(text) if match["module"])
    names = (name for module in modules for name in _COMPONENT.findall(module))
    return any(re.search(rf"<{name}\b", text) for name in names)


def read_mdx(text: str) -> MappedText:
    """MDX as Markdown."""
    return map_lines(MappedText(text), _lines(text))


def unknown_parts(text: str, start: int = 0) -> Iterator[Tag]:
    """The components and expressions of a text of which only the content, or nothing, is shown."""
    for match in _PART.finditer(text, start):
        name, expression = match["name"], match["expression"]
        is_open = bool(name) and not match["end"]
        if is_open and not _is_known(name):
            yield Tag(f"<{name}>", {}, False, match.start(), match.end())
        elif expression and expression.strip() and not _QUOTED.fullmatch(expression):
            yield Tag(f"{{{expression.strip()[:40]}}}", {}, False, match.start(), match.end())


def _is_known(name: str) -> bool:
    groups = (
        _CALLOUTS,
        _FOLDED,
        _TABS,
        _SILENT,
        _LINKS,
        ("Card", "LinkCard", "LinkButton", "Image", "Badge"),
    )
    return any(name in group for group in groups) or is_callout(name)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of the Markdown, each with the number of the line that it comes from."""
    at = number = 0
    line = ""
    pictures = dict(_IMPORT.findall(text)) if "import" in text else {}
    for match in _PART.finditer(text):
        shown = _shown(match, pictures)
        if shown is None:
            continue
        *before, last = (line + text[at : match.start()]).split("\n")
        for finished in before:
            yield number, finished
            number += 1
        *block, line = f"{last}{shown}".split("\n")
        yield from ((number, finished) for finished in block)
        number, at = number + match[0].count("\n"), match.end()
    for finished in (line + text[at:]).split("\n"):
        yield number, finished
        number += 1


def _shown(match: re.Match[str], pictures: Mapping[str, str]) -> str | None:
    """The Markdown of a part; None for one that stays as it is. `pictures` are the files of imported
    pictures, by the name that each has in the file."""
    if match["code"]:
        return None
    if match["module"]:
        return ""
    if match["html"]:
        return _PROPERTY.sub("", _with_pictures(match["html"], pictures))
    if match["expression"] is not None:
        text = _QUOTED.fullmatch(match["expression"])
        return text[2] if text else ""
    tag = _with_pictures(match[0], pictures)
    values = {key: next(filter(None, texts), "") for key, *texts in _VALUE.findall(tag)}
    return _component(
        match["name"], values, is_end=bool(match["end"]), is_empty=bool(match["empty"])
    )


def _with_pictures(tag: str, pictures: Mapping[str, str]) -> str:
    """A tag with the file of an imported picture in place of its name (`src={pill}`), and with texts
    out of their braces."""
    tag = _IN_BRACES.sub(r'="\2"', tag) if "{" in tag else tag
    return _IMPORTED.sub(lambda name: f'"{pictures.get(name[1], "")}"', tag) if pictures else tag


def _component(name: str, values: dict[str, str], *, is_end: bool, is_empty: bool) -> str:
    """The Markdown of a component's tag."""
    title = next((values[key] for key in _TITLES if values.get(key)), "")
    if fence := _fence(name, values):
        opening = f"\n\n:::{fence}" + (f"[{title}]" if title else "") + "\n\n"
        return "\n\n:::\n\n" if is_end else opening + ("\n:::\n\n" if is_empty else "")
    match name:
        case _ if name in _LINKS:
            address = values.get("to") or values.get("href") or ""
            return "</a>" if is_end else f'<a href="{attribute(address)}">'
        case _ if is_end:
            return ""
        case "Card":
            return f"\n\n**{title}**\n\n" if title else "\n\n"
        case "LinkCard" | "LinkButton" if title and values.get("href"):
            return f"[{title}](<{values['href']}>) {values.get('description', '')}\n"
        case "Image" if values.get("src"):
            return f"![{values.get('alt', '')}](<{values['src']}>)"
        case "Badge":
            return values.get("text", "")
    return ""


def _fence(name: str, values: dict[str, str]) -> str:
    """The name of the fenced callout or tab that a component is; '' for any other component."""
    if name in _TABS:
        return "tab-item"
    if name in _FOLDED:
        return "details"
    if name in _CALLOUTS:
        asked = (values[key].lower() for key in _KINDS if values.get(key))
        return next(filter(is_callout, asked), "note")
    return name.lower() if is_callout(name) else ""
