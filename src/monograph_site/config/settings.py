"""The settings of a site, and what follows from them. Every setting has a default, so that none is
needed."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, fields
from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit

import msgspec

from ..model import monograph
from ..model.dates import months_in
from ..model.monograph import Audience, Kind, Provenance
from ..model.strings import digest

FOLDER_KINDS: dict[str, Kind] = {
    "drugs": "drug",
    "compositions": "drug",
    "composition": "drug",
    "combinations": "combination",
    "brands": "brand",
    "medicines": "brand",
    "articles": "article",
    "pages": "page",
}
"""What a folder of this name holds when site.yaml does not say."""

DEFAULT_DISCLAIMER = (
    "This information is for general education. It does not replace the advice of a doctor or "
    "pharmacist, and it may be incomplete or out of date. Do not start, stop or change a medicine "
    "because of what you read here. In an emergency, call your local emergency number."
)

_STRICT = {
    "extra": "forbid"
}  # read by pydantic when site.yaml is parsed; nothing here needs pydantic itself
# Characters that are invisible and change what is read: controls, surrogates, line ends, and
# directions of writing.
_REFUSED = frozenset(("Cc", "Cs", "Zl", "Zp"))
_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


_NOT_READ = frozenset(
    "title language description publisher repository contact disclaimers review search".split()
)
"""Settings that reading a content file does not depend on, only the site as a whole."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the site."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    name: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where text comes from that does not say so itself (see `model.Provenance`)."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    origin: monograph.Origin = "imported"
    tool: str = ""
    on: str = ""
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """What a folder of content holds, and the addresses of its pages."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    kind: Kind | None = None
    permalink: str = ""
    """Such as `/composition/combination/{slug}/`; '' for the folder and the slug."""
    title: str = ""
    provenance: Origin | None = None


@dataclass(frozen=True, slots=True)
class Disclaimer:
    """A disclaimer, and the pages it is for: those of a kind, of an audience, of both, or all."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    text: str
    """Markdown."""
    kind: Kind | None = None
    audience: Audience | None = None


@dataclass(frozen=True, slots=True)
class ReviewPolicy:
    """How often a page must be reviewed, and whether only approved pages are published."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    interval: str = "36 months"
    approved_only: bool = False

    @property
    def months(self) -> int:
        """The interval in months."""
        return months_in(self.interval)


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of a site. Values only: it can be kept and read back by msgspec, without
    pydantic."""

    __pydantic_config__: ClassVar[Any] = _STRICT
    title: str = "Drug monographs"
    base_url: str = "/"
    """A path, or a full address with or without a path."""
    language: str = "en"
    description: str = ""
    publisher: Publisher = Publisher()
    repository: str = ""
    """Address of the repository, or of a source file in it with `{path}` where the file's path
    goes."""
    contact: str = ""
    collections: dict[str, Collection] = field(default_factory=dict)
    """By folder, relative to the content folder."""
    namespaces: dict[str, str] = field(default_factory=dict)
    """Address prefix by top folder: several formularies side by side."""
    disclaimers: tuple[Disclaimer, ...] = ()
    """The first that matches is shown."""
    review: ReviewPolicy = ReviewPolicy()
    provenance: Origin = Origin()
    severity: dict[str, Literal["error", "warning", "info", "off"]] = field(default_factory=dict)
    """By code or name of a finding."""
    ignore: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes, beginnings of codes and names of findings that are not shown, by folder; `.` for the
    whole content."""
    notation: Literal["ismp", "nhs", "none"] = "ismp"
    """By which list the ways to write doses are judged."""
    search: bool = True
    asked: tuple[str, ...] = ()
    """Names of optional findings to look for: those given a severity here, and those the command
    line selects."""

    @property
    def base_path(self) -> str:
        """The path every address of the site starts with; begins and ends with `/`."""
        return "/" + "".join(f"{part}/" for part in urlsplit(self.base_url).path.split("/") if part)

    @property
    def reading_digest(self) -> str:
        """Digest of the settings that show in what is read of a content file: with other ones it
        has to be read again. The same in every process; computed on each call."""
        shown = {
            one.name: getattr(self, one.name) for one in fields(self) if one.name not in _NOT_READ
        }
        return digest(msgspec.json.encode(shown, order="deterministic"))

    def namespace_for(self, path: str) -> str:
        """The top folder of a path when it is a namespace, else ''."""
        top, slash, _ = path.partition("/")
        return top if slash and top in self.namespaces else ""

    def collection_for(self, path: str) -> Collection | None:
        """The settings of the innermost configured folder a path lies in, seen from the content
        folder or namespace."""
        folders = path.split("/")[:-1]
        within = folders[1:] if self.namespace_for(path) else folders
        for start in dict.fromkeys((tuple(folders), tuple(within))):
            for depth in range(len(start), 0, -1):
                found = self.collections.get("/".join(start[:depth]))
                if found is not None:
                    return found
        return None

    def kind_for(self, path: str) -> str | None:
        """The kind of what lies at a path: as configured, else from the first folder with a known
        name, else None."""
        collection = self.collection_for(path)
        if collection is not None and collection.kind is not None:
            return collection.kind
        return next(
            (FOLDER_KINDS[name] for name in path.split("/")[:-1] if name in FOLDER_KINDS), None
        )

    def url_for(self, path: str, slug: str, permalink: str = "") -> str:
        """The site path of the page of a content file; starts and ends with `/`.

        `permalink` is the path the file itself asks for. ValueError, saying why, where the path
        would leave the site or can't be the name of a file.
        """
        if permalink:
            return site_path(permalink)
        folders = path.split("/")[:-1]
        namespace = self.namespace_for(path)
        prefix = self.namespaces[namespace] if namespace else ""
        collection = self.collection_for(path)
        if collection is not None and collection.permalink:
            check_segment(slug)
            return site_path(f"{prefix}/{collection.permalink.replace('{slug}', slug)}")
        if namespace:
            folders = folders[1:]
        if folders == ["pages"]:
            folders = []
        check_segment(slug)
        return site_path("/".join((prefix, *folders, slug)))

    def disclaimer_for(self, kind: str, audience: str) -> str:
        """The disclaimer for a kind and audience, as Markdown."""
        for one in self.disclaimers:
            if one.kind in (None, kind) and one.audience in (None, audience):
                return one.text
        return DEFAULT_DISCLAIMER

    def provenance_for(self, path: str) -> Provenance:
        """Where the text of a file comes from that does not say so itself."""
        collection = self.collection_for(path)
        told = (collection and collection.provenance) or self.provenance
        return Provenance(told.origin, told.tool, told.on, told.statement)


def site_path(path: str) -> str:
    """A path within the site with one `/` at each end and between its parts; ValueError for an
    unsafe part."""
    parts = [part for part in path.split("/") if part]
    if not parts:
        return "/"
    for part in parts:
        check_segment(part)
    return "/" + "/".join(parts) + "/"


def check_segment(part: str) -> None:
    """ValueError where a part of a path would leave its folder, hide, deceive, or fit no file
    system."""
    if not part.strip() or part != part.strip():
        raise ValueError(f"{part!r} is blank, or starts or ends with a space")
    if part.startswith("."):
        raise ValueError(f"{part!r} starts with a dot")
    if "/" in part or "\\" in part:
        raise ValueError(f"{part!r} has a slash in it")
    if any(unicodedata.category(sign) in _REFUSED or sign in _BIDI for sign in part):
        raise ValueError(f"{part!r} has an invisible control character in it")
    if len(part.encode()) > 255:
        raise ValueError(
            f"{part[:40]!r}… is {len(part.encode())} bytes long; a file's name may have 255"
        )
