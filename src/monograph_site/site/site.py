"""The site as planning sees it: its entries, and what is known of all of them together.

Everything here is small, so that all of a large site fits in memory. Page kinds read nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple, TypedDict

from msgspec import Struct, field
from msgspec.structs import replace

from ..config import Config
from ..model.attachment import Attachment
from ..model.finding import Finding
from ..model.monograph import Statement
from ..model.strings import sort_key
from ..model.tables import NO_TABLES, Tables
from ..model.words import ENGLISH, Words
from .addresses import NOTHING_RESERVED, ReservedAddresses
from .entry import Entry

MEDICINES = ("drug", "combination", "brand")
"""Kinds that the A to Z lists."""


class Related(Struct, frozen=True):
    """The pages that belong to one monograph."""

    ingredients: tuple[Link, ...] = ()
    """In the order of the source; without an address where there is no page."""
    combinations: tuple[Card, ...] = ()
    brands: tuple[Card, ...] = ()
    generic: Card | None = None
    """What a brand contains: a drug or a combination."""
    interactions: tuple[Link, ...] = ()
    """The substances of its interactions that have a page."""
    addresses: tuple[tuple[str, str], ...] = ()
    """Addresses in the loaded text that only the whole site can resolve, each with that of the page
    it leads to; '' where there is none (see `internal_links`)."""
    rows: Tables = NO_TABLES
    """What data files add to its tables."""
    classes: tuple[Link, ...] = ()
    """The classes it states, and the ATC groups of its codes that have a page."""
    conditions: tuple[Link, ...] = ()
    """The conditions it states."""
    same_class: tuple[Card, ...] = ()
    """Other medicines of the smallest of its classes, at most MAX_RELATED_LINKS."""
    class_page: Count | None = None
    """The page of that class, with the number of all its medicines."""
    look_alikes: tuple[Card, ...] = ()
    """Medicines with a name for which its own has been mistaken."""
    articles: tuple[Card, ...] = ()
    """Articles that link to it or name it in their title."""
    containing: tuple[Count, ...] = ()
    """For each of its ingredients with a page that lists all medicines with it: that page."""


MAX_RELATED_LINKS = 12
"""Links of one list on a page; a page of its own has all of a longer one."""
UNRELATED = Related()


class NameLine(Struct, frozen=True):
    """A line of the A to Z."""

    name: str
    card: Card
    also: bool
    """True for a name that is not the title: 'see CARD.title'."""


class Translation(NamedTuple):
    """A page in one of the languages of its text."""

    language: str
    url: str
    """Site path."""


class Outdated(NamedTuple):
    """What a translation is older than."""

    changed: str
    """ISO date of the last change of the original."""
    url: str
    """Site path of the original."""


class LanguageHome(NamedTuple):
    """A language that the site has pages in."""

    language: str
    name: str
    """In the language itself."""
    url: str
    """Site path of its home page."""


class Hidden(NamedTuple):
    """Why a file is not for readers: an English text with a date in it."""

    text: str
    date: str = ""

    def reason(self, words: Words = ENGLISH) -> str:
        """The reason in words, as the end of a sentence that begins with "It is"."""
        return words(self.text, date=self.date)


class Labelled(Struct, frozen=True):
    """A label with an address: a breadcrumb, an item of the menu."""

    label: str
    url: str


class Group(Struct, frozen=True):
    """A class of medicines or a condition, with a page that lists what belongs to it."""

    key: str
    """See `classification.name_key`; for a group of the ATC classification its code."""
    name: str
    url: str
    paths: tuple[str, ...]
    """Of the content files, by title."""


class Count(Struct, frozen=True):
    """A label with an address and the number of things listed there."""

    label: str
    url: str
    count: int


class Pager(Struct, frozen=True):
    """The position of a page among the pages of a long list; `previous` and `next` are '' at the
    ends."""

    number: int = 1
    count: int = 1
    previous: str = ""
    next: str = ""
    pages: tuple[Labelled, ...] = ()
    """All pages; the label says what is on each, such as `Cef–Cip`."""


class SiteInfo(TypedDict, total=False):
    """`site`, as every template sees it."""

    title: str
    description: str
    language: str
    dir: str
    base_url: str
    base_path: str
    home: str
    publisher: str
    publisher_url: str
    repository: str
    contact: str
    search: bool
    offline: bool
    integrity: bool
    origin: str
    """Scheme and host; '' where they are not known."""
    feeds: tuple[Labelled, ...]
    """The feeds that every page names."""
    nav: tuple[Labelled, ...]
    """The menu."""
    pages: tuple[Labelled, ...]
    """The plain pages of the footer."""


class Site(Struct, frozen=True, dict=True):
    """Everything page kinds may use. Mappings are by content path; all orders are fixed, and pages
    keep them."""

    config: Config
    words: Words
    """The tool's own words, in the language of the site."""
    entries: tuple[Entry, ...]
    """The files that become pages, by path: also those that are no monographs, but none with
    `blocks_page`."""
    cards: Mapping[str, Card]
    """Full cards, with the description and all badges."""
    links: Mapping[str, Card]
    """Short cards, for pages that print a title only: a changed description does not change those
    pages."""
    related: Mapping[str, Related]
    names: Mapping[str, tuple[NameLine, ...]]
    """The A to Z: lines by letter, letters and lines in order."""
    disclaimers: Mapping[tuple[str, str], Statement]
    """The site's disclaimer by kind and audience."""
    classes: tuple[Group, ...] = ()
    """The classes and ATC groups with a page, by name."""
    conditions: tuple[Group, ...] = ()
    """The conditions with a page, by name."""
    overdue: frozenset[str] = frozenset()
    """Paths of the monographs whose review is overdue."""
    aliases: tuple[tuple[str, str], ...] = ()
    """Site paths that lead to a page, with the path of its content file."""
    redirects: tuple[Labelled, ...] = ()
    """The redirects of site.yaml: the former site path, as a label, and where it leads."""
    menu: tuple[Labelled, ...] = ()
    """The items of the menu that site.yaml names."""
    unbuilt: frozenset[str] = frozenset()
    """Content paths of files that become no page because of an error of their own."""
    hidden: Mapping[str, Hidden] = field(default_factory=dict)
    """Paths of the files that are not for readers yet or any more, each with the reason. They are in
    `entries` in a preview only."""
    intros: Mapping[str, Entry] = field(default_factory=dict)
    """The pages of folders that introduce a listing, by its site path. They are not in `entries`."""
    import_dates: bool = False
    """True where the time stamps of the content come from one import, so that they say nothing
    about a single file."""
    home: str = "/"
    """Site path of the home page, and what the paths of all list pages begin with."""
    languages: tuple[LanguageHome, ...] = ()
    """The languages that the site has pages in; empty where it has one only."""
    editions: Mapping[str, Site] = field(default_factory=dict)
    """The site in each of these languages: with its own words and settings, and of the entries only
    its own. By `Entry.edition`; empty where the site has one language only, and within an edition."""
    translations: Mapping[str, tuple[Translation, ...]] = field(default_factory=dict)
    """See `translations.Translations`."""
    outdated: Mapping[str, Outdated] = field(default_factory=dict)
    """The translations that are older than their original."""
    unapproved: int = 0
    """Number of texts left out because site.yaml publishes approved ones only."""
    assets: tuple[tuple[str, str], ...] = ()
    """The theme's files: name and site path."""
    files: Mapping[str, Attachment] = field(default_factory=dict)
    """The pictures and files beside the content, by reference (see `FileReference`): those that a
    page refers to and that exist."""
    reserved: ReservedAddresses = NOTHING_RESERVED
    """The site paths of all pages that do not belong to one content file."""
    findings: tuple[Finding, ...] = ()
    """Findings about several files together; those of single files are in their entries."""
    info: SiteInfo = field(default_factory=SiteInfo)

    def with_files(
        self, assets: tuple[tuple[str, str], ...], files: Mapping[str, Attachment]
    ) -> Site:
        """The site with other assets, pictures and files, in all its languages."""
        editions = {
            language: replace(edition, assets=assets, files=files)
            for language, edition in self.editions.items()
        }
        return replace(self, assets=assets, files=files, editions=editions)

    def edition(self, language: str) -> Site:
        """The site in one of its languages (see `Entry.edition`)."""
        return self.editions.get(language, self)

    def address(self, path: str) -> str:
        """The site path of a list page in the language of the site: `/es/drugs/` of `/drugs/`."""
        return self.home[:-1] + path

    @property
    def linking(self) -> tuple[Entry, ...]:
        """Everything with a text of its own, and so with links."""
        return (*self.entries, *self.intros.values())

    @property
    def texts(self) -> tuple[Entry, ...]:
        """The entries that inform about a medicine: no plain pages, only monographs."""
        return tuple(
            entry for entry in self.entries if entry.kind != "page" and not entry.not_a_monograph
        )

    def listed(self, *kinds: str) -> list[Entry]:
        """The entries of these kinds that lists show, by heading."""
        return [entry for entry in self._by_heading if entry.kind in kinds]

    @cached_property
    def medicines(self) -> tuple[Entry, ...]:
        """The monographs on medicines, by title."""
        return tuple(self.listed(*MEDICINES))  # only articles have another heading

    @cached_property
    def _by_heading(self) -> tuple[Entry, ...]:
        """The entries that lists show; those with the same heading by path, as they come."""
        language = self.config.language
        shown = (entry for entry in self.entries if not entry.not_a_monograph)
        return tuple(sorted(shown, key=lambda entry: sort_key(entry.heading, language)))

    def with_parts(self, **parts: Any) -> Site:
        """The site with some fields replaced, but neither `entries` nor `config`: their order is
        still known."""
        new = replace(self, **parts)
        new.__dict__.update(self.__dict__)
        return new


_SOME_PAGES_FIELDS = (
    "entries",
    "cards",
    "links",
    "related",
    "names",
    "classes",
    "conditions",
    "overdue",
    "aliases",
    "redirects",
    "unbuilt",
    "hidden",
    "intros",
    "editions",
    "translations",
    "outdated",
    "unapproved",
    "files",
    "findings",
)
"""The fields of a site that show on some pages only, which a preview can tell from the others (see
`snapshot.changed_urls`), or on none."""
ALL_PAGES_FIELDS = tuple(name for name in Site.__struct_fields__ if name not in _SOME_PAGES_FIELDS)
"""The fields of a site that may show on every page."""


class Card(Struct, frozen=True):
    """What other pages show of a monograph: enough to link to it."""

    path: str
    kind: str
    title: str
    url: str
    """Site path, with `/` at both ends; the renderer percent-encodes it."""
    summary: str
    lang: str = ""
    """Language of the title and summary where it is not the site's (BCP 47)."""
    badges: tuple[str, ...] = ()
    """Short labels beside the title: `banned`, `not reviewed`, …"""


class Link(Struct, frozen=True):
    """A name that may or may not have a page."""

    title: str
    url: str | None
