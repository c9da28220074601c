"""Reading site.yaml: typed by pydantic, with findings as on content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit

from ..model.dates import is_interval
from ..model.files import DATA_SUFFIXES
from ..model.finding import Finding
from ..model.source import Span
from ..model.strings import is_known_language, is_language_tag
from .findings import UNKNOWN_SETTING, UNREADABLE, WRONG_SETTING
from .settings import Config
from .settings_file import SETTINGS_FILE, Settings
from .site_paths import NAMING_PLACEHOLDERS, PLACEHOLDERS, site_path

if TYPE_CHECKING:
    from pydantic import ValidationError

    from ..source.yaml_reader import YamlDocument

MAX_FILE_LIMIT = 7_000_000
"""Bytes to which site.yaml can raise the limit of a content file: fewer than are read of one."""
Keys = tuple[str | int, ...]
"""A path of keys and indices in site.yaml."""


def load_config(
    settings: Settings,
    *,
    base_url: str | None = None,
    search: bool | None = None,
    offline: bool = False,
    optional_rules: tuple[str, ...] = (),
) -> tuple[Config, tuple[Finding, ...]]:
    """The configuration of a site, and the findings on its site.yaml.

    `base_url`, `search`, `offline` and `optional_rules` come from the command line and take precedence over the file.
    Where settings are wrong, the configuration has the defaults. The path of a finding is
    `site.yaml`, or '' for the command line.
    """
    config, findings = _read(settings)
    with_severity = {word for word, severity in config.severity.items() if severity != "off"}
    config = replace(
        config,
        optional_rules=tuple(sorted(with_severity.union(optional_rules))),
        fragments=settings.fragments,
        vendored=settings.vendored,
    )
    if search is not None:
        config = replace(config, search=search)
    if offline or config.offline:  # browsers check no digests of files
        config = replace(config, offline=True, integrity=False)
    if base_url is not None:
        problem = _base_url(base_url)
        if problem:
            findings = (*findings, WRONG_SETTING.at("", Span(), f"--base-url: {problem}"))
        else:
            config = replace(config, base_url=base_url)
    return config, findings


def _read(settings: Settings) -> tuple[Config, tuple[Finding, ...]]:
    if settings.problem:
        message = f"can't be read: {settings.problem}\nCorrect the file or its permissions."
        return Config(), (UNREADABLE.at(SETTINGS_FILE, Span(), message),)
    if not settings.source.text:
        return Config(), ()
    # PyYAML and pydantic take a third of a second to import; a run with a cached configuration does
    # without them.
    from ..source.yaml_reader import read_yaml

    document = read_yaml(settings.source.text, settings.source)
    if document.value is None or document.findings:
        return Config(), document.findings
    if not isinstance(document.value, dict):
        message = "The settings must be a mapping.\nWrite lines of 'key: value'."
        return Config(), (WRONG_SETTING.at(SETTINGS_FILE, document.span_of(), message),)
    return _typed(document.value, document)


def _typed(data: dict[str, Any], document: YamlDocument) -> tuple[Config, tuple[Finding, ...]]:
    from pydantic import TypeAdapter, ValidationError  # see _read

    adapter, data = TypeAdapter(Config), _long_forms(data)
    findings: list[Finding] = []
    try:
        config = adapter.validate_python(data)
    except ValidationError as error:
        findings += _wrong_settings(error, document)
        wrong = {detail["loc"][0] for detail in error.errors(include_url=False)}
        data = {key: value for key, value in data.items() if key not in wrong}
        config = adapter.validate_python(data)
    for keys, message in tuple(_problems(config)):
        name = str(keys[0])
        text = f"{'.'.join(map(str, keys))}: {message}"
        findings.append(WRONG_SETTING.at(SETTINGS_FILE, document.span_of(*keys), text))
        config = replace(config, **{name: getattr(Config(), name)})
    return config, tuple(findings)


def _wrong_settings(error: ValidationError, document: YamlDocument) -> Iterator[Finding]:
    from ..model.suggest import did_you_mean  # see _read
    from ..source.schema_errors import findings_on, key_path

    details = error.errors(include_url=False)
    findings = findings_on(error, WRONG_SETTING, SETTINGS_FILE, document)
    for detail, finding in zip(details, findings, strict=True):
        if detail["type"] != "unexpected_keyword_argument":
            yield finding
            continue
        *holder, key = detail["loc"]
        names = [setting.name for setting in fields(_type_at(tuple(holder)))]
        message = f"{key_path(detail['loc'])}: unknown setting.\n{did_you_mean(str(key), names)}"
        yield UNKNOWN_SETTING.at(
            SETTINGS_FILE, document.key_span_of(*detail["loc"]), message, len(str(key))
        )


def _type_at(keys: Keys) -> Any:
    """The type of the setting at a path of keys."""
    current: Any = Config
    for key in keys:
        if is_dataclass(current):
            current = get_type_hints(current)[str(key)]
        else:
            current = get_args(current)[1 if get_origin(current) is dict else 0]
        if type(None) in get_args(current):
            current = get_args(current)[0]
    return current


def _long_forms(data: dict[str, Any]) -> dict[str, Any]:
    """The settings with every short form written out, and without those that are left empty."""
    stated = {key: value for key, value in data.items() if value is not None}
    if isinstance(stated.get("ignore"), str | list):
        stated["ignore"] = {".": stated["ignore"]}
    if isinstance(stated.get("languages"), str | list):
        stated["languages"] = _without_titles(stated["languages"])
    types = get_type_hints(Config)
    return {key: _long_form(types.get(key), value) for key, value in stated.items()}


def _without_titles(languages: str | list[Any]) -> dict[Any, Any]:
    """The languages of a list, as the mapping from each to its settings."""
    listed = [languages] if isinstance(languages, str) else languages
    return {language: {} for language in listed if isinstance(language, str | int | float)}


def _long_form(wanted: Any, value: Any) -> Any:
    """A value with every short form in it written out, as the wanted type asks: a text in place of a
    mapping or a list, a folder with slashes around it."""
    if type(None) in get_args(wanted):
        wanted = get_args(wanted)[0]
    short_form = getattr(wanted, "short_form", "")
    if short_form and isinstance(value, str):
        return {short_form: value}
    if is_dataclass(wanted) and isinstance(value, dict):
        types = get_type_hints(wanted)
        spelt = getattr(wanted, "spelt", {})
        return {
            spelt.get(key, key): _long_form(types.get(key), part) for key, part in value.items()
        }
    if get_origin(wanted) is dict and isinstance(value, dict):
        element = get_args(wanted)[1]
        return {folder.strip("/"): _long_form(element, part) for folder, part in value.items()}
    if get_origin(wanted) is tuple and isinstance(value, str):
        return [_long_form(get_args(wanted)[0], value)]
    return value


def _problems(config: Config) -> Iterator[tuple[Keys, str]]:
    """What is wrong with settings of the right type: keys and message."""
    if problem := _base_url(config.base_url):
        yield ("base_url",), problem
    if not is_language_tag(config.language):
        yield (
            ("language",),
            f"{config.language!r} is not a language tag.\nWrite one such as 'en' or 'pt-BR'.",
        )
    for language in config.languages:
        if not is_known_language(language):
            message = f"{language!r} is not a language.\nWrite a tag such as 'es' or 'pt-BR'."
            yield ("languages", language), message
    if not is_interval(config.review.interval):
        yield (
            ("review", "interval"),
            f"{config.review.interval!r} is not an interval.\nWrite '36 months' or '3 years'.",
        )
    urls: tuple[tuple[Keys, str], ...] = (
        (("publisher", "url"), config.publisher.url),
        (("repository",), config.repository),
    )
    for keys, url in urls:
        if url and not re.match(r"https?://[^\s/]", url):
            yield keys, f"{url!r} is not an address.\nWrite one that starts with https://."
    yield from _problems_with_limits(config)
    yield from _problems_with_paths(config)
    yield from _problems_with_namespaces(config)
    yield from _problems_with_data(config)


def _problems_with_data(config: Config) -> Iterator[tuple[Keys, str]]:
    """What is wrong with data files, as for `_problems`."""
    for folder, collection in config.collections.items():
        if collection.data and (problem := _data_problem(folder, collection.data)):
            yield ("collections", folder, "data"), problem
        if not collection.data and (collection.rows or collection.columns):
            key = "rows" if collection.rows else "columns"
            yield ("collections", folder, key), "there is no data file.\nAdd 'data'."


def _problems_with_limits(config: Config) -> Iterator[tuple[Keys, str]]:
    """What is wrong with numbers, as for `_problems`."""
    if not 0 < config.max_file_bytes <= MAX_FILE_LIMIT:
        yield (
            ("max_file_bytes",),
            f"{config.max_file_bytes} is not a number of bytes from 1 to {MAX_FILE_LIMIT:,}.\n"
            "Write a number such as 2000000.",
        )


def _problems_with_paths(config: Config) -> Iterator[tuple[Keys, str]]:
    """What is wrong with folders and addresses, as for `_problems`."""
    for folder, collection in config.collections.items():
        if collection.permalink and (problem := _pattern(collection.permalink)):
            yield ("collections", folder, "permalink"), problem
    for setting in ("exclude", "static", "includes"):
        for folder in getattr(config, setting):
            if not folder.strip("/") or folder.startswith("/"):
                yield (
                    (setting,),
                    f"{folder!r} is not a path from the content folder.\nName a folder in it or beside it.",
                )
    for setting in ("redirects", "menu"):
        for key, address in getattr(config, setting).items():
            if not re.match(r"(?:/(?!/)|https?://[^\s/])\S*$", address):
                yield (
                    (setting, key),
                    f"{address!r} is not an address.\nWrite /drugs/examplin/, or one with https://.",
                )


def _problems_with_namespaces(config: Config) -> Iterator[tuple[Keys, str]]:
    """What is wrong with the namespaces, as for `_problems`."""
    for folder, prefix in config.namespaces.items():
        if "/" in folder:
            yield (
                ("namespaces", folder),
                f"{folder!r} is not a top folder of the content.\nName a folder directly in it.",
            )
        if problem := _unsafe(prefix):
            yield ("namespaces", folder), problem


def _base_url(value: str) -> str:
    """What is wrong with a base address; '' where it is right."""
    message = (
        f"{value!r} is not an address.\n"
        "Write a path such as /medicines/, or an address such as https://example.org/medicines/."
    )
    try:
        parts = urlsplit(value)
    except ValueError:
        return message
    is_address = parts.scheme in ("http", "https") and parts.netloc
    is_path = not parts.scheme and not parts.netloc and value.startswith("/")
    if parts.query or parts.fragment or not (is_address or is_path):
        return message
    return _unsafe(parts.path)


def _data_problem(folder: str, path: str) -> str:
    """What is wrong with the path of a data file; '' where it is right."""
    if folder == ".":
        return "a data file needs a collection of its own.\nGive it a name, such as medications."
    if not path.lower().endswith(DATA_SUFFIXES):
        suffixes = ", ".join(DATA_SUFFIXES)
        return f"{path!r} is not a data file.\nIts name must end in one of {suffixes}."
    if path.startswith("/") or ".." in path.split("/") or path == SETTINGS_FILE:
        return f"{path!r} is not a file in the content folder.\nWrite its path from that folder."
    return ""


def _pattern(permalink: str) -> str:
    from ..model.suggest import did_you_mean  # see _read

    names = re.findall(r"\{(\w*)\}", permalink)
    unknown = [name for name in names if name not in PLACEHOLDERS]
    if unknown:
        hint = did_you_mean(unknown[0], PLACEHOLDERS) or "Write {slug}, or see the README."
        return f"'{{{unknown[0]}}}' is not a placeholder.\n{hint}"
    if sum(name in NAMING_PLACEHOLDERS for name in names) != 1:
        return f"{permalink!r} must have '{{slug}}' in it once.\nWrite it such as /drugs/{{slug}}/."
    return _unsafe(re.sub(r"\{\w+\}", "x", permalink))


def _unsafe(path: str) -> str:
    try:
        site_path(path)
    except ValueError as problem:
        return f"{problem}.\nUse letters, digits and hyphens."
    return ""
