"""The policy of the editors: the severity of findings, and which of them are ignored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec.structs import replace

from ..config import SETTINGS_FILE, Config
from ..model.files import DATA_SUFFIXES
from ..model.finding import Finding, Ignore, Severity, selects
from ..model.source import Source, Span
from .findings import UNKNOWN_FINDING, UNUSED_IGNORE

_Used = set[tuple[str, str | Ignore]]
"""Suppressions that a finding matched: the file and the suppression in it, or the folder with `/`
and the word in site.yaml."""

_REMEDY = "Remove it from `ignore`."


def apply_policy(
    findings: Iterable[Finding],
    ignores: Mapping[str, Sequence[Ignore]],
    config: Config,
    settings: Source | None,
) -> tuple[Finding, ...]:
    """The findings of a whole site with the severities of site.yaml, without those that are ignored
    there or, by path, in `ignores`; and findings about suppressions that have no effect.

    `settings` is site.yaml, to find these suppressions in it; None where `findings` are not those of
    a whole site, so that nobody can tell which of them have no effect. A finding that blocks a page stays an
    error and is never ignored.
    """
    used: _Used = set()
    shown = list(findings)
    if ignores or config.ignore:
        shown = [
            finding
            for finding in shown
            if finding.blocks_page or not _is_ignored(finding, ignores, config, used)
        ]
    shown += _unused_in_files(ignores, used)
    if settings is not None:
        shown += _without_effect_in_settings(config, settings, used)
    if not config.severity:
        return tuple(shown)
    return tuple(
        _with_severity(finding, config) for finding in shown if _severity(finding, config) != "off"
    )


def has_errors(findings: Iterable[Finding], ignores: Sequence[Ignore], config: Config) -> bool:
    """Whether the findings of one file include an error that is not ignored."""
    return any(
        finding.blocks_page or not _is_ignored(finding, {finding.path: ignores}, config, set())
        for finding in findings
        if _severity(finding, config) == Severity.ERROR
    )


def policy_in_file(
    findings: Iterable[Finding], ignores: Sequence[Ignore], config: Config
) -> tuple[Finding, ...]:
    """The findings of one file with the severities of site.yaml, without those that are ignored."""
    return tuple(
        _with_severity(finding, config)
        for finding in findings
        if _severity(finding, config) != "off"
        and not _is_ignored(finding, {finding.path: ignores}, config, set())
    )


def _is_ignored(
    finding: Finding, ignores: Mapping[str, Sequence[Ignore]], config: Config, used: _Used
) -> bool:
    """Whether a finding is ignored; every suppression that matches it is added to `used`."""
    matches: list[tuple[str, str | Ignore]] = [
        (finding.path, ignore) for ignore in ignores.get(finding.path, ()) if ignore.covers(finding)
    ]
    for folder, words in config.ignore.items():
        if folder == "." or f"{finding.path}/".startswith(f"{folder}/"):
            matches += [(f"{folder}/", word) for word in words if selects(word, finding)]
    used.update(matches)
    return bool(matches)


def _unused_in_files(ignores: Mapping[str, Sequence[Ignore]], used: _Used) -> Iterator[Finding]:
    """Suppressions in files that match no finding."""
    for path, in_file in ignores.items():
        for ignore in in_file:
            if (path, ignore) not in used:
                is_comment = ignore.first and not path.endswith(DATA_SUFFIXES)
                part = "This paragraph" if is_comment else "This entry"
                where = part if ignore.first else "The file"
                remedy = "Remove the comment." if is_comment else _REMEDY
                yield _unused(path, ignore.span, ignore.word, f"{where} has no finding", remedy)


def _without_effect_in_settings(config: Config, settings: Source, used: _Used) -> Iterator[Finding]:
    """Suppressions and severities in site.yaml that have no effect."""
    for folder, words in config.ignore.items():
        for word in words:
            if (f"{folder}/", word) not in used:
                span = _span_in_settings(settings, "ignore", word)
                yield _unused(SETTINGS_FILE, span, word, f"The folder {folder!r} has no finding")
    for word in config.severity:
        if not _is_known(word):
            yield _unknown(SETTINGS_FILE, _span_in_settings(settings, "severity", word), word)


def _span_in_settings(settings: Source, key: str, word: str) -> Span:
    """The place of a word below a key of site.yaml."""
    start = re.search(rf"^{key}:", settings.text, re.MULTILINE)
    if start is None:
        return Span()
    first_line = settings.span(start.start()).line
    return settings.find(word, first_line, settings.text.count("\n") + 1)


def _unused(path: str, span: Span, word: str, reason: str, remedy: str = _REMEDY) -> Finding:
    if not _is_known(word):
        return _unknown(path, span, word)
    return UNUSED_IGNORE.at(path, span, f"{reason} {word!r}.\n{remedy}", len(word))


def _is_known(word: str) -> bool:
    # It imports every rule: a preview of content without suppressions starts without them.
    from .kinds import is_known

    return is_known(word)


def _unknown(path: str, span: Span, word: str) -> Finding:
    from .kinds import suggestion  # see `_is_known`

    message = f"No finding is called {word!r}.\n{suggestion(word)}"
    return UNKNOWN_FINDING.at(path, span, message, len(word))


def _severity(finding: Finding, config: Config) -> str:
    """The severity after the policy: that of a `Severity`, or `off`."""
    if finding.blocks_page or not config.severity:
        return finding.severity
    by_name = config.severity.get(finding.name) or finding.severity
    return config.severity.get(finding.code) or by_name


def _with_severity(finding: Finding, config: Config) -> Finding:
    severity = _severity(finding, config)
    if severity == finding.severity:
        return finding
    return replace(finding, severity=Severity(severity))
