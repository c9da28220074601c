"""Reading site.yaml: typed by pydantic, with the same diagnostics as content."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..model.dates import is_interval
from ..model.finding import Finding
from ..model.source import Source, Span
from ..model.strings import digest, is_language_tag
from .findings import UNKNOWN_SETTING, UNREADABLE, WRONG_SETTING
from .settings import Collection, Config, Disclaimer, Origin, Publisher, ReviewPolicy, site_path

if TYPE_CHECKING:
    from pydantic import ValidationError

    from ..source.yaml_reader import YamlDocument

FILE = "site.yaml"


Path_ = tuple[str | int, ...]

# A text where a mapping stands otherwise, and the key it is the value of.
_SHORT = {"publisher": "name", "provenance": "origin", "review": "interval"}
_HOLDERS: dict[Path_, type] = {
    (): Config,
    ("publisher",): Publisher,
    ("review",): ReviewPolicy,
    ("provenance",): Origin,
    ("collections", ""): Collection,
    ("collections", "", "provenance"): Origin,
    ("disclaimers", ""): Disclaimer,
}


@dataclass(frozen=True, slots=True)
class Settings:
    """site.yaml as it was read, once a run. Without such a file everything is empty."""

    digest: str = ""
    """Of its bytes."""
    source: Source = Source(FILE, "")
    """Its text; empty where there is none that can be read."""
    problem: str = ""
    """Why it cannot be read."""


def read_settings(content: Path) -> Settings:
    """site.yaml of a content folder."""
    try:
        data = (content / FILE).read_bytes()
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return Settings()
    except OSError as error:
        return Settings(problem=str(error))
    except UnicodeDecodeError as error:
        return Settings(digest(data), problem=str(error))
    return Settings(digest(data), Source(FILE, text))


def load_config(
    settings: Settings,
    *,
    base_url: str | None = None,
    search: bool | None = None,
    asked: tuple[str, ...] = (),
) -> tuple[Config, tuple[Finding, ...]]:
    """The configuration of a site, and everything wrong with its site.yaml.

    `base_url`, `search` and `asked` are what the command line says and stand above the file. Where
    settings are wrong, the configuration has the defaults in their place. The paths of the
    diagnostics are `site.yaml`, or '' for what the command line says.
    """
    config, found = _read(settings)
    wanted = {word for word, severity in config.severity.items() if severity != "off"}
    config = replace(config, asked=tuple(sorted(wanted.union(asked))))
    if search is not None:
        config = replace(config, search=search)
    if base_url is not None:
        problem = _base_url(base_url)
        if problem:
            found = (*found, WRONG_SETTING.at("", Span(), f"--base-url: {problem}"))
        else:
            config = replace(config, base_url=base_url)
    return config, found


def _read(settings: Settings) -> tuple[Config, tuple[Finding, ...]]:
    if settings.problem:
        message = f"can't be read: {settings.problem}\nMend the file or its permissions."
        return Config(), (UNREADABLE.at(FILE, Span(), message),)
    if not settings.digest:
        return Config(), ()
    # PyYAML and pydantic take a third of a second to import, which a run with a cached
    # configuration need not wait.
    from ..source.yaml_reader import read_yaml

    document = read_yaml(settings.source.text, settings.source)
    if document.value is None or document.findings:
        return Config(), document.findings
    if not isinstance(document.value, dict):
        return Config(), (
            WRONG_SETTING.at(
                FILE,
                document.span_of(),
                "The settings must be a mapping.\nWrite lines of 'key: value'.",
            ),
        )
    return _typed(document.value, document)


def _typed(data: dict[str, Any], document: YamlDocument) -> tuple[Config, tuple[Finding, ...]]:
    from pydantic import TypeAdapter, ValidationError  # see _read

    adapter, data = TypeAdapter(Config), _long_forms(data)
    found: list[Finding] = []
    try:
        config = adapter.validate_python(data)
    except ValidationError as error:
        found += _faults(error, document)
        bad = {detail["loc"][0] for detail in error.errors(include_url=False)}
        data = {key: value for key, value in data.items() if key not in bad}
        config = adapter.validate_python(data)
    for path, message in tuple(_problems(config)):
        key = ".".join(str(step) for step in path)
        found.append(WRONG_SETTING.at(FILE, document.span_of(*path), f"{key}: {message}"))
        config = replace(config, **{str(path[0]): getattr(Config(), str(path[0]))})
    return config, tuple(found)


def _faults(error: ValidationError, document: YamlDocument) -> Iterator[Finding]:
    from ..model.suggest import did_you_mean  # see _read
    from ..source.schema_errors import faults, key_path

    details = error.errors(include_url=False)
    for detail, fault in zip(details, faults(error, WRONG_SETTING, FILE, document), strict=True):
        if detail["type"] != "unexpected_keyword_argument":
            yield fault
            continue
        *holder, key = detail["loc"]
        place: Path_ = tuple(step if number != 1 else "" for number, step in enumerate(holder))
        names = [one.name for one in fields(_HOLDERS.get(place, Config))]
        message = f"{key_path(detail['loc'])}: unknown setting.\n{did_you_mean(str(key), names)}"
        yield UNKNOWN_SETTING.at(FILE, document.key_span_of(*detail["loc"]), message, len(str(key)))


def _long_forms(data: dict[str, Any]) -> dict[str, Any]:
    """The settings with every short form written out, and without those that are left empty."""
    made = {key: value for key, value in data.items() if value is not None}
    for key, within in _SHORT.items():
        if isinstance(made.get(key), str):
            made[key] = {within: made[key]}
    if isinstance(made.get("disclaimers"), str):
        made["disclaimers"] = [{"text": made["disclaimers"]}]
    if isinstance(made.get("collections"), dict):
        made["collections"] = {
            folder.strip("/"): _collection(one) for folder, one in made["collections"].items()
        }
    if isinstance(made.get("ignore"), str | list):
        made["ignore"] = {".": made["ignore"]}
    if isinstance(made.get("ignore"), dict):
        made["ignore"] = {
            folder.strip("/"): _many(words) for folder, words in made["ignore"].items()
        }
    return made


def _many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _collection(value: Any) -> Any:
    if isinstance(value, str):
        return {"kind": value}
    if isinstance(value, dict) and isinstance(value.get("provenance"), str):
        return {**value, "provenance": {"origin": value["provenance"]}}
    return value


def _problems(config: Config) -> Iterator[tuple[Path_, str]]:
    """What is wrong with settings of the right type: path and message."""
    if problem := _base_url(config.base_url):
        yield ("base_url",), problem
    if not is_language_tag(config.language):
        yield (
            ("language",),
            f"{config.language!r} is no language tag.\nWrite one such as 'en' or 'pt-BR'.",
        )
    if not is_interval(config.review.interval):
        yield (
            ("review", "interval"),
            f"{config.review.interval!r} is no interval.\nWrite '36 months' or '3 years'.",
        )
    for path, url in (
        (("publisher", "url"), config.publisher.url),
        (("repository",), config.repository),
    ):
        if url and not re.match(r"https?://[^\s/]", url):
            yield path, f"{url!r} is not an address.\nWrite one that starts with https://."
    for folder, one in config.collections.items():
        if one.permalink and (problem := _pattern(one.permalink)):
            yield ("collections", folder, "permalink"), problem
    for folder, prefix in config.namespaces.items():
        if "/" in folder:
            yield (
                ("namespaces", folder),
                f"{folder!r} is not a top folder of the content.\nName a folder that lies directly in it.",
            )
        if problem := _unsafe(prefix):
            yield ("namespaces", folder), problem


def _base_url(value: str) -> str:
    """What is wrong with a base address; '' when nothing is."""
    example = (
        "Write a path such as /medicines/, or an address such as https://example.org/medicines/."
    )
    try:
        parts = urlsplit(value)
        host_or_path = (
            parts.netloc
            if parts.scheme in ("http", "https")
            else not parts.netloc and value[:1] == "/"
        )
    except ValueError:
        return f"{value!r} is not an address.\n{example}"
    if (
        not host_or_path
        or parts.scheme not in ("", "http", "https")
        or parts.query
        or parts.fragment
    ):
        return f"{value!r} is not an address.\n{example}"
    return _unsafe(parts.path)


def _pattern(permalink: str) -> str:
    if permalink.count("{slug}") != 1:
        return f"{permalink!r} must have '{{slug}}' in it once.\nWrite it such as /drugs/{{slug}}/."
    return _unsafe(permalink.replace("{slug}", "slug"))


def _unsafe(path: str) -> str:
    try:
        site_path(path)
    except ValueError as problem:
        return f"{problem}.\nUse letters, digits and hyphens."
    return ""
