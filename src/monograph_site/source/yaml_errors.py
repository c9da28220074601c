"""Where an author went wrong in YAML that cannot be read, in the author's words.

A parser reports where it could go no further, which is often lines after the mistake, in terms of
its own grammar. Its context (where the construct it was reading began) leads back to the character
to correct.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

import yaml

from ..regex import regex

MAX_QUOTED_LENGTH = 40
"""Characters of the author's text that a message repeats."""

_CLOSING = {"[": "]", "{": "}"}
_KEY = regex(r"""[ \t]*(?:-[ ]+){0,9}("[^"\n]*"|'[^'\n]*'|[^\s#:\[{][^:\n]*):[ ]+""")
_WRONG_COLON = regex(r"[ \t]*(?:- +)?([\w-]+)[ \t]*(:(?=[^ \t\n:/])|\uff1a|=)\s*(.*)")
"""A key, what was meant to be a colon and a space (which may be a no-break space), and its
value."""
_CURLY_QUOTES = "“”„‘’«»"
_EMPTY_VALUE = "node content"
"""The parser's words for a value that ends before it begins."""
_UNKNOWN = (
    "The YAML can't be read any further.\n"
    "Look at the quotes, colons and spaces of this line and of the one above."
)
_HYPHENS = "Three hyphens must be alone on their line; they end what is above."


class YamlError(NamedTuple):
    """What to correct."""

    offset: int
    """Of the character in the YAML text."""
    text: str
    """What is wrong; then, after a line end, what to do."""
    length: int = 1
    """Characters it is about."""


class Broken(NamedTuple):
    """A text that is not YAML, and what the parser says about it. Offsets are in the text."""

    text: str
    words: str
    """The parser's message."""
    at: int
    """Where the parser stopped."""
    start: int
    """Where the construct starts that it was reading; `at` where it does not say."""
    quoted: tuple[int, int]
    """The quoted text it read last: its start and end; (-1, -1) for none."""

    @property
    def character(self) -> str:
        """The character at which the parser stopped; '' at the end of the text."""
        return self.text[self.at : self.at + 1]

    def line(self, offset: int) -> str:
        """The line an offset is in, without its line end."""
        end = self.text.find("\n", offset)
        return self.text[self.line_start(offset) : end if end >= 0 else len(self.text)]

    def rest(self, offset: int) -> str:
        """The line an offset is in, from there on."""
        return self.line(offset)[offset - self.line_start(offset) :].rstrip()

    def line_start(self, offset: int) -> int:
        """Where the line of an offset starts."""
        return self.text.rfind("\n", 0, offset) + 1

    def line_above(self, offset: int) -> int:
        """Where the nearest line that is not blank starts above an offset's; -1 for none."""
        offset = self.line_start(offset) - 1
        while offset >= 0 and not self.line(offset).strip():
            offset = self.line_start(offset) - 1
        return self.line_start(offset) if offset >= 0 else -1

    def first_word(self, offset: int) -> int:
        """Where the first word of an offset's line starts."""
        return self.line_start(offset) + _indent(self.line(offset))


def explain(text: str, error: yaml.MarkedYAMLError, loader: object) -> YamlError:
    """What to correct in a text that a YAML loader refused with this error."""
    mark = error.problem_mark or error.context_mark
    at = min(mark.index, len(text)) if mark else 0
    start = min(error.context_mark.index, len(text)) if error.context_mark else at
    words = f"{error.context or ''} {error.problem or ''}"
    broken = Broken(text, words, at, start, _last_quoted(text, at, loader))
    for find_error in _CHECKS:
        if yaml_error := find_error(broken):
            return yaml_error
    return YamlError(at, _UNKNOWN)


def explain_missing_colon(text: str) -> YamlError:
    """What to correct in a text that should begin with a key and does not."""
    return _no_colon(Broken(text, "", 0, 0, (-1, -1)), len(text) - len(text.lstrip()))


def _last_quoted(text: str, at: int, loader: object) -> tuple[int, int]:
    """The quoted text that ends right before an offset, as the parser understands it."""
    last = (-1, -1)
    with suppress(yaml.YAMLError, RecursionError):
        # the stubs know no C loader
        for event in yaml.parse(text, Loader=loader):  # type: ignore[arg-type]
            if getattr(event, "style", None) in ("'", '"') and event.start_mark and event.end_mark:
                last = (event.start_mark.index, event.end_mark.index)
    return last if last[1] >= 0 and not text[last[1] : at].strip(" ") else (-1, -1)


def _special_character(broken: Broken) -> YamlError | None:
    """A character with a meaning in YAML, where text should be."""
    character = broken.character
    if "escape" in broken.words:
        at = broken.at - (character != "\\")
        what = f"{broken.text[at : at + 2]} is not an escape in double quotes."
        return YamlError(at, f"{what}\nWrite \\\\ for a backslash, or use single quotes.", 2)
    if character == "\t" and ("token" in broken.words or "tab" in broken.words):
        return YamlError(broken.at, "A tab where only spaces may be.\nReplace it with spaces.")
    if "block scalar" in broken.words:
        what = f"The line must end after {broken.text[broken.start : broken.start + 1]!r}."
        fix = "Start the text in the next line, indented, or put quotes around it."
        return YamlError(broken.start, f"{what}\n{fix}")
    if "another document" in broken.words:
        return YamlError(broken.at, f"{_HYPHENS}\nRemove it, or the rest of the line.", 3)
    starts = any(word in broken.words for word in ("token", "alias", "anchor", "directive"))
    if starts or (character == "," and _EMPTY_VALUE in broken.words):
        start = broken.at if "token" in broken.words else broken.start
        value = broken.rest(start)
        what = f"Text can't start with {value[:1]!r}."
        return YamlError(start, f"{what}\n{_put_in_quotes(value)}", len(value))
    return None


def _quote(broken: Broken) -> YamlError | None:
    """A quote that is never closed, or is closed too early."""
    if "quoted scalar" in broken.words and "escape" not in broken.words:
        return _never_closed(broken.text[broken.start], broken.start)
    start, end = broken.quoted
    if start < 0 or not broken.character.strip():
        return None
    quote = broken.text[start]
    if "\n" in broken.text[start:end]:
        return _never_closed(quote, start)
    rest = _quoted(broken.text[end:].partition("\n")[0])
    fix = (
        "Write an apostrophe twice ('')"
        if quote == "'"
        else 'Write \\" for a quotation mark in the text'
    )
    what = f"The text ends at this quote, but {rest} follows."
    return YamlError(end - 1, f"{what}\n{fix}, or put the closing quote at the very end.")


def _never_closed(quote: str, at: int) -> YamlError:
    what = "The quote that opens here is not closed in its line."
    return YamlError(at, f"{what}\nPut a {quote} at the end of the text.")


def _bracket(broken: Broken) -> YamlError | None:
    """A bracket that is never closed, is closed by another, or closes nothing."""
    character = broken.character
    opening = broken.text[broken.start : broken.start + 1]
    in_brackets = "flow sequence" in broken.words or "flow mapping" in broken.words
    if in_brackets and opening in _CLOSING:
        closing = _CLOSING[opening]
        if character in ("]", "}") and character != closing:
            what = f"{opening!r} is closed by {character!r}."
            return YamlError(broken.at, f"{what}\nWrite {closing!r}.")
        if "\n" in broken.text[broken.start : broken.at] or not character.strip():
            what = f"The {opening!r} that opens here is not closed."
            return YamlError(broken.start, f"{what}\nPut a {closing!r} at its end.")
        what = f"A comma or {closing!r} is missing before {_quoted(broken.rest(broken.at))}."
        return YamlError(broken.at, f"{what}\nAdd it.")
    if character in ("]", "}"):
        what = f"{character!r} has no opening bracket."
        return YamlError(broken.at, f"{what}\nRemove it, or put quotes around the text.")
    return None


def _colon(broken: Broken) -> YamlError | None:
    """A colon too many in a line, or one missing in the line above."""
    if "mapping values" not in broken.words:
        return None
    line, line_start = broken.line(broken.at), broken.line_start(broken.at)
    key = _KEY.match(line)
    if key and line_start + key.end(1) < broken.at:
        value, start = line[key.end() :].strip(), line_start + key.end()
        if value[:1] and value[0] in _CURLY_QUOTES:
            what = f"{value[0]} is not a quote in YAML, and text with ': ' in it needs quotes."
            fix = _put_in_quotes(value.strip(_CURLY_QUOTES))
            return YamlError(start, f"{what}\n{fix}", len(value))
        what = f"The value of {key[1]!r} has ': ' in it, and no quotes."
        return YamlError(broken.at, f"{what}\n{_put_in_quotes(value)}")
    above = broken.line_above(broken.at)
    if above < 0:
        return None
    key = _KEY.match(broken.line(above))
    if key and _indent(line) > _indent(broken.line(above)):
        what = f"This line is indented below {key[1]!r}, which has a value already."
        text = f"{what}\nRemove the spaces before it."
        return YamlError(broken.first_word(broken.at), text, len(line.strip()))
    return _no_colon(broken, above)


def _key(broken: Broken) -> YamlError | None:
    """A line without a colon."""
    return _no_colon(broken, broken.start) if "simple key" in broken.words else None


def _no_colon(broken: Broken, offset: int) -> YamlError:
    line, first_word = broken.line(offset), broken.first_word(offset)
    text = line.strip()
    if wrong := _WRONG_COLON.match(line):
        key, character, value = wrong[1], wrong[2], _cut(wrong[3])
        what = "No space follows this colon"
        if character != ":":
            what = f"{character!r} in place of a colon"
        fix = f"Write '{key}: {value}'.".replace("  ", " ")
        return YamlError(broken.line_start(offset) + wrong.start(2), f"{what}.\n{fix}")
    if text.startswith("---"):
        fix = "Remove the rest of the line, or indent it."
        return YamlError(first_word, f"{_HYPHENS}\n{fix}", len(text))
    if broken.text[: broken.line_start(first_word)].rstrip(" \t").endswith("\n\n"):
        fix = "If the front matter ends above it, put a line of three hyphens there."
        return YamlError(first_word, f"This is text, not 'key: value'.\n{fix}", len(text))
    word, _, value = text.partition(" ")
    fix = f"Write '{word}: {_cut(value)}'" if value else "Write 'key: value'"
    fix = f"{fix}, or indent it below the key it belongs to."
    return YamlError(first_word, f"This line has no colon.\n{fix}", len(text))


def _indentation(broken: Broken) -> YamlError | None:
    """A line that is indented as none that it could belong to."""
    first_word = broken.first_word(broken.at)
    if "block" not in broken.words or first_word != broken.at:
        return None
    line = broken.line(broken.at)
    length = len(line.strip())
    levels = list(_open_levels(broken, broken.at))
    if line.strip().startswith("- ") and _indent(line) in levels:
        fix = "Indent it below the key it belongs to."
        return YamlError(first_word, f"A list item among keys.\n{fix}", length)
    fitting = " or ".join(str(level) for level in sorted(levels))
    what = (
        f"This line is indented by {_indent(line)}; "
        f"the lines above that it could belong to are indented by {fitting}."
    )
    return YamlError(first_word, f"{what}\nIndent it as one of them.", length)


def _open_levels(broken: Broken, offset: int) -> Iterator[int]:
    """The indentations of the lines above an offset to which its line could belong, nearest
    first."""
    least = 10_000
    while (offset := broken.line_above(offset)) >= 0 and least:
        indent = _indent(broken.line(offset))
        if indent < least:
            yield indent
            least = indent


_CHECKS: tuple[Callable[[Broken], YamlError | None], ...] = (
    _special_character,
    _quote,
    _bracket,
    _colon,
    _key,
    _indentation,
)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _put_in_quotes(value: str) -> str:
    """What to do about a value that needs quotes."""
    quotes = [quote for quote in ('"', "'") if quote not in value]
    if not quotes:
        return "Put quotes around it."
    return f"Put quotes around it: {quotes[0]}{_cut(value)}{quotes[0]}."


def _cut(text: str) -> str:
    text = text.strip()
    if len(text) <= MAX_QUOTED_LENGTH:
        return text
    return f"{text[: MAX_QUOTED_LENGTH - 1].rstrip()}…"


def _quoted(text: str) -> str:
    return repr(_cut(text))
