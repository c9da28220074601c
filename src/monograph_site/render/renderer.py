"""Page → bytes. What a template sees is the page's data, its record and nothing else."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

import jinja2
import msgspec
from jinja2.meta import find_referenced_templates

from ..config import Config
from ..model.errors import RenderError
from ..model.monograph import Monograph
from ..model.strings import digest
from ..pages.page import Artifact, Page
from ..site.addresses import asset_path, href
from .json_ld import json_ld, monograph_json
from .theme import Theme

PLAIN = frozenset({"json", "text", "asset", "monograph.json"})
"""Kinds of page that need no template."""


_READS = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)


_MONTHS = (
    "January February March April May June July August September October November December".split()
)


_decode = msgspec.msgpack.Decoder(Monograph).decode


_encode = msgspec.msgpack.Encoder(order="deterministic").encode


@dataclass(frozen=True, slots=True)
class Job:
    """Pages that share one record, to render together: the record is sent and decoded once."""

    pages: tuple[Page, ...]
    record: bytes
    """The record as the cache keeps it; b'' for none."""

    @property
    def url(self) -> str:
        """The first page's, for messages."""
        return self.pages[0].url


def template_digests(theme: Theme) -> dict[str, str]:
    """For each template the digest of all that can show in its output: its own text, that of every
    template it extends, includes or imports, directly or not, and the names of the assets.

    A template that chooses another by a variable may reach any. One that can't be parsed counts by
    its text alone: rendering will say what is wrong with it.
    """
    direct: dict[str, frozenset[str]] = {}
    for name, text in theme.templates.items():
        try:
            found = _references(text)
            direct[name] = frozenset(theme.templates) if found is None else found
        except jinja2.TemplateSyntaxError:
            direct[name] = frozenset()
    return {name: _closure_digest(name, direct, theme) for name in theme.templates}


def syntax_faults(theme: Theme) -> Iterator[tuple[str, int, str]]:
    """File, line and words of what keeps templates from being understood; the rest shows only in
    rendering."""
    for name, text in theme.templates.items():
        try:
            _references(text)
        except jinja2.TemplateSyntaxError as fault:
            yield theme.files[name], fault.lineno, str(fault.message)


@lru_cache(maxsize=256)
def _references(text: str) -> frozenset[str] | None:
    """The templates that a template names; None where it chooses one by a variable. Raises
    TemplateSyntaxError."""
    found = set(find_referenced_templates(_READS.parse(text)))
    return None if None in found else frozenset(other for other in found if other)


def _closure_digest(name: str, direct: Mapping[str, frozenset[str]], theme: Theme) -> str:
    seen: set[str] = set()
    ahead = {name}
    while ahead:
        seen |= ahead
        ahead = {other for one in ahead for other in direct.get(one, ())} - seen
    parts = (part for one in sorted(seen) for part in (one, theme.templates.get(one, "")))
    return digest(theme.assets_digest, *parts)


def page_key(page: Page, templates: Mapping[str, str], code: str) -> str:
    """The key of a page: the same key means the same bytes. `templates` are the digests of
    `template_digests`."""
    drawn = "" if page.template in PLAIN else templates.get(page.template, "")
    return digest(code, drawn, _encode((page.url, page.template, page.data, page.record)))


def render(job: Job, theme: Theme, config: Config) -> list[Artifact]:
    """The artifacts of a job's pages, in their order. Raises `RenderError`."""
    monograph = _decode(job.record) if job.record else None
    return [
        Artifact(page.url.lstrip("/"), _content(page, monograph, theme, config))
        for page in job.pages
    ]


def _content(page: Page, monograph: Monograph | None, theme: Theme, config: Config) -> bytes:
    if page.template == "json":
        return msgspec.json.encode(page.data) + b"\n"
    if page.template == "text":
        return str(page.data["text"]).encode()
    if page.template == "asset":
        content = page.data.get("content")
        return content if isinstance(content, bytes) else theme.assets[page.data["name"]]
    data = dict(page.data)
    if monograph is not None:
        if page.template == "monograph.json":
            return msgspec.json.encode(monograph_json(monograph, data)) + b"\n"
        data["monograph"] = monograph
        if "ingredients" in data:
            data["json_ld"] = json_ld(monograph, data)
    try:
        return environment(theme, config).get_template(page.template).render(data).encode()
    except RenderError:
        raise
    except (
        Exception
    ) as fault:  # a template may raise anything: a wrong filter argument is a TypeError
        file, line = _place(fault, theme)
        where = f"{file}:{line}" if file else f"template {page.template!r}"
        raise RenderError(f"{where}: {_words(fault)} (page {page.url!r})", file, line) from fault


_made: dict[tuple[str, str], jinja2.Environment] = {}


def environment(theme: Theme, config: Config) -> jinja2.Environment:
    """The Jinja2 environment of a theme, made once a process: a template is compiled when it is
    first used.

    The compiled code is not kept on disk: a cache folder could be planted, and what is in it must
    never be executed.
    """
    key = (theme.digest, config.base_path)
    made = _made.get(key)
    if made is None:
        made = _environment(theme, config)
        for old in list(_made)[
            :-1
        ]:  # a preview server would keep one for each edit of a template; it needs two
            _made.pop(old, None)
        _made[key] = made
    return made


def _environment(theme: Theme, config: Config) -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FunctionLoader(lambda name: _source(theme, name)),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    assets = {name: asset_path(name, digest(content)) for name, content in theme.assets.items()}

    def asset(name: str) -> str:
        if name not in assets:
            raise RenderError(
                f"no asset is called {name!r}; the theme has {', '.join(sorted(assets))}"
            )
        return href(config, assets[name])

    made.filters.update(
        url=lambda path: href(config, path), asset=asset, isodate_words=isodate_words
    )
    del made.filters["random"], made.globals["lipsum"]  # the same input gives the same bytes
    return made


def _source(theme: Theme, name: str) -> tuple[str, str, None] | None:
    return (theme.templates[name], theme.files[name], None) if name in theme.templates else None


def isodate_words(date: str) -> str:
    """`2025-01-20` as `20 January 2025`, `2025-01` as `January 2025`; anything else as it is."""
    parts = str(date)[:10].split("-")
    if (
        len(parts) not in (2, 3)
        or not all(part.isdecimal() for part in parts)
        or not 1 <= int(parts[1]) <= 12
    ):
        return str(date)
    day = f"{int(parts[2])} " if len(parts) == 3 else ""
    return f"{day}{_MONTHS[int(parts[1]) - 1]} {parts[0]}"


def _place(fault: Exception, theme: Theme) -> tuple[str, int]:
    """The template file and the line in it; '' where nobody knows."""
    if isinstance(fault, jinja2.TemplateSyntaxError):
        return fault.filename or fault.name or "", fault.lineno
    files = set(theme.files.values())
    frames = [
        frame for frame in traceback.extract_tb(fault.__traceback__) if frame.filename in files
    ]
    return (frames[-1].filename, frames[-1].lineno or 1) if frames else ("", 1)


def _words(fault: Exception) -> str:
    if isinstance(fault, jinja2.TemplateNotFound):
        return f"there is no template {fault.name!r}"
    return (
        str(fault)
        if isinstance(fault, jinja2.TemplateError)
        else f"{type(fault).__name__}: {fault}"
    )
