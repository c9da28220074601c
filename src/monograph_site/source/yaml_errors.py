"""Where an author went wrong in YAML that can't be read, in the author's words.

A parser says where it could go no further, which is often lines behind the mistake, and in terms of
its own making. What it knows besides (where the thing began that it was reading) leads back to the
character to mend.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

import yaml

_CLOSING = {"[": "]", "{": "}"}
_KEY = re.compile(r"""[ \t]*(?:-[ ]+){0,9}("[^"\n]*"|'[^'\n]*'|[^\s#:\[{][^:\n]*):[ ]+""")
_SPOILT_COLON = re.compile(r"[ \t]*(?:- +)?([\w-]+)[ \t]*(:(?=[^ \t\n:/])|\uff1a|=)\s*(.*)")
"""A key with what was meant to be a colon and a space (which may be a no-break space), and its
value."""
_CURLY = "“”„‘’«»"
_AT_ONCE = "node content"
"""The parser's words for a value that ends before it begins."""
_UNKNOWN = (
    "The YAML can't be read on from here.\n"
    "Look at the quotes, colons and spaces of this line and of the one above."
)
_HYPHENS = "A line of three hyphens must stand alone, and ends what is above it."


class YamlError(NamedTuple):
    """What to mend."""

    offset: int
    """Of the character in the YAML text."""
    text: str
    """What is wrong; then, after a line end, what to do."""
    length: int = 1
    """Characters it is about."""


class Broken(NamedTuple):
    """A text that is not YAML, and what the parser says of it."""

    text: str
    words: str
    """The parser's."""
    at: int
    """Where it stopped."""
    start: int
    """Where the thing starts that it was reading; `at` where it says nothing of that."""
    quoted: tuple[int, int]
    """The quoted text it read last: where it starts and ends; (-1, -1) for none."""

    def line(self, index: int) -> str:
        """The line an offset stands in; the last one ends where the text does (-1 modulo its length
        and one)."""
        return self.text[self.begin(index) : self.text.find("\n", index) % (len(self.text) + 1)]

    def rest(self, index: int) -> str:
        """The line an offset stands in, from there on."""
        return self.line(index)[index - self.begin(index) :].rstrip()

    def begin(self, index: int) -> int:
        """Where the line of an offset begins."""
        return self.text.rfind("\n", 0, index) + 1

    def above(self, index: int) -> int:
        """Where the nearest line begins that stands above an offset's and is not blank; -1 where
        there is none."""
        index = self.begin(index) - 1
        while index >= 0 and not self.line(index).strip():
            index = self.begin(index) - 1
        return self.begin(index) if index >= 0 else -1

    def first(self, index: int) -> int:
        """Where the first word stands in the line of an offset."""
        return self.begin(index) + _indent(self.line(index))


def mistake(text: str, error: yaml.MarkedYAMLError, loader: object) -> YamlError:
    """What to mend in a text that a YAML loader refused with this error."""
    mark = error.problem_mark or error.context_mark
    at = min(mark.index, len(text)) if mark else 0
    start = min(error.context_mark.index, len(text)) if error.context_mark else at
    broken = Broken(
        text,
        f"{error.context or ''} {error.problem or ''}",
        at,
        start,
        _last_quoted(text, at, loader),
    )
    return next((found for look in _LOOKS if (found := look(broken))), YamlError(at, _UNKNOWN))


def _last_quoted(text: str, at: int, loader: object) -> tuple[int, int]:
    """The quoted text that ends right before an offset, as the parser understands it."""
    last = (-1, -1)
    with suppress(yaml.YAMLError, RecursionError):
        for event in yaml.parse(text, Loader=loader):  # type: ignore[arg-type]  # the stubs know no C loader
            if getattr(event, "style", None) in ("'", '"') and event.start_mark and event.end_mark:
                last = (event.start_mark.index, event.end_mark.index)
    return last if last[1] >= 0 and not text[last[1] : at].strip(" ") else (-1, -1)


def _quote(one: Broken) -> YamlError | None:
    """A quote that is never closed, or too early."""
    if "quoted scalar" in one.words and "escape" not in one.words:
        return _never_closed(one.text[one.start], one.start)
    start, end = one.quoted
    if start < 0 or not one.text[one.at : one.at + 1].strip():
        return None
    sign = one.text[start]
    if "\n" in one.text[start:end]:
        return _never_closed(sign, start)
    rest = _shown(one.text[end:].partition("\n")[0])
    how = (
        "Write an apostrophe twice ('')" if sign == "'" else 'Write \\" for a quotation mark in it'
    )
    what = f"This quote closes the text, and {rest} follows.\n{how}, or put the closing quote at the very end."
    return YamlError(end - 1, what)


def _never_closed(sign: str, at: int) -> YamlError:
    return YamlError(
        at,
        f"The quote that opens here is not closed in its line.\nPut a {sign} at the end of the text.",
    )


def _bracket(one: Broken) -> YamlError | None:
    """A bracket that is never closed, closed by another, or closes nothing."""
    sign = one.text[one.at : one.at + 1]
    opening = one.text[one.start : one.start + 1]
    if ("flow sequence" in one.words or "flow mapping" in one.words) and opening in _CLOSING:
        closing = _CLOSING[opening]
        if sign in ("]", "}") and sign != closing:
            return YamlError(one.at, f"{opening!r} is closed by {sign!r}.\nWrite {closing!r}.")
        if "\n" in one.text[one.start : one.at] or not sign.strip():
            return YamlError(
                one.start,
                f"The {opening!r} that opens here is not closed.\nPut a {closing!r} at its end.",
            )
        return YamlError(
            one.at,
            f"A comma or {closing!r} is missing before {_shown(one.rest(one.at))}.\nWrite it.",
        )
    if sign in ("]", "}"):
        return YamlError(
            one.at,
            f"Nothing is open that {sign!r} could close.\nRemove it, or put quotes around the text.",
        )
    return None


def _sign(one: Broken) -> YamlError | None:
    """A sign that means something in YAML, where it should be text."""
    sign = one.text[one.at : one.at + 1]
    if "escape" in one.words:
        at = one.at - (sign != "\\")
        what = f"{one.text[at : at + 2]} means nothing between double quotes."
        return YamlError(at, f"{what}\nWrite \\\\ for a backslash, or use single quotes.", 2)
    if sign == "\t" and ("token" in one.words or "tab" in one.words):
        return YamlError(one.at, "A tab stands where only spaces may.\nPut spaces in its place.")
    if "block scalar" in one.words:
        what = f"Behind {one.text[one.start : one.start + 1]!r} the line must end."
        return YamlError(
            one.start,
            f"{what}\nStart the text in the next line, indented, or put quotes around it.",
        )
    if "another document" in one.words:
        return YamlError(one.at, f"{_HYPHENS}\nRemove it, or the rest of the line.", 3)
    starts = any(word in one.words for word in ("token", "alias", "anchor", "directive"))
    if starts or (sign == "," and _AT_ONCE in one.words):
        start = one.at if "token" in one.words else one.start
        value = one.rest(start)
        return YamlError(
            start, f"Text can't start with {value[:1]!r}.\n{_in_quotes(value)}", len(value)
        )
    return None


def _colon(one: Broken) -> YamlError | None:
    """A colon too many in a line, or one missing in the line above."""
    if "mapping values" not in one.words:
        return None
    line, begin = one.line(one.at), one.begin(one.at)
    key = _KEY.match(line)
    if key and begin + key.end(1) < one.at:
        value, start = line[key.end() :].strip(), begin + key.end()
        if value[:1] and value[0] in _CURLY:
            what = f"{value[0]} is no quote in YAML, and a text with ': ' in it needs quotes."
            return YamlError(start, f"{what}\n{_in_quotes(value.strip(_CURLY))}", len(value))
        return YamlError(
            one.at, f"The value of {key[1]!r} has ': ' in it, and no quotes.\n{_in_quotes(value)}"
        )
    above = one.above(one.at)
    if above < 0:
        return None
    key = _KEY.match(one.line(above))
    if key and _indent(line) > _indent(one.line(above)):
        what = f"This line is indented below {key[1]!r}, which has a value already.\nRemove the spaces before it."
        return YamlError(one.first(one.at), what, len(line.strip()))
    return _no_colon(one, above)


def _key(one: Broken) -> YamlError | None:
    """A line without a colon."""
    return _no_colon(one, one.start) if "simple key" in one.words else None


def no_colon(text: str) -> YamlError:
    """What to mend in a text that should begin with a key, and does not."""
    return _no_colon(Broken(text, "", 0, 0, (-1, -1)), len(text) - len(text.lstrip()))


def _no_colon(one: Broken, index: int) -> YamlError:
    line, first = one.line(index), one.first(index)
    text = line.strip()
    spoilt = _SPOILT_COLON.match(line)
    if spoilt:
        at, sign = one.begin(index) + spoilt.start(2), spoilt[2]
        what = "No space follows this colon" if sign == ":" else f"{sign!r} is no colon"
        return YamlError(at, f"{what}.\nWrite '{spoilt[1]}: {_cut(spoilt[3])}'.".replace("  ", " "))
    if text.startswith("---"):
        return YamlError(
            first, f"{_HYPHENS}\nRemove the rest of the line, or indent it.", len(text)
        )
    if one.text[: one.begin(first)].rstrip(" \t").endswith("\n\n"):
        what = "This is text, and no 'key: value'."
        return YamlError(
            first,
            f"{what}\nIf the front matter ends above it, put a line of three hyphens there.",
            len(text),
        )
    word, _, value = text.partition(" ")
    how = f"Write '{word}: {_cut(value)}'" if value else "Write 'key: value'"
    return YamlError(
        first,
        f"This line has no colon.\n{how}, or indent it below the key it belongs to.",
        len(text),
    )


def _indentation(one: Broken) -> YamlError | None:
    """A line whose beginning stands below nothing it could belong to."""
    first = one.first(one.at)
    if "block" not in one.words or first != one.at:
        return None
    line = one.line(one.at)
    levels = list(_levels(one, one.at))
    if line.strip().startswith("- ") and _indent(line) in levels:
        what = "A list item stands among keys."
        return YamlError(
            first, f"{what}\nIndent it below the key it belongs to.", len(line.strip())
        )
    fitting = " or ".join(str(level) for level in sorted(levels))
    what = f"This line is indented by {_indent(line)}, and the lines above that it could belong to by {fitting}."
    return YamlError(first, f"{what}\nIndent it as one of them.", len(line.strip()))


def _levels(one: Broken, index: int) -> Iterator[int]:
    """How far the lines above are indented that are still open at an offset, the nearest first."""
    least = 10_000
    while (index := one.above(index)) >= 0 and least:
        indent = _indent(one.line(index))
        if indent < least:
            yield indent
            least = indent


_LOOKS: tuple[Callable[[Broken], YamlError | None], ...] = (
    _sign,
    _quote,
    _bracket,
    _colon,
    _key,
    _indentation,
)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _in_quotes(value: str) -> str:
    """What to do about a value that needs quotes."""
    quoted = (
        f'"{_cut(value)}"' if '"' not in value else f"'{_cut(value)}'" if "'" not in value else ""
    )
    return f"Put quotes around it: {quoted}." if quoted else "Put quotes around it."


def _cut(text: str) -> str:
    text = text.strip()
    return text if len(text) <= 40 else f"{text[:39].rstrip()}…"


def _shown(text: str) -> str:
    return repr(_cut(text))
