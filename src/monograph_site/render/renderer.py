"""Page → bytes. A template gets the data of its page, the record, and nothing else."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import suppress
from functools import cache, lru_cache, partial
from typing import Any

import jinja2
import msgspec
from jinja2.meta import find_referenced_templates
from msgspec import Struct
from msgspec.structs import replace

from ..config import Config
from ..markdown.links import PAGE_SCHEME
from ..model.errors import RenderError
from ..model.monograph import Monograph
from ..model.strings import digest
from ..model.words import ENGLISH, Words, words_in
from ..pages.page import Artifact, Page
from ..regex import regex
from ..site.addresses import href
from ..site.audiences import left_out
from ..site.entry import toc_of
from ..site.section_order import in_clinical_order, is_in_head
from .addresses import with_addresses
from .attachments import with_files
from .back_links import has_back_links, has_citations, with_back_links
from .definitions import UnknownError, reachable
from .engine import Environment, Filled, text_of
from .index_json import index_json, index_json_schema
from .json_ld import json_ld, website_json_ld
from .offline import with_relative_links
from .theme import Theme, asset_paths
from .view_links import with_links_to_whole

MAX_ENVIRONMENTS = 2
"""Environments of one language kept in a process: a preview makes a new one for each edit of a template, and uses
the one before while pages still need it."""
_PARSER = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
_REFERENCE = regex(r"\{%[-+]?\s*(?:extends|include|import|from)\b")
_PLAIN_REFERENCE = regex(
    r"\{%[-+]?\s*(?:extends|include|import|from)\s+([\"'])([^\"'\\{}%]+)\1"
    r"\s*(?:[-+]?%\}|as\b|import\b|ignore missing\b|with(?:out)? context\b)"
)
"""A tag that refers to one template by its name."""

_SAID = regex(r'\bsay\("([^"]+)"')
_WIKILINK = f'href="{PAGE_SCHEME}'.encode()
"""What a record with a wikilink contains; to look for it is faster than to change every record."""

_OF_SECTIONS = frozenset({"head", "left_out", "monograph", "monograph.sections"})
"""Names that stand for what follows from the order of sections on the page."""
MIN_BLOCK_BYTES = 200
"""A shorter block is not worth keeping."""

_encode = msgspec.msgpack.encode
_decode = msgspec.msgpack.Decoder(Monograph).decode


class RenderJob(Struct, frozen=True):
    """Pages that share one record, to be rendered together: the record is sent and decoded once."""

    pages: tuple[Page, ...]
    record: bytes
    """The record as the cache keeps it; b'' for none."""
    kept: tuple[Mapping[str, str], ...] = ()
    """For each page the texts of blocks that have not changed, by name; () for none."""

    @property
    def url(self) -> str:
        """The site path of the first page, for messages."""
        return self.pages[0].url


def template_digests(theme: Theme) -> dict[str, str]:
    """For each template the digest of all that its output depends on: its own text, the text of all
    templates that it extends, includes or imports, directly or not, and the assets.

    A template that chooses another one by a variable depends on all of them. One that cannot be
    parsed counts with its own text only: rendering reports its error.
    """
    direct: dict[str, frozenset[str]] = {}
    for name, text in theme.templates.items():
        try:
            names = _references(text)
            direct[name] = frozenset(theme.templates) if names is None else names
        except jinja2.TemplateSyntaxError:
            direct[name] = frozenset()
    return {name: _closure_digest(name, direct, theme) for name in theme.templates}


def syntax_errors(theme: Theme) -> Iterator[tuple[str, int, str]]:
    """File, line and message of each template with a syntax error. Other errors are found only by
    rendering."""
    for name, text in theme.templates.items():
        if error := _syntax_error(text):
            yield theme.files[name], error.lineno, str(error.message)


@lru_cache(maxsize=256)  # the preview asks after each edit
def _syntax_error(text: str) -> jinja2.TemplateSyntaxError | None:
    try:
        _PARSER.parse(text)
    except jinja2.TemplateSyntaxError as error:
        return error
    return None


@lru_cache(maxsize=256)
def _references(text: str) -> frozenset[str] | None:
    """The names of templates in the text of one; None where it chooses one by a variable. Raises
    TemplateSyntaxError.

    Where each tag plainly names its template, the text is not parsed, which takes a hundred times as
    long. A tag in a comment counts too.
    """
    named = _PLAIN_REFERENCE.findall(text)
    if len(named) == len(_REFERENCE.findall(text)):
        return frozenset(name for _, name in named)
    names = set(find_referenced_templates(_PARSER.parse(text)))
    return None if None in names else frozenset(name for name in names if name)


def _closure_digest(name: str, direct: Mapping[str, frozenset[str]], theme: Theme) -> str:
    closure = reachable({name}, lambda source: direct.get(source, ()))
    parts = (part for each in sorted(closure) for part in (each, theme.templates.get(each, "")))
    return digest(theme.assets_digest, *parts)


def render(job: RenderJob, theme: Theme, config: Config) -> list[Artifact]:
    """The artifacts of the pages of a job, in order. Raises RenderError."""
    return list(render_one_by_one(job, theme, config))


def render_one_by_one(job: RenderJob, theme: Theme, config: Config) -> Iterator[Artifact]:
    """The same, each when it is asked for."""
    monograph = _decode(job.record) if job.record else None
    data = job.pages[0].data  # the same for all pages of a record
    if monograph is not None and ("addresses" in data or _WIKILINK in job.record):
        monograph = with_addresses(monograph, data.get("addresses", ()))
    if monograph is not None and "rows" in data:
        from ..loader.table_sections import with_more_rows  # with it all that reads front matter

        words = words_in(monograph.lang or config.language, theme.words)
        monograph = with_more_rows(monograph, data["rows"], words)
    if monograph is not None and "files" in data:
        monograph = with_files(monograph, data["files"], config)
    for number, page in enumerate(job.pages):
        content = _content_without_template(page, monograph, theme)
        if content is not None:
            yield Artifact(page.path, content)
        else:
            kept = job.kept[number] if job.kept else {}
            yield _html_page(page, monograph, kept, theme, config)


def _content_without_template(
    page: Page, monograph: Monograph | None, theme: Theme
) -> bytes | None:
    """The bytes of a page that has no template; None for another one."""
    data = page.data
    match page.template:
        case "json":
            return msgspec.json.encode(data) + b"\n"
        case "monograph.json" if monograph is not None:
            return msgspec.json.encode(index_json(monograph, data)) + b"\n"
        case "index.schema.json":
            return index_json_schema(data["id"])
        case "text":
            return str(data["text"]).encode()
        case "asset":
            content = data.get("content")
            return content if isinstance(content, bytes) else theme.assets[data["name"]]
    return None


def _html_page(
    page: Page,
    monograph: Monograph | None,
    kept: Mapping[str, str],
    theme: Theme,
    config: Config,
) -> Artifact:
    data = page.data
    parts = _fill_around(kept, page, monograph, theme, config) if kept else None
    if parts is None:
        parts = _fill_template(page, _template_data(page, monograph, config), theme, config)
    if "view" in data:
        parts = [("", with_links_to_whole(text_of(parts), href(config, data["views"][0].url)))]
    if config.offline:
        parts = [("", with_relative_links(text_of(parts), page.url, config))]
    # One by one, because most of a page is a part of ASCII, which is encoded much faster.
    encoded = [(name, text.encode()) for name, text in parts]
    return Artifact(page.path, b"".join([text for _, text in encoded]), _encode_places(encoded))


def _encode_places(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """See `Artifact.blocks`."""
    places: dict[str, tuple[int, int]] = {}
    end = 0
    for name, text in parts:
        start, end = end, end + len(text)
        if name and len(text) >= MIN_BLOCK_BYTES:
            places[name] = start, end
    return _encode(places) if places else b""


def _template_data(
    page: Page, monograph: Monograph | None, config: Config, names: Set[str] | None = None
) -> dict[str, Any]:
    """What the template of a page is filled with. Of what takes long to make, only what is among the
    `names` that are used, where they are known."""
    data = dict(page.data)
    if monograph is not None:
        shows_all = names is None or "rows" in data or names & _OF_SECTIONS
        data |= _body_and_head(monograph, data) if shows_all else {"monograph": monograph}
    if names is None or "json_ld" in names:
        if monograph is not None and "ingredients" in data:
            data["json_ld"] = "" if "view" in data else json_ld(monograph, data, config)
        if "search_url" in data:
            data["json_ld"] = website_json_ld(data)
    return data


def _body_and_head(monograph: Monograph, data: Mapping[str, Any]) -> dict[str, Any]:
    """Page data: the record as the page shows it, the sections that are in its head instead of its
    body, and its contents where data files add to them."""
    sections = monograph.sections
    if data.get("section_order") == "clinical":
        sections = in_clinical_order(monograph)
    head = tuple(part for part in sections if is_in_head(part, monograph))
    if head:
        sections = tuple(part for part in sections if part not in head)
    if sections != monograph.sections:
        monograph = replace(monograph, sections=sections)
    result: dict[str, Any] = {"monograph": monograph, "head": head}
    hidden = left_out(monograph.sections, data["view"]) if "view" in data else {}
    if hidden:
        result["left_out"] = hidden
    if "rows" in data or hidden:
        shown = (part for part in monograph.sections if part.id not in hidden)
        result["toc"] = toc_of(shown, with_sub_headings=monograph.kind == "page")
    return result


def _fill_template(page: Page, data: Mapping[str, Any], theme: Theme, config: Config) -> Filled:
    """What the template of a page makes of its data. Raises RenderError."""
    try:
        words = _words_of(page, theme, config)
        parts = environment(theme, config, words).fill(page.template, data)
        monograph = data.get("monograph")
        return _with_back_links(parts, words) if monograph and monograph.references else parts
    except RenderError:
        raise
    except Exception as error:  # a template may raise anything, such as a TypeError in a filter
        file, line = _location(error, theme)
        where = f"{file}:{line}" if file else f"template {page.template!r}"
        message = f"{where}: {_description(error)} (page {page.url!r})"
        raise RenderError(message, file, line) from error


def _fill_around(
    kept: Mapping[str, str],
    page: Page,
    monograph: Monograph | None,
    theme: Theme,
    config: Config,
) -> Filled | None:
    """What the template of a page makes of its data, around blocks whose texts are known; None where
    the whole page must be rendered."""
    words = _words_of(page, theme, config)
    data_for = partial(_template_data, page, monograph, config)
    parts = environment(theme, config, words).fill_around(kept, page.template, data_for)
    if parts is None or not (monograph and monograph.references):
        return parts
    if any(map(has_back_links, kept.values())) and any(has_citations(text) for _, text in parts):
        return None  # they would be numbered anew
    return _with_back_links(parts, words)


def _words_of(page: Page, theme: Theme, config: Config) -> Words:
    site = page.data.get("site")
    return words_in(site["language"] if site else config.language, theme.words)


def _with_back_links(parts: Filled, words: Words) -> Filled:
    """The parts of a page with the links of its references. These are of one block alone, or no part
    counts as a block."""
    citing = {name for name, text in parts if has_citations(text)}
    texts = with_back_links([text for _, text in parts], words)
    return [
        (name if len(citing) < 2 else "", text)
        for (name, _), text in zip(parts, texts, strict=True)
    ]


_environments: dict[tuple[str, str, str], Environment] = {}


def environment(theme: Theme, config: Config, words: Words = ENGLISH) -> Environment:
    """The environment of a theme in a language, made once in a process; a template is compiled when
    it is first used."""
    key = (theme.digest, config.base_path, words.digest)
    if key not in _environments:
        result = _make_environment(theme, config, words)
        of_language = [other for other in list(_environments) if other[2] == words.digest]
        for old in of_language[: 1 - MAX_ENVIRONMENTS]:
            _environments.pop(old, None)
        _environments[key] = result
        return result
    return _environments[key]


def block_digests(template: str, theme: Theme, config: Config) -> dict[str, str]:
    """The digests of the blocks of a page with this template that lie in nothing else, by name (see
    `Blocks.digest`); none where they cannot be told."""
    words = words_in(config.language, theme.words)
    try:
        blocks = environment(theme, config, words).blocks(template)
        return {name: blocks.digest(name) for name in blocks.outer}
    except UnknownError:
        return {}


def prepare(theme: Theme, config: Config) -> Iterator[str]:
    """Load the templates of the page of a content file, one after another, and name each: while a
    process waits for what they are filled with."""
    templates = environment(theme, config, words_in(config.language, theme.words))
    for name in ("_parts.html", "base.html", "monograph.html"):
        with suppress(Exception):  # rendering reports what is wrong with a template
            templates.get_template(name)
        yield name


def _make_environment(theme: Theme, config: Config, words: Words) -> Environment:
    result = Environment(theme.templates.get, words)
    assets = {name: href(config, path) for name, path in asset_paths(theme).items()}

    # With `pass_context`, the compiler does not apply a filter to a constant: compiled templates
    # serve sites with other settings and assets too.
    @jinja2.pass_context
    def asset(_: object, name: str) -> str:
        if name not in assets:
            raise RenderError(
                f"there is no asset {name!r}; the theme has {', '.join(sorted(assets))}"
            )
        return assets[name]

    @cache
    def integrity_of(name: str) -> str:
        from base64 import b64encode  # most sites do without
        from hashlib import sha256

        return f"sha256-{b64encode(sha256(theme.assets[name]).digest()).decode()}"

    @jinja2.pass_context
    def integrity(_: object, name: str) -> str:
        """The digest of an asset as the attribute `integrity` has it (W3C Subresource Integrity)."""
        return integrity_of(name)

    # `typed`: what is HTML already never takes the place of an equal text that is not.
    address_of = lru_cache(maxsize=65_536, typed=True)(partial(href, config))

    @jinja2.pass_context
    def url(_: object, path: str) -> str:
        return address_of(path)

    @cache
    def words_of_script(name: str) -> str:
        said = {text: words(text) for text in _SAID.findall(theme.assets.get(name, b"").decode())}
        is_english = all(text == said[text] for text in said)
        return "" if is_english else msgspec.json.encode(said).decode()

    @jinja2.pass_context
    def script_words(_: object, name: str) -> str:
        """The words that a script says (`say("…")`), as a JSON object; '' where they are English."""
        return words_of_script(name)

    result.filters.update(url=url, asset=asset, integrity=integrity, script_words=script_words)
    return result


def _location(error: Exception, theme: Theme) -> tuple[str, int]:
    """The file and line of a template that an error came from; '' and 1 where they are unknown."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return theme.files.get(error.name or "", ""), error.lineno
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename in theme.files  # see `Environment`
    ]
    return (theme.files[frames[-1].filename], frames[-1].lineno or 1) if frames else ("", 1)


def _description(error: Exception) -> str:
    if isinstance(error, jinja2.TemplateNotFound):
        return f"there is no template {error.name!r}"
    if isinstance(error, jinja2.TemplateError):
        return str(error)
    return f"{type(error).__name__}: {error}"
