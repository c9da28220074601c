"""No regular expression takes a time that grows with the square of the text, whatever the text is
made of: each is tried on texts that its own parts suggest."""

from __future__ import annotations

import math
import re
import time

import pytest

from contract import Hang, limited
from helpers import usually
from patterns import ANCHORED, Unit, Used, units, used_patterns

LENGTH = usually(10_000, nightly=80_000)
"""Characters of a text; a fourth and half of it are measured too where it seems slow."""
ENDINGS = ("~", "b", "")
"""What comes after the repeated text: something that no expression waits for, something that begins
a word, nothing."""
QUICK = 0.8e-6
"""Seconds for a character at which an expression is certainly not slow."""
MAX_SECONDS = usually(1, nightly=10)
"""Seconds after which a measurement is ended: no expression that is not slow takes a tenth of it,
however busy the machine is."""
TRIES = 5
"""How often what seems slow is measured: the machine has other things to do."""
GROUPS = 8
EXEMPT = {
    "loader.description._MARKUP": "searched in a few hundred characters",
    "markdown.html._COMMENT": "searched in a text in which every comment has an end",
    "markdown.html._TAGS": "searched in HTML that we have written: every tag has an end",
    "rules._endings._BREAKS_OFF": "searched in 40 characters",
    "rules._endings._ENDS": "searched in 20 characters",
    "rules._qualifiers._QUALIFIER": "tried on headings of at most 60 characters",
    "rules._status._SENTENCE_END": "searched in a few hundred characters",
    "rules.notation._doses._WORD_BEFORE": "searched in 30 characters",
    "rules.text.truncated_text._ANNOUNCEMENT": "searched in 60 characters",
}
"""Expressions that would be slow in a long text, and why they never see one."""
ANCHORED_IN_A_CALL = {
    "loader.claims": "`Text.find` matches them at an occurrence of a word",
}
"""Expressions that are handed to a function, which tries them at one place only."""


def seconds(used: Used, text: str) -> float:
    """Processor time in which an expression is tried on a text, the way it is used; infinite where
    it had to be ended. The clock of the thread is exact; that of the process moves in steps of 4 ms
    on some systems while `limited` watches it."""
    start = time.thread_time()
    try:
        with limited(MAX_SECONDS):
            if used.methods - ANCHORED and not used.name.startswith(tuple(ANCHORED_IN_A_CALL)):
                for _ in used.pattern.finditer(text):
                    pass
            if used.methods != {"fullmatch"}:
                used.pattern.match(text)
            else:
                used.pattern.fullmatch(text)
    except Hang:
        return math.inf
    return time.thread_time() - start


def grows(used: Used, unit: Unit, ending: str) -> str:
    """How the time of an expression grows with the length of a text, where it grows faster than the
    text; '' where it does not."""
    quick = QUICK * LENGTH
    for _ in range(TRIES):
        long = seconds(used, unit.text(LENGTH, ending))
        if long < quick:
            return ""
        if long == math.inf:
            break
        if long < 8 * seconds(used, unit.text(LENGTH // 4, ending)):
            return ""
    sizes = [LENGTH // 4, LENGTH // 2, LENGTH]
    steps = (f"{size:,}: {seconds(used, unit.text(size, ending)):.2f} s" for size in sizes)
    return f"{unit.prefix[:40]!r} + {unit.repeated[:40]!r}… + {ending!r}: {', '.join(steps)}"


def slow(used: Used) -> str:
    """The first text on which an expression is slow; '' where there is none."""
    cases = ((unit, ending) for unit in units(used.pattern) for ending in ENDINGS)
    return next((how for unit, ending in cases if (how := grows(used, unit, ending))), "")


@pytest.mark.parametrize("group", range(GROUPS))
def test_no_expression_is_slow(group: int) -> None:
    patterns = [used for used in used_patterns() if used.name not in EXEMPT][group::GROUPS]
    assert {used.name: how for used in patterns if (how := slow(used))} == {}


def test_every_expression_of_the_rooms_is_tried() -> None:
    names = {used.name for used in used_patterns()}
    assert len(names) > 200
    assert {name for name in EXEMPT if name not in names} == set()
    for start in ANCHORED_IN_A_CALL:
        assert any(name.startswith(start) for name in names)


@pytest.mark.parametrize(
    "pattern",
    [r"\s+$", r"a[a ]*b", r"(?:\w+\s?){1,8}!", r"x\s*\.?\s*:", r"<!--.*?-->", r"(?:,|a)*$"],
)
def test_a_slow_expression_is_noticed(pattern: str) -> None:
    assert slow(Used("planted", re.compile(pattern), frozenset(("search",))))
