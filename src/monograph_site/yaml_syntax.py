"""What a YAML parser complains of, in the words of the person who wrote the text, at the place that must be mended."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

_INDENTED = re.compile(r"[ \t]+(?:[\w.-]+ ?){1,4}")
_KEY = re.compile(r"[ \t-]*([^:\n]*):[ \t]+")


class Complaint(NamedTuple):
    """What is wrong with a YAML text."""

    at: int
    """Where, in characters from the start of the text."""
    text: str
    """What is wrong; then, after a line end, what to do."""
    length: int = 1


def complaint(error: yaml.MarkedYAMLError, text: str) -> Complaint:
    """What the parser found wrong in a text."""
    problem = error.problem or ""
    at = error.problem_mark.index if error.problem_mark else 0
    opened = error.context_mark.index if error.context_mark else at
    context = error.context or ""
    if "mapping values are not allowed" in problem:
        return _colon(text, at)
    if "alias" in problem:
        return _word(text, at, "refers to a place marked '&' that is not there", "Put the value in quotes.")
    if "tab character" in problem or (text[at : at + 1] == "\t" and "cannot start" in problem):
        return Complaint(at, "A tab is no indentation in YAML.\nIndent with spaces.")
    if "cannot start any token" in problem:
        return Complaint(at, f"A value can't start with {text[at : at + 1]!r}.\nPut the value in quotes.")
    if "quoted scalar" in context:
        return Complaint(opened, "The quote that starts here is not closed.\nClose it with the same sign.")
    if "flow" in context:
        sign = text[opened : opened + 1]
        said = f"The bracket {sign!r} that starts here is not closed, or a comma is missing in it."
        return Complaint(opened, f"{said}\nClose it; text with a bracket in it needs quotes.")
    if "could not find expected ':'" in problem:
        why = "is no line of 'key: value'"
        return _word(text, opened, why, "Indent it below its key, or add the key; or the closing --- is missing.")
    if at and "expected key" in problem and re.search(r"[\"'][ \t]*\Z", text[max(0, at - 40) : at]):
        return _word(text, at, "stands behind the closing quote", "Put the whole value in quotes.")
    what = " ".join(part for part in (context, problem) if part)
    return Complaint(at, f"Not valid YAML: {what}.\nCheck indentation, quotes and brackets here and in the line above.")


def _colon(text: str, at: int) -> Complaint:
    """A second colon in a value, or a key that is indented as if it belonged to the value above."""
    start = text.rfind("\n", 0, at) + 1
    before = text[start:at]
    if _INDENTED.fullmatch(before):
        word = before.strip()
        said = f"The key {word!r} is indented, so it is read as part of the value above."
        return Complaint(start + before.index(word[0]), f"{said}\nIndent it as the other keys are.", len(word))
    key = _KEY.match(before)
    said = f"The value of {key.group(1).strip()!r} has" if key else "This value has"
    return Complaint(at, f"{said} a colon with a space behind it, which would begin another key.\nPut it in quotes.")


def _word(text: str, at: int, why: str, what: str) -> Complaint:
    """A complaint about the rest of a line."""
    rest = text[at : at + 400].split("\n")[0].rstrip()
    shown = rest if len(rest) <= 60 else f"{rest[:57]}…"
    return Complaint(at, f"{shown!r} {why}.\n{what}", len(rest))
