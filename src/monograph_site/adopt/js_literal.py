"""The values of a JavaScript configuration that are written out: texts, numbers, lists and objects.
What has to be computed is None."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..regex import regex

_BLANK = regex(r"(?:\s+|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
_TEXT = regex(r"'((?:[^'\\\n]|\\.)*)'|\"((?:[^\"\\\n]|\\.)*)\"|`((?:[^`\\]|\\.)*)`")
_NAME = regex(r"[\w$.]+")
MAX_DEPTH = 50
"""Lists and objects inside each other; deeper ones are passed over."""
_CLOSING = {"(": ")", "[": "]", "{": "}"}


ValueOf = Callable[[str], Any]
"""The value of a name; None where it is not known."""


def _unknown(_: str) -> Any:
    return None


def read_object_after(text: str, name: str, value_of: ValueOf = _unknown) -> dict[str, Any]:
    """The object that is the first argument of the call of a function; empty where there is none.
    `value_of` gives the values of names."""
    match = re.search(rf"\b{re.escape(name)}\s*\(\s*(?=\{{)", text)
    if match is None:
        return {}
    value = read_value_at(text, match.end(), value_of)
    return value if isinstance(value, dict) else {}


def read_value_at(text: str, at: int, value_of: ValueOf = _unknown) -> Any:
    """The value that starts at an offset; None for an expression."""
    return _Reader(text, at, value_of).value(is_statement=True)


class _Reader:
    """Reads from a place in a text. Nothing is raised for what it does not understand."""

    def __init__(self, text: str, at: int, value_of: ValueOf) -> None:
        self._text, self._at, self._depth = text, at, 0
        self._value_of = value_of

    def value(self, *, is_statement: bool = False) -> Any:
        """The next value; None for an expression, which is passed over. A statement may end without
        a mark, before a word."""
        start = self._skip()
        result: Any = None
        if match := _TEXT.match(self._text, start):
            self._at = match.end()
            result = re.sub(r"\\(.)", r"\1", next(g for g in match.groups() if g is not None))
        elif self._peek() in ("{", "[") and self._depth < MAX_DEPTH:
            self._depth += 1
            result = self._object() if self._peek() == "{" else self._list()
            self._depth -= 1
        elif match := _NAME.match(self._text, start):
            self._at = match.end()
            words = {"true": True, "false": False}
            result = words[match[0]] if match[0] in words else self._value_of(match[0])
        self._skip()
        if self._peek() in (",", "}", "]", ")", ";", ""):
            return result
        if is_statement and self._peek().isalpha() and result is not None:
            return result
        self._pass_expression()
        return None

    def _object(self) -> dict[str, Any]:
        self._at += 1
        result: dict[str, Any] = {}
        while self._skip() < len(self._text) and self._peek() != "}":
            start = self._at
            key = _TEXT.match(self._text, start) or _NAME.match(self._text, start)
            if key:
                self._at = key.end()
                self._skip()
            if key and self._peek() == ":":
                self._at += 1
                result[key[0].strip("'\"`")] = self.value()
            elif key and key[0].startswith("..."):
                others = self._value_of(key[0][3:])
                result |= others if isinstance(others, dict) else {}
            elif key and self._peek() in (",", "}"):
                result[key[0]] = self._value_of(key[0])
            else:
                self._pass_expression()
            self._pass_comma(start)
        self._at += 1
        return result

    def _list(self) -> list[Any]:
        self._at += 1
        result = []
        while self._skip() < len(self._text) and self._peek() != "]":
            start = self._at
            name = _NAME.match(self._text, start)
            value = self.value()
            others = self._value_of(name[0][3:]) if name and name[0].startswith("...") else None
            result += others if isinstance(others, list) else [value]
            self._pass_comma(start)
        self._at += 1
        return result

    def _skip(self) -> int:
        """Pass over blanks and comments; the place after them."""
        match = _BLANK.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._at

    def _peek(self) -> str:
        return self._text[self._at : self._at + 1]

    def _pass_comma(self, start: int) -> None:
        self._skip()
        if self._peek() == "," or self._at == start:
            self._at += 1

    def _pass_expression(self) -> None:
        """Pass over code to the comma or bracket that ends the value."""
        waiting: list[str] = []
        while self._skip() < len(self._text):
            char = self._peek()
            if not waiting and char in ",}])":
                return
            text = _TEXT.match(self._text, self._at)
            self._at = text.end() if text else self._at + 1
            if char in _CLOSING:
                waiting.append(_CLOSING[char])
            elif waiting and char == waiting[-1]:
                waiting.pop()
