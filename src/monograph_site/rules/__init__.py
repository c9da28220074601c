"""The validation rules, one module or function each, in folders by theme; the docstring of a rule
is its manual.

A rule of one file is a function from a `Draft` to faults, under `@rule(code, name)`. A rule over
all files together is a function from a `SiteContext` to faults with their paths, under
`@site_rule(code, name)`. To add one, add a module to the folder of its theme (the first digit of
its code) and a test document of its name in `tests/rules/THEME/`. What the rules of a theme share
lies beside them in a module whose name begins with `_`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, TypeVar

from ..loader.draft import Draft
from ..model.finding import Finding, FindingKind, Problem, declare, selects
from ..model.monograph import Monograph
from ..model.registry import Registry, discover
from ..site.site import Site
from ._disputes import Disputes, gather

Check = Callable[[Draft], Iterator[Problem]]
"""Yields what it finds in one file; it must not raise, and must not look at anything but the draft.
"""


@dataclass(frozen=True)
class SiteContext:
    """Everything that a rule over all files may look at."""

    site: Site
    as_of: str
    """ISO date that counts as today."""
    load_record: Callable[[str], Monograph]
    """The full record of a content path of the site. Slow: for the few files that need it."""

    @cached_property
    def disputes(self) -> Disputes:
        """What the texts say of the same medicines."""
        return gather(self.site)


SiteCheck = Callable[[SiteContext], Iterator[tuple[str, Problem]]]
"""Yields what it finds, each with the path of its file; it must not raise, and be quick on ten
thousand entries."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding and the function that looks for it in one file."""

    finding: FindingKind
    check: Check


@dataclass(frozen=True, slots=True)
class SiteRule:
    """A kind of finding and the function that looks for it in all files together."""

    finding: FindingKind
    check: SiteCheck


RULES: Registry[Rule] = Registry("rule")
SITE_RULES: Registry[SiteRule] = Registry("site rule")
_Function = TypeVar("_Function", bound=Callable[..., Any])


def rule(
    code: str, name: str, *, fixable: bool = False, optional: bool = False
) -> Callable[[Check], Check]:
    """A decorator that makes a function a rule of one file. See `FindingKind` for the arguments."""
    return _register(RULES, Rule, code, name, fixable, optional)


def site_rule(
    code: str, name: str, *, fixable: bool = False, optional: bool = False
) -> Callable[[SiteCheck], SiteCheck]:
    """A decorator that makes a function a rule over all files. See `FindingKind` for the arguments."""
    return _register(SITE_RULES, SiteRule, code, name, fixable, optional)


def check(draft: Draft, optional: Iterable[str] = ()) -> Iterator[Finding]:
    """Everything that the rules find in a file, in the order of their names; of optional rules
    those in `optional`."""
    for each in rules():
        if _is_wanted(each.finding, optional):
            for fault in each.check(draft):
                yield each.finding.at(draft.source.path, *fault)


def check_site(context: SiteContext, optional: Iterable[str] = ()) -> Iterator[Finding]:
    """Everything that the rules find over all files, in the order of their names; of optional rules
    those in `optional`."""
    for each in site_rules():
        if _is_wanted(each.finding, optional):
            for path, fault in each.check(context):
                yield each.finding.at(path, *fault)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules of one file."""
    discover(__name__)
    return RULES.values()


@cache
def site_rules() -> tuple[SiteRule, ...]:
    """All rules over all files."""
    discover(__name__)
    return SITE_RULES.values()


def _register(
    registry: Registry[Any], kind: type[Any], code: str, name: str, fixable: bool, optional: bool
) -> Callable[[_Function], _Function]:
    def add(function: _Function) -> _Function:
        finding = declare(
            code, name, inspect.getdoc(function) or "", fixable=fixable, optional=optional
        )
        registry.add(name, kind(finding, function))
        return function

    return add


def _is_wanted(finding: FindingKind, optional: Iterable[str]) -> bool:
    return not finding.optional or any(selects(word, finding) for word in optional)
