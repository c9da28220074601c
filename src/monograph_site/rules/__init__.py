"""The validation rules of one file, one module each; the docstring of a rule's function is its manual.

A rule is a function from a `Draft` to faults. To add one, add a module here with a function under `@rule(code, name)`,
and a test document of that name in `tests/rules/`. What only several files together show is found in `site_rules/`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from ..loader.draft import Draft
from ..model.finding import Diagnostic, Fault, Finding, declare, selects
from ..model.registry import Registry, discover

Check = Callable[[Draft], Iterator[Fault]]
"""Yields what it finds in one file; it must not raise, and must not look at anything but the draft."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding and the function that looks for it."""

    finding: Finding
    check: Check


RULES: Registry[Rule] = Registry("rule")


def rule(code: str, name: str, *, fixable: bool = False, optional: bool = False) -> Callable[[Check], Check]:
    """A decorator that makes a function a rule; its docstring is the manual. See `Finding` for the arguments."""

    def add(check: Check) -> Check:
        RULES.add(
            name, Rule(declare(code, name, inspect.getdoc(check) or "", fixable=fixable, optional=optional), check)
        )
        return check

    return add


def check(page: Draft, asked: Iterable[str] = ()) -> Iterator[Diagnostic]:
    """Everything all rules find in a file, in the order of the rules' names; of optional ones what is `asked` for."""
    for one in rules():
        if not one.finding.optional or any(selects(word, one.finding) for word in asked):
            for fault in one.check(page):
                yield one.finding.at(page.source.path, *fault)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules."""
    discover(__name__)
    return RULES.values()
