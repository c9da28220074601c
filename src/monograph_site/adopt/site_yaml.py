"""site.yaml as text, with a comment on each value that says where it comes from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from ..regex import regex
from .old_site import OldSite
from .shortcodes import ShortcodeLine

_PLAIN = regex(r"[A-Za-z][\w ./'-]*[\w.]|[A-Za-z]")
_NOT_TEXT = frozenset("y n yes no on off true false null".split())
_COMMENT_COLUMN = 44


def write_site_yaml(
    site: OldSite,
    shortcodes: Iterable[ShortcodeLine],
    menu: Mapping[str, str],
    redirects: Mapping[str, tuple[str, str]],
) -> str:
    """The text of site.yaml. `menu` and `redirects` lead to addresses of the new site; each redirect
    has its target and where it comes from."""
    return "\n".join(_lines(site, list(shortcodes), menu, redirects)) + "\n"


def _lines(
    site: OldSite,
    shortcodes: list[ShortcodeLine],
    menu: Mapping[str, str],
    redirects: Mapping[str, tuple[str, str]],
) -> Iterator[str]:
    yield f"# Written by `monograph-site adopt` for a site of {site.tool}. It is yours to change."
    for key, (value, source) in site.settings.items():
        yield _commented(f"{key}: {quoted(value)}", source)
    yield from _language_lines(site)
    if site.static:
        yield _commented(f"static: [{', '.join(map(quoted, site.static))}]", "pictures and files")
    if site.includes:
        names = ", ".join(map(quoted, site.includes))
        yield _commented(f"includes: [{names}]", "files that pages include")
    if site.exclude:
        yield "exclude:"
        yield from (f"  - {quoted(path)}" for path in site.exclude)
    if site.permalinks:
        yield "collections:"
        for folder, (permalink, source) in site.permalinks.items():
            yield _commented(f"  {quoted(folder)}: {{permalink: {quoted(permalink)}}}", source)
    if menu:
        yield _commented("menu:", f"{site.config_file}: menu")
        yield from (f"  {quoted(label)}: {quoted(url)}" for label, url in menu.items())
    if shortcodes:
        yield "shortcodes:"
        yield from map(_shortcode_line, shortcodes)
    if redirects:
        yield "redirects:"
        for old, (target, source) in redirects.items():
            yield _commented(f"  {quoted(old)}: {quoted(target)}", source)


def _shortcode_line(line: ShortcodeLine) -> str:
    """What a shortcode becomes; a proposal that is not certain is a comment."""
    fields = ", ".join(f"{key}: {quoted(value)}" for key, value in line.value.items())
    text = f"{quoted(line.name)}: {{{fields}}}"
    uses = f"{line.uses} use{'s' if line.uses > 1 else ''}, such as {line.example}"
    return _commented(f"  {text}" if line.is_certain else f"  # {text}", uses)


def _language_lines(site: OldSite) -> Iterator[str]:
    """The languages: a list of their tags where that says all."""
    source = f"{site.config_file}: languages"
    if not any(
        language.folder or language.title or language.menu for language in site.languages.values()
    ):
        if site.languages:
            yield _commented(f"languages: [{', '.join(map(quoted, site.languages))}]", source)
        return
    yield _commented("languages:", source)
    for tag, language in site.languages.items():
        fields = [("folder", language.folder), ("title", language.title)]
        stated = [f"{key}: {quoted(value)}" for key, value in fields if value]
        if language.menu:
            items = (f"{quoted(label)}: {quoted(url)}" for label, url in language.menu.items())
            stated.append(f"menu: {{{', '.join(items)}}}")
        yield f"  {quoted(tag)}: {{{', '.join(stated)}}}"


def quoted(text: str) -> str:
    """A text as a YAML scalar, in quotes where it could be read as something else."""
    if _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT:
        return text
    return json.dumps(text, ensure_ascii=False)


def _commented(line: str, comment: str) -> str:
    return f"{line:<{_COMMENT_COLUMN}}  # {comment}"
