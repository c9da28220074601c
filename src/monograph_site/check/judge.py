"""What an editor has said of findings: their severity, and which of them to let pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..config import FILE, Config
from ..model.finding import Finding, Ignore, Severity, selects
from ..model.source import Source, Span
from .findings import UNKNOWN_FINDING, UNUSED_IGNORE


def judge(
    found: Iterable[Finding],
    ignores: Mapping[str, Sequence[Ignore]],
    config: Config,
    settings: Source,
) -> tuple[Finding, ...]:
    """The findings of a whole site with the severities of site.yaml, without those that are let
    pass there or, by path, in `ignores`; and what is wrong with such orders themselves. `settings`
    is site.yaml, for their places in it.

    What keeps a file from being a page stays an error whatever the orders say.
    """
    used: set[tuple[str, str]] = set()
    kept = [one for one in found if one.blocks_page or not _passes(one, ignores, config, used)]
    kept += _idle(ignores, used)
    kept += _idle_settings(config, settings, used)
    return tuple(_with_severity(one, config) for one in kept if _severity(one, config) != "off")


def has_errors(found: Iterable[Finding], ignores: Sequence[Ignore], config: Config) -> bool:
    """Whether the findings of one file hold an error that nobody lets pass."""
    errors = (one for one in found if _severity(one, config) == Severity.ERROR)
    return any(
        one.blocks_page or not _passes(one, {one.path: ignores}, config, set()) for one in errors
    )


def _passes(
    one: Finding,
    ignores: Mapping[str, Sequence[Ignore]],
    config: Config,
    used: set[tuple[str, str]],
) -> bool:
    """Whether somebody lets a finding pass; every order that does so counts as used."""
    orders = [
        (one.path, ignore.word) for ignore in ignores.get(one.path, ()) if selects(ignore.word, one)
    ]
    for folder, words in config.ignore.items():
        if folder == "." or f"{one.path}/".startswith(f"{folder}/"):
            orders += [(f"{folder}/", word) for word in words if selects(word, one)]
    used.update(orders)
    return bool(orders)


def _idle(ignores: Mapping[str, Sequence[Ignore]], used: set[tuple[str, str]]) -> Iterator[Finding]:
    """Orders of files that let nothing pass."""
    for path, some in ignores.items():
        for ignore in some:
            if (path, ignore.word) not in used:
                yield _useless(path, ignore.span, ignore.word, "The file has no finding")


def _idle_settings(
    config: Config, settings: Source, used: set[tuple[str, str]]
) -> Iterator[Finding]:
    """Orders of site.yaml that do nothing."""
    for folder, words in config.ignore.items():
        for word in words:
            if (f"{folder}/", word) not in used:
                yield _useless(
                    FILE,
                    _place(settings, "ignore", word),
                    word,
                    f"The folder {folder!r} has no finding",
                )
    for word in config.severity:
        if not _is_known(word):
            yield _unknown(FILE, _place(settings, "severity", word), word)


def _place(settings: Source, key: str, word: str) -> Span:
    """Where a word stands below a key of site.yaml."""
    start = re.search(rf"^{key}:", settings.text, re.MULTILINE)
    return (
        settings.find(word, settings.span(start.start()).line, settings.text.count("\n") + 1)
        if start
        else Span()
    )


def _useless(path: str, span: Span, word: str, nothing: str) -> Finding:
    if not _is_known(word):
        return _unknown(path, span, word)
    return UNUSED_IGNORE.at(path, span, f"{nothing} {word!r}.\nRemove it from `ignore`.", len(word))


def _is_known(word: str) -> bool:
    from .selection import (
        is_known,
    )  # all the rules: a preview of what nobody gave orders for starts without them

    return is_known(word)


def _unknown(path: str, span: Span, word: str) -> Finding:
    from .selection import meant  # see `_is_known`

    return UNKNOWN_FINDING.at(
        path, span, f"No finding is called {word!r}.\n{meant(word)}", len(word)
    )


def _severity(one: Finding, config: Config) -> str:
    if one.blocks_page or not config.severity:
        return one.severity
    return config.severity.get(one.code) or config.severity.get(one.name) or one.severity


def _with_severity(one: Finding, config: Config) -> Finding:
    wanted = _severity(one, config)
    return one if wanted == one.severity else replace(one, severity=Severity(wanted))
