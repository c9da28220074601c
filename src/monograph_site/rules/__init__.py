"""The validation rules, one module or function each, in folders by theme; the docstring of a rule
is its manual.

A rule about one file is a function from a `Draft` to problems, decorated with `@rule(code, name)`.
A rule about all files together is a function from a `SiteContext` to problems with their paths,
decorated with `@site_rule(code, name)`. To add one, add a module to the folder of its theme (the
first digit of its code), or a function to a family such as `notation/units.py`, and a test document
with its name in `tests/rules/THEME/`. Modules whose names begin with `_` hold what rules share.

Checking a page costs little because little of it is done: a rule that says what it is `about` (see
`_subjects`) is not asked on pages without it; a rule that looks for words first asks for them in
`Draft.words` or `Draft.non_ascii`, and searches the text where they are; and what several rules
look at (the doses, the ends of paragraphs, …) is gathered once a page.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property, lru_cache, partial
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from msgspec import Struct

from ..model.finding import Finding, FindingKind, Problem, declare, selects
from ..model.monograph import Monograph
from ..model.registry import Registry, discover
from ..site.entry import Entry
from ..site.site import Site
from ._disputes import Disputes, gather, medicines

if TYPE_CHECKING:
    from ..loader.draft import Draft

_ABOUT_ALL_FILES = (
    *(f"links.{name}" for name in ("broken_anchor", "broken_link", "missing_file")),
    *(f"links.{name}" for name in ("unlinked_ingredients", "unresolved_wikilink")),
    *(f"links.{name}" for name in ("unusable_copy", "unusable_file")),
    "structure.uncovered_topics",
    "tables.unmapped_keys",
    *(f"trust.{name}" for name in ("date_in_the_future", "disclaimer_impossible")),
    *(f"trust.{name}" for name in ("notice_not_carried", "review_overdue", "totals")),
)
"""The modules outside `across` that have rules about all files: a build after an edit that shows on
other pages imports these, and neither the other rules nor the parsers."""
Subject = Callable[["Draft"], bool]
"""Whether a page has something that rules are about. It is asked once a page."""
Check = Callable[["Draft"], Iterator[Problem]]
"""Yields the problems of one file. It must not raise, and must depend on the draft only."""


class SiteContext(Struct, frozen=True, dict=True):
    """Everything on which a rule about all files may depend."""

    site: Site
    as_of: str
    """ISO date to use as today's."""
    load_record: Callable[[str], Monograph]
    """Loads the full record of a content path. Slow: only for the few files that need it."""
    only: frozenset[str] | None = None
    """The content paths of which links are checked; None for all."""

    @property
    def linking_entries(self) -> Iterator[Entry]:
        """The entries of which links are checked."""
        entries = self.site.linking
        return (entry for entry in entries if self.only is None or entry.path in self.only)

    @cached_property
    def medicines(self) -> dict[str, str]:
        """What the entry of each content path is about, in one form for all spellings."""
        return medicines(self.site)

    @cached_property
    def disputes(self) -> Disputes:
        """Different claims about the same medicines."""
        return gather(self.site, self.medicines)


SiteCheck = Callable[[SiteContext], Iterator[tuple[str, Problem]]]
"""Yields problems, each with the path of its file ('' for the whole site). It must not raise, and
must be fast on ten thousand entries."""


class Rule(Struct, frozen=True):
    """A kind of finding and the function that checks one file for it."""

    finding: FindingKind
    check: Check
    languages: tuple[str, ...] = ()
    """The languages of the pages that it is about, without country; () for all."""
    about: Subject | None = None
    """What a page must have to be checked; None for every page."""


class SiteRule(Struct, frozen=True):
    """A kind of finding and the function that checks all files together for it."""

    finding: FindingKind
    check: SiteCheck


RULES: Registry[Rule] = Registry("rule")
SITE_RULES: Registry[SiteRule] = Registry("site rule")
_Function = TypeVar("_Function", bound=Callable[..., Any])


def rule(
    code: str,
    name: str,
    *,
    fixable: bool = False,
    changes_words: bool = False,
    optional: bool = False,
    languages: tuple[str, ...] = (),
    about: Subject | None = None,
) -> Callable[[Check], Check]:
    """A decorator that makes a function a rule about one file; its docstring becomes the manual.

    `languages`: those of the pages that it looks at, where it looks for words or for a way of
    writing that other languages do not share. `about`: what a page must have to be checked. The
    other arguments are those of `FindingKind`. Raises `NameTaken` if the name or the number of the code is in use.
    """
    make_rule = partial(Rule, languages=languages, about=about)
    return _register(
        RULES,
        make_rule,
        code,
        name,
        fixable=fixable,
        changes_words=changes_words,
        optional=optional,
    )


def site_rule(code: str, name: str, *, optional: bool = False) -> Callable[[SiteCheck], SiteCheck]:
    """A decorator that makes a function a rule about all files, as `rule` does for one file."""
    return _register(SITE_RULES, SiteRule, code, name, optional=optional)


def check(draft: Draft, optional: Iterable[str] = ()) -> Iterator[Finding]:
    """The findings of a file, in the order of the rules' names; of optional rules those that
    `optional` selects."""
    for rule in rules_about(draft, optional):
        for problem in rule.check(draft):
            yield rule.finding.at(draft.source.path, *problem)


def rules_about(draft: Draft, optional: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules that check a file: of optional ones those that `optional` selects."""
    selected, language = tuple(optional), draft.language.partition("-")[0].lower()
    present = [subject for subject in _subjects_asked(selected, language) if subject(draft)]
    return _active_rules(selected, language, tuple(present))


def check_site(context: SiteContext, optional: Iterable[str] = ()) -> Iterator[Finding]:
    """The findings of all files together, in the order of the rules' names; of optional rules those
    that `optional` selects."""
    for rule in site_rules():
        if _is_active(rule.finding, optional):
            for path, problem in rule.check(context):
                yield rule.finding.at(path, *problem)


@cache
def rules() -> tuple[Rule, ...]:
    """All rules about one file."""
    discover(__name__)
    return RULES.values()


@lru_cache(maxsize=64)  # a site has one choice and few languages, and it is asked for every page
def _subjects_asked(optional: tuple[str, ...], language: str) -> tuple[Subject, ...]:
    """What the rules for pages in a language are about."""
    subjects = (rule.about for rule in rules() if _may_check(rule, optional, language))
    return tuple(dict.fromkeys(subject for subject in subjects if subject))


@lru_cache(maxsize=1_024)  # of two pages, many have the same
def _active_rules(
    optional: tuple[str, ...], language: str, present: tuple[Subject, ...]
) -> tuple[Rule, ...]:
    """The rules for pages in a language that have these subjects and no others."""
    return tuple(
        rule
        for rule in rules()
        if _may_check(rule, optional, language) and (not rule.about or rule.about in present)
    )


def _may_check(rule: Rule, optional: tuple[str, ...], language: str) -> bool:
    is_known_language = not rule.languages or language in rule.languages
    return is_known_language and _is_active(rule.finding, optional)


@cache
def site_rules() -> tuple[SiteRule, ...]:
    """All rules about all files."""
    discover(f"{__name__}.across")
    for module in _ABOUT_ALL_FILES:
        import_module(f"{__name__}.{module}")
    return SITE_RULES.values()


def _register(
    registry: Registry[Any],
    make_rule: Callable[[FindingKind, Any], Any],
    code: str,
    name: str,
    **properties: bool,
) -> Callable[[_Function], _Function]:
    def add(function: _Function) -> _Function:
        finding = declare(code, name, inspect.getdoc(function) or "", **properties)
        registry.add(name, make_rule(finding, function))
        return function

    return add


def _is_active(finding: FindingKind, optional: Iterable[str]) -> bool:
    return not finding.optional or any(selects(word, finding) for word in optional)
