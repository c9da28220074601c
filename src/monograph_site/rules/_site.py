"""The validation rules over all files together, one module each; the docstring of a rule's function is its manual.

To add one, add a module here with a function under `@site_rule(code, name)`, and a test document of that name in
`tests/site_rules/`. What one file shows alone is found in `rules/`.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from ..model.finding import Diagnostic, Fault, Finding, declare, selects
from ..model.monograph import Monograph
from ..model.registry import Registry, discover
from ..site.site import Site
from ._disputes import Disputes, gather


@dataclass(frozen=True)
class Whole:
    """Everything such a rule may look at."""

    site: Site
    as_of: str
    """ISO date that counts as today."""
    record: Callable[[str], Monograph]
    """The full record of a content path of the site. Slow: for the few files that need it."""

    @cached_property
    def disputes(self) -> Disputes:
        """What the texts say of the same medicines."""
        return gather(self.site)


SiteCheck = Callable[[Whole], Iterator[tuple[str, Fault]]]
"""Yields what it finds, each with the path of its file; it must not raise, and be quick on ten thousand entries."""


@dataclass(frozen=True, slots=True)
class SiteRule:
    """A kind of finding and the function that looks for it."""

    finding: Finding
    check: SiteCheck


SITE_RULES: Registry[SiteRule] = Registry("site rule")


def site_rule(
    code: str, name: str, *, fixable: bool = False, optional: bool = False
) -> Callable[[SiteCheck], SiteCheck]:
    """A decorator that makes a function a rule; its docstring is the manual. See `Finding` for the arguments."""

    def add(check: SiteCheck) -> SiteCheck:
        finding = declare(code, name, inspect.getdoc(check) or "", fixable=fixable, optional=optional)
        SITE_RULES.add(name, SiteRule(finding, check))
        return check

    return add


def check(whole: Whole, asked: Iterable[str] = ()) -> Iterator[Diagnostic]:
    """Everything all rules find, in the order of the rules' names; of optional rules only those `asked` for."""
    for one in rules():
        if not one.finding.optional or any(selects(word, one.finding) for word in asked):
            for path, fault in one.check(whole):
                yield one.finding.at(path, *fault)


@cache
def rules() -> tuple[SiteRule, ...]:
    """All rules."""
    discover(__name__)
    return SITE_RULES.values()
