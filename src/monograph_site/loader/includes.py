"""Fragments: Markdown files that other files include by name.

`--8<-- "dose.md"`, `{{< include dose.md >}}` and `{% include dose.md %}` are the text of the file
`dose.md` in one of the folders for fragments (see `config.settings_file`), and so are the ways of
MkDocs: `{% include-markdown "../dose.md" %}`. A path counts by its end. It is never read from the
disk here: a name that is not among the fragments of the site is not included, wherever it leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import join, normpath

from ..config.settings_file import FRAGMENT_FOLDERS
from ..markdown.hidden import remove_hidden
from ..regex import regex
from .mapped_text import MappedText, map_lines
from .shortcodes import SNIPPET, Tag, find_tags

MAX_INCLUDED_CHARACTERS = 1_000_000
"""Characters of fragments that one page shows; includes beyond them are left out."""
MAX_INCLUDE_DEPTH = 10
"""Fragments inside one another."""
_INCLUDES = frozenset(("include", "include_relative", "include_md", "include-markdown", SNIPPET))
_HINTS = ("include", "-8<-")
"""Without any of these a text includes nothing."""
_FRONT_MATTER = regex(r"---[ \t]*\n.*?^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)


def include_fragments(text: MappedText, fragments: Mapping[str, str]) -> MappedText:
    """A text with the fragments it includes in their places. A tag that includes nothing stays."""
    if not fragments or not any(hint in text.text for hint in _HINTS):
        return text
    budget = [MAX_INCLUDED_CHARACTERS]
    return map_lines(text, _expanded(text.text, fragments, (), budget))


def included(tag: Tag, fragments: Mapping[str, str]) -> str | None:
    """The path of the fragment that a tag includes; '' where there is none of that name, None for a
    tag that is no include."""
    if tag.name not in _INCLUDES:
        return None
    name = tag.arguments.get("0", "")
    paths = (normpath(join(folder, name)) for folder in ("", *FRAGMENT_FOLDERS)) if name else ()
    exact = next((path for path in paths if path in fragments), "")
    return exact or _by_end(name, fragments)


def included_names(text: str, fragments: Mapping[str, str]) -> list[str]:
    """The names of files that a text includes and that are not among the fragments."""
    return [
        tag.arguments["0"]
        for tag in find_tags(text)
        if included(tag, fragments) == "" and tag.arguments.get("0")
    ]


def _by_end(name: str, fragments: Mapping[str, str]) -> str:
    """The fragment whose path ends as a name does, or the other way round: a name may start at the
    root of the repository, or at the file that has the tag. '' for none."""
    wanted = "/" + normpath(name).replace("../", "").strip("/.")
    matching = (
        path
        for path in fragments
        if f"/{path}".endswith(wanted) or wanted.endswith("/" + path.replace("../", ""))
    )
    return min(matching, key=lambda path: (path.count("/"), path), default="") if name else ""


def _expanded(
    text: str, fragments: Mapping[str, str], inside: tuple[str, ...], budget: list[int]
) -> Iterator[tuple[int, str]]:
    """The lines of a text with its includes replaced, each with the number of its line from 0.
    `inside` are the fragments that the text is included in, `budget` the characters left."""
    at = number = lost = 0
    rest = ""
    for tag in find_tags(text):
        path = included(tag, fragments)
        if not path or path in inside or len(inside) >= MAX_INCLUDE_DEPTH:
            continue
        fragment = remove_hidden(fragments[path])
        head = _FRONT_MATTER.match(fragment)
        fragment = fragment[head.end() if head else 0 :].strip("\n")
        if len(fragment) > budget[0]:
            continue
        budget[0] -= len(fragment)
        *before, rest_of_line = (rest + text[at : tag.start]).split("\n")
        for line in before:
            yield number, line
            number, lost = number + 1 + lost, 0
        lines = [line for _, line in _expanded(fragment, fragments, (*inside, path), budget)]
        indent = rest_of_line if rest_of_line.isspace() else ""
        first = rest_of_line + (lines[0] if lines else "")
        if len(lines) > 1:
            yield number, first
            yield from ((number, f"{indent}{line}" if line else "") for line in lines[1:-1])
            rest = f"{indent}{lines[-1]}"
        else:
            rest = first
        lost, at = lost + text.count("\n", tag.start, tag.end), tag.end
    for line in (rest + text[at:]).split("\n"):
        yield number, line
        number, lost = number + 1 + lost, 0
