"""The addresses of other sites in content files, and where they are."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from ..build.options import Options, read_inputs
from ..build.scan import read_content
from ..build.state import cached_config
from ..check.selection import Selection
from ..config.settings_file import VENDORED_FILE
from ..markdown.hidden import blank_hidden
from ..markdown.repairs import SPACED_TARGET
from ..model.source import Source, Span
from ..regex import regex
from ..source.decode import decode

Places = dict[str, list[tuple[str, Span]]]
"""The content path and place of each use of an address, by address."""

MAX_LENGTH = 2_000
"""Characters of an address; a longer one is left out."""
_ADDRESS = regex(
    r"(?<![\w/?=&])https?://(?:\[[0-9a-f:.]+\])?"
    rf"(?:(?![,;]https?://)[^\s<>\"`|\[\]]){{0,{MAX_LENGTH}}}(?<![{{}}])",
    re.IGNORECASE,
)
_BETWEEN_ANGLES = regex(r"[^<>\n]+(?=>)")
_CODE = regex(
    r"^[ \t>]*+(?P<fence>`{3,}+|~{3,}+)[^\n]*\n(?:[^\n]*\n)*?"
    r"(?:[ \t>]*+(?P=fence)[`~]*[ \t]*$|[^\n]*\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`)[^\n]{1,1000}?(?<!`)(?P=ticks)(?!`)|<!--.*?(?:-->|\Z)",
    re.MULTILINE | re.DOTALL,
)
_FRONT_COMMENT = regex(r"^[ \t]*#.*|[ \t]#[ \t].*", re.MULTILINE)
_FRONT_MATTER = regex(r"(---|\+\+\+)[ \t]*\n(?:[^\n]*\n)*?\1[ \t]*(?:\n|\Z)")
_ENTITY = regex(r"&(?:#\d+|#x[0-9a-f]+|[a-z]\w*);", re.IGNORECASE)
_ESCAPE = regex(r"\\([!-/:-@\[-`{-~])")
_PUNCTUATION = ".,;:!?'\"*_~\\\u2019\u201d\u2026\u00bb\u3001\u3002\uff0c\uff09"
"""Characters at the end of an address in running text that are not part of it."""


def links_of_site(options: Options, selection: Selection) -> Places:
    """The addresses of other sites in the selected content files, in order of paths. Files that
    cannot be read have none: `check` names them. Raises a `MonographError` and OSError."""
    inputs = read_inputs(options)
    config, _ = cached_config(inputs.settings, options, inputs.code)
    own = config.base_url.rstrip("/").lower() if "://" in config.base_url else ""
    data = {collection.data for collection in config.data_collections.values()}
    paths = {*inputs.content.signatures, *data.intersection(inputs.content.data)}
    places: Places = {}
    for path in sorted(paths - {VENDORED_FILE}):
        if not selection.has_path(path):
            continue
        try:
            source = decode(path, read_content(options.content, path)[0]).source
        except OSError:
            continue
        for url, span in links_in(source) if source else ():
            if not own or not f"{url.lower()}/".startswith(f"{own}/"):
                places.setdefault(url, []).append((path, span))
    return places


def links_in(source: Source) -> Iterator[tuple[str, Span]]:
    """The addresses of http and https in a file, without their fragments: in links, pictures, HTML,
    front matter and running text, but not in code, comments and templates."""
    text = source.text
    if "://" not in text:
        return
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else 0
    shown = _FRONT_COMMENT.sub(_blank, text[:start])
    shown += _CODE.sub(_blank, blank_hidden(text[start:]))
    at = 0
    while match := _ADDRESS.search(shown, at):
        if "{{" in match[0] or shown.startswith("{", match.end()):  # a template fills it in
            at = match.end()
            continue
        if shown.startswith("](", match.end()):  # the words of a link: its target follows
            at = match.end()
            continue
        typed = _typed(shown, match)
        at = match.start() + max(len(typed), 1)
        url = _address(typed, is_body=match.start() >= start)
        if url and len(url) <= MAX_LENGTH:
            yield url, source.span(match.start())


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _typed(text: str, match: re.Match[str]) -> str:
    """An address as it is typed, from what may be one."""
    start = match.start()
    before = text[max(start - 3, 0) : start]
    if before == "](<" and (between := _BETWEEN_ANGLES.match(text, start)):
        return between[0]
    if before.endswith("](") and (spaced := SPACED_TARGET.match(text, start)):
        return spaced[0]
    typed = match[0].partition("'")[0] if before.endswith("'") else match[0]
    typed = _closed(typed)
    is_delimited = before.endswith(("](", "<", '"', "'"))
    return typed if is_delimited else _closed(typed.rstrip(_PUNCTUATION)).rstrip(_PUNCTUATION)


def _closed(typed: str) -> str:
    """What comes before the first closing parenthesis that has no opening one."""
    depth = 0
    for index, character in enumerate(typed):
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return typed[:index]
    return typed


def _address(typed: str, is_body: bool) -> str:
    """The address that is meant; '' where it names no host."""
    url = _ENTITY.sub(lambda entity: html.unescape(entity[0]), typed)
    url = _ESCAPE.sub(r"\1", url) if is_body else url
    scheme, _, rest = url.partition("#")[0].partition("://")
    url = f"{scheme.lower()}://{rest}"
    try:
        return url if urlsplit(url).netloc else ""
    except ValueError:
        return url
