"""The settings of a site, and what follows from them. Every setting has a default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import Any, ClassVar, Literal

import msgspec

from ..model import monograph
from ..model.dates import months_in
from ..model.monograph import Audience, Kind, Provenance
from ..model.strings import digest
from ..model.words import mark
from .site_paths import (
    address_part,
    base_path_of,
    check_segment,
    expand_permalink,
    is_folder_page,
    site_path,
)

FOLDER_KINDS: dict[str, Kind] = {
    "drugs": "drug",
    "drug": "drug",
    "medications": "drug",
    "medication": "drug",
    "meds": "drug",
    "monographs": "drug",
    "formulary": "drug",
    "compositions": "drug",
    "composition": "drug",
    "combinations": "combination",
    "brands": "brand",
    "medicines": "brand",
    "articles": "article",
    "pages": "page",
}
"""What a folder of this name holds where site.yaml does not say."""

DEFAULT_DISCLAIMER = mark(
    "This information is for general education. It does not replace the advice of a doctor or "
    "pharmacist, and it may be incomplete or out of date. Do not start, stop or change a medicine "
    "because of what you read here. In an emergency, call your local emergency number."
)

_STRICT = {"extra": "forbid"}
"""Read by pydantic, which refuses unknown keys; nothing in here needs pydantic itself."""
_SITE_ONLY = {"site_only": True}
"""Marks a setting that concerns the site as a whole: no content file has to be read again when it
changes."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the site."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    short_form: ClassVar[str] = "name"
    """The field that a text in place of the mapping means."""
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from that does not state it (see `Provenance`); nothing is known without an
    origin."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    short_form: ClassVar[str] = "origin"
    origin: monograph.Origin | None = None
    tool: str = ""
    on: str = ""
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """What a folder of content holds, and the addresses of its pages."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    short_form: ClassVar[str] = "kind"
    kind: Kind | None = None
    permalink: str = ""
    """The addresses of its pages, such as `/composition/combination/{slug}/`; '' for the folder
    and the slug. What it may have in braces is in `site_paths.PLACEHOLDERS`."""
    title: str = ""
    provenance: Origin | None = None
    data: str = ""
    """The data file whose entries are its content, relative to the content folder."""
    rows: Literal["", "doses", "side_effects", "interactions", "prices"] = ""
    """The table of which each entry of the data file is a row, for a monograph that it names; ''
    where each entry is a monograph."""
    columns: dict[str, str] = field(default_factory=dict)
    """By column of a CSV file, or key of an entry: the field that it states. `doses.route` is a
    field of a dose."""


@dataclass(frozen=True, slots=True)
class Language:
    """Another language of the site."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    short_form: ClassVar[str] = "title"
    title: str = ""
    """The title of the site in this language; '' for the same title."""
    description: str = ""
    menu: dict[str, str] = field(default_factory=dict)
    """See `Config.menu`."""
    folder: str = ""
    """The folder of the content that its files are in; '' for the one that is named by its tag."""


@dataclass(frozen=True, slots=True)
class Disclaimer:
    """A disclaimer, and the pages it is for: those of a kind, of an audience, of a language, or of
    several of these; else all."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    short_form: ClassVar[str] = "text"
    text: str
    """Markdown."""
    kind: Kind | None = None
    audience: Audience | None = None
    lang: str | None = None


@dataclass(frozen=True, slots=True)
class ReviewPolicy:
    """How often a page must be reviewed, and what becomes of pages that are not approved."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    short_form: ClassVar[str] = "interval"
    interval: str = "36 months"
    approved_only: bool = False
    """Whether only approved pages are published."""
    noindex_unapproved: bool = False
    """Whether search engines are asked to leave out the others."""

    @property
    def months(self) -> int:
        """The interval in months."""
        return months_in(self.interval)


@dataclass(frozen=True, slots=True)
class Shortcode:
    """What a shortcode of another tool becomes (see `loader.shortcodes`)."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    short_form: ClassVar[str] = "template"
    spelt: ClassVar[dict[str, str]] = {"as": "becomes"}
    """Keys of site.yaml that are no names of fields in Python."""
    becomes: Literal["text", "callout", "nothing"] = "text"
    template: str = "{content}"
    """Markdown on one line. `{name}` or `{0}` is an argument, `{content}` what a pair of tags holds."""
    kind: Literal["note", "tip", "important", "warning", "caution", "danger"] = "note"
    """Of a callout."""


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a site. Values only: msgspec can save it and read it back, without pydantic."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    title: str = field(default="Drug monographs", metadata=_SITE_ONLY)
    base_url: str = "/"
    """A path, or a full address with or without a path."""
    language: str = "en"
    languages: dict[str, Language] = field(default_factory=dict)
    """By tag, such as `es`: the languages that have pages of their own below `/es/`. It may hold
    `language` too, of which the pages are at the top."""
    description: str = field(default="", metadata=_SITE_ONLY)
    publisher: Publisher = field(default=Publisher(), metadata=_SITE_ONLY)
    repository: str = field(default="", metadata=_SITE_ONLY)
    """Address of the repository, or of a source file in it with `{path}` where the file's path
    goes."""
    contact: str = field(default="", metadata=_SITE_ONLY)
    collections: dict[str, Collection] = field(default_factory=dict)
    """By folder, relative to the content folder; `.` for all content that is in none of the
    others."""
    namespaces: dict[str, str] = field(default_factory=dict)
    """Address prefix by top folder: several formularies side by side."""
    disclaimers: tuple[Disclaimer, ...] = field(default=(), metadata=_SITE_ONLY)
    """The first that matches is shown."""
    review: ReviewPolicy = field(default=ReviewPolicy(), metadata=_SITE_ONLY)
    provenance: Origin = Origin()
    severity: dict[str, Literal["error", "warning", "info", "off"]] = field(default_factory=dict)
    """By code or name of a finding."""
    ignore: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes, code prefixes and names of findings that are not shown, by folder; `.` for the whole
    content."""
    notation: Literal["ismp", "nhs", "none"] = "ismp"
    """The list of unsafe ways to write doses that rules follow: of the Institute for Safe Medication
    Practices, or of the National Health Service."""
    sections: Literal["clinical", "source"] = "clinical"
    """The order of the sections on the page of a medicine: safety first (see
    `site.section_order`), or that of the source."""
    shortcodes: dict[str, Shortcode] = field(default_factory=dict)
    """By name: what template code of another tool becomes."""
    smart_punctuation: bool = False
    """Whether texts get typographic quotation marks, apostrophes, dashes and ellipses (see
    `loader.smart_punctuation`)."""
    max_file_bytes: int = 1_000_000
    """Bytes of the largest content file that is read."""
    includes: tuple[str, ...] = ()
    """Folders and files whose text other files may include, relative to the content folder; besides
    the folders `_includes`, `_snippets` and `_partials`."""
    fragments: dict[str, str] = field(default_factory=dict)
    """The text of each file that pages may include, by path. Not from site.yaml."""
    vendored: dict[str, str] = field(default_factory=dict)
    """The file in `_vendored` of each picture of another host, by address. Not from site.yaml."""
    exclude: tuple[str, ...] = field(default=(), metadata=_SITE_ONLY)
    """Folders and files that are not content, relative to the content folder."""
    static: tuple[str, ...] = field(default=(), metadata=_SITE_ONLY)
    """Folders whose pictures and files have addresses from the top of the site, relative to the
    content folder; besides those of `STATIC_FOLDERS`."""
    redirects: dict[str, str] = field(default_factory=dict, metadata=_SITE_ONLY)
    """Site path or full address by former site path, without its slashes at the ends."""
    menu: dict[str, str] = field(default_factory=dict, metadata=_SITE_ONLY)
    """Site path or full address by label, in order; without any, the menu has the kinds of
    content."""
    host: Literal["", "netlify", "cloudflare", "nginx"] = field(default="", metadata=_SITE_ONLY)
    """The host whose files for redirects and headers the site has (see `pages.host_files`)."""
    llms_txt: bool = field(default=False, metadata=_SITE_ONLY)
    """Whether there is a `/llms.txt`, which names the pages for language models."""
    integrity: bool = field(default=True, metadata=_SITE_ONLY)
    """Whether pages state the digests of style sheets and scripts, so that browsers refuse others."""
    search: bool = field(default=True, metadata=_SITE_ONLY)
    text_search: bool = field(default=True, metadata=_SITE_ONLY)
    """Whether the search finds texts too, and not only names."""
    offline: bool = field(default=False, metadata=_SITE_ONLY)
    """Whether the site works from files, without a web server; `integrity` is then off."""
    optional_rules: tuple[str, ...] = ()
    """Names of optional findings to look for: those with a severity in site.yaml, and those that
    the command line selects."""
    every_place: bool = False
    """Whether rules that report one finding a file report each place. Not from site.yaml."""

    @property
    def base_path(self) -> str:
        """The path that every address of the site starts with; it begins and ends with `/`."""
        return base_path_of(self.base_url)

    @property
    def reading_digest(self) -> str:
        """Digest of the settings that the reading of a content file may depend on: when it changes,
        every file is read again. The same in every process; computed on each call."""
        settings = {
            setting.name: getattr(self, setting.name)
            for setting in fields(self)
            if not setting.metadata.get("site_only")
        }
        return digest(msgspec.json.encode(settings, order="deterministic"))

    def split_path(self, path: str) -> tuple[str, str]:
        """The language that a path states, '' for none, and the path without it: `es/drugs/x.md` and
        `drugs/x.es.md` are `drugs/x.md` in `es`."""
        if not self.languages:
            return "", path
        top, slash, rest = path.partition("/")
        if slash:
            for tag, settings in self.languages.items():
                if top == (settings.folder or tag):
                    return tag, rest
        stem, dot, suffix = path.rpartition(".")
        name, inner_dot, language = stem.rpartition(".")
        if dot and inner_dot and language in self.languages and not name.endswith("/"):
            return language, f"{name}.{suffix}"
        return "", path

    def edition_of(self, language: str) -> str:
        """The language of `languages` that a page in some language belongs to: the same, or its main
        language (`es` for `es-MX`); '' for the site's own language and for all others."""
        for tag in dict.fromkeys((language, language.partition("-")[0])) if self.languages else ():
            if tag == self.language:
                return ""
            if tag in self.languages:
                return tag
        return ""

    def in_language(self, edition: str) -> Config:
        """The settings of the pages in one of `languages`."""
        stated = self.languages[edition]
        return replace(
            self,
            language=edition,
            title=stated.title or self.title,
            description=stated.description or self.description,
            menu=stated.menu,
        )

    def namespace_for(self, path: str) -> str:
        """The top folder of a path where it is a namespace, else ''."""
        top, slash, _ = self.split_path(path)[1].partition("/")
        return top if slash and top in self.namespaces else ""

    def collection_for(self, path: str) -> Collection | None:
        """The settings of the innermost configured folder that a path is in, relative to the content
        folder or, failing that, to the namespace."""
        return self._folder_and_collection(self.split_path(path)[1])[1]

    def _folder_and_collection(self, path: str) -> tuple[list[str], Collection | None]:
        """The folders of a path without language that are below the configured one, and the
        settings of that one."""
        folders = path.split("/")[:-1]
        within = folders[1:] if self.namespace_for(path) else folders
        if not self.collections:
            return within, None
        for start in dict.fromkeys((tuple(folders), tuple(within))):
            for depth in range(len(start), 0, -1):
                collection = self.collections.get("/".join(start[:depth]))
                if collection is not None:
                    return list(start[depth:]), collection
        return within, self.collections.get(".")

    @property
    def data_collections(self) -> dict[str, Collection]:
        """The collections whose content is in a data file, by folder."""
        return {name: part for name, part in self.collections.items() if part.data}

    def data_collection(self, path: str) -> Collection | None:
        """The collection of which a content path is an entry of the data file; None where it is a
        file of its own."""
        folder, _, name = path.rpartition("/")
        collection = self.collections.get(folder) if folder else None
        if collection is None or not collection.data:
            return None
        suffix = PurePosixPath(collection.data).suffix.lower()
        return collection if name.partition("#")[0].endswith(suffix) else None

    def file_of(self, path: str) -> str:
        """The file that a content path is in: the data file of an entry of one, else itself."""
        collection = self.data_collection(path)
        return collection.data if collection else path

    def kind_for(self, path: str) -> str | None:
        """The kind of the content at a path: as configured, else from the first folder with a name in
        FOLDER_KINDS, else None."""
        collection = self.collection_for(path)
        if collection is not None and collection.kind is not None:
            return collection.kind
        folders = self.split_path(path)[1].lower().split("/")[:-1]
        names = (folder.lstrip("_") for folder in folders)
        return next((FOLDER_KINDS[name] for name in names if name in FOLDER_KINDS), None)

    def url_for(
        self,
        path: str,
        slug: str,
        permalink: str = "",
        values: Mapping[str, str] = MappingProxyType({}),
        language: str = "",
    ) -> str:
        """The site path of the page of a content file; it starts and ends with `/`.

        `permalink` is the path that the file itself asks for; `values` are what it states of
        PLACEHOLDERS, `language` is the language it states. ValueError, with the reason, where the
        path would leave the site or can't be the name of a file.
        """
        if permalink:
            return site_path(permalink)
        stated, path = self.split_path(path)
        url = self._url_for(path, slug, values)
        edition = self.edition_of(language or stated)
        return f"/{edition}{url}" if edition else url

    def _url_for(self, path: str, slug: str, values: Mapping[str, str]) -> str:
        """The site path of the page of a content file without its language."""
        check_segment(slug)
        namespace = self.namespace_for(path)
        prefix = self.namespaces[namespace] if namespace else ""
        below, collection = self._folder_and_collection(path)
        if collection is not None and collection.permalink:
            return site_path(
                f"{prefix}/{expand_permalink(collection.permalink, path, slug, below, values)}"
            )
        folders = [address_part(folder.lstrip("_")) for folder in path.split("/")[:-1]]
        if namespace:
            folders = folders[1:]
        if folders == ["pages"]:
            folders = []
        if is_folder_page(path) and folders:
            folders = folders[:-1]
        elif is_folder_page(path):
            return site_path(prefix)
        return site_path("/".join((prefix, *folders, slug)))

    def disclaimer_for(self, kind: str, audience: str) -> str:
        """The disclaimer for a kind and audience in the language of these settings, as Markdown."""
        for disclaimer in self.disclaimers:
            is_for = (
                disclaimer.kind in (None, kind)
                and disclaimer.audience in (None, audience)
                and disclaimer.lang in (None, self.language)
            )
            if is_for:
                return disclaimer.text
        return DEFAULT_DISCLAIMER

    def provenance_for(self, path: str) -> Provenance:
        """Where the text of a file comes from, if the file does not state it."""
        collection = self.collection_for(path)
        stated = (collection and collection.provenance) or self.provenance
        return Provenance(stated.origin or "", stated.tool, stated.on, stated.statement)
