"""What each template gets, as types: a build keeps the data of its pages, and reads it back as
these.

`site` is not among it, and neither is what the renderer adds for a page with a record (`monograph`,
…).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, TypedDict

import msgspec

from ..model.attachment import Attachment
from ..model.monograph import Statement
from ..model.tables import Tables
from ..site.audiences import View
from ..site.entry import TocItem
from ..site.site import (
    Card,
    Count,
    Labelled,
    LanguageHome,
    Link,
    NameLine,
    Outdated,
    Pager,
    Translation,
)
from .faqs import FaqGroup
from .home import Groups, Updated


class PageInfo(TypedDict):
    """`page`, as every template sees it (see `_common.html_page`)."""

    url: str
    title: str
    description: str
    canonical: str
    noindex: bool
    lang: str
    dir: str
    alternates: tuple[Translation, ...]
    switch: tuple[LanguageHome, ...]
    current: str
    crumbs: tuple[Labelled, ...]


class _Html(TypedDict):
    page: PageInfo


class _Text(_Html, total=False):
    """Of a page with a text that refers to other files."""

    addresses: tuple[tuple[str, str], ...]
    files: dict[str, Attachment]
    rows: Tables
    interaction_links: dict[str, str]
    brand_links: dict[str, str]
    views: tuple[View, ...]
    view: str


class _Plain(_Text):
    crumbs: tuple[Labelled, ...]
    ingredients: tuple[Link, ...]
    disclaimers: tuple[Statement, ...]
    toc: tuple[TocItem, ...]
    hidden: str
    outdated: Outdated | None


class _Related(TypedDict):
    whole_list: Count | None
    classes: tuple[Link, ...]
    conditions: tuple[Link, ...]
    same_class: tuple[Card, ...]
    class_page: Count | None
    look_alikes: tuple[Card, ...]
    articles: tuple[Card, ...]
    containing: tuple[Count, ...]


class _Monograph(_Plain):
    kind_label: str
    combinations: tuple[Card, ...]
    brands: tuple[Card, ...]
    related: _Related
    generic: Card | None
    overdue: bool
    import_dates: bool
    section_order: str
    version: str
    source_url: str


class _Home(_Text):
    counts: tuple[Count, ...]
    letters: tuple[Count, ...]
    articles: tuple[Card, ...]
    intro_html: str
    notices: tuple[str, ...]
    updated: tuple[Updated, ...]
    classes: Groups
    conditions: Groups
    search_url: str


class _Listing(_Text):
    kind_label: str
    cards: tuple[Card, ...]
    pager: Pager
    unreviewed: bool


class _Letters(_Html):
    letters: tuple[Count, ...]


class _Letter(_Letters):
    letter: str
    entries: tuple[NameLine, ...]
    total: int
    pager: Pager


class _FaqLetter(_Letters):
    letter: str
    groups: tuple[FaqGroup, ...]
    pager: Pager


class _Groups(_Html):
    groups: tuple[Count, ...]
    text: str


class _Group(_Html):
    text: str
    cards: tuple[Card, ...]
    total: int
    pager: Pager


class _GroupWithFeed(_Group, total=False):
    feed: str


class _Search(_Html):
    shards: int


class _Redirect(_Html):
    target: str
    target_title: str
    target_lang: str


PAGE_DATA: Mapping[str, Any] = {
    "404.html": _Html,
    "article.html": _Monograph,
    "faq_letter.html": _FaqLetter,
    "faqs.html": _Letters,
    "group.html": _GroupWithFeed,
    "groups.html": _Groups,
    "home.html": _Home,
    "letter.html": _Letter,
    "letters.html": _Letters,
    "listing.html": _Listing,
    "monograph.html": _Monograph,
    "page.html": _Plain,
    "redirect.html": _Redirect,
    "search.html": _Search,
}
"""The type of `Page.data`, by template."""


def is_typed(template: str, data: Mapping[str, Any]) -> bool:
    """Whether the type of a template's data has all that there is."""
    kind = PAGE_DATA.get(template)
    return kind is not None and data.keys() - {"site"} <= kind.__annotations__.keys()


def decode_data(template: str, encoded: bytes) -> dict[str, Any]:
    """The data of a page with this template, from what `page_key.encode_data` gives of the page.

    Raises MsgspecError for the data of another version.
    """
    _, _, data = _decoder(template).decode(encoded)
    return dict(data)


@cache
def _decoder(template: str) -> msgspec.msgpack.Decoder[tuple[str, str, Any]]:
    kind: Any = tuple[str, str, PAGE_DATA[template]]  # type: ignore[valid-type]
    return msgspec.msgpack.Decoder(kind)
