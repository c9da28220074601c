"""The address that a file asks for: in its front matter, or by the date, title and categories that the
permalink of its collection is made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from ..config.site_paths import date_of_post, is_folder_page
from ..model.strings import slugify
from ..regex import regex
from ..source.schema import Fields
from .draft import Draft

_NEEDS_RECORD = regex(r"\{(?:title|year|month|day|categories)\}")
"""Placeholders that do not follow from the path of a file."""


def permalink_of(draft: Draft, slug: str) -> tuple[str, tuple[str, ...]]:
    """The address that the page has by its front matter or its collection, '' where that follows
    from its path; and its former addresses: a file (`/about.html`) that is stated in place of a
    folder. `slug` is made from the file's name."""
    fields, path, config = draft.fields, draft.source.path, draft.config
    stated = fields.permalink or _permalink_in_slug(draft)
    # Without a folder it is the front page, which only the page of a folder can introduce.
    folder = stated.rpartition(".")[0].removesuffix("/index")
    if stated.endswith((".html", ".htm")) and (folder or is_folder_page(path)):
        return folder or "/", (stated,)
    collection = config.collection_for(path)
    if stated or collection is None or not _NEEDS_RECORD.search(collection.permalink):
        return stated, ()
    try:
        values = _values(draft, slug)
        own_slug = stated_slug(fields) or slug
        return config.url_for(path, own_slug, values=values, language=fields.lang), ()
    except ValueError:  # reported where the entry gets its address
        return "", ()


def stated_slug(fields: Fields) -> str:
    """The last part of the slug in the front matter, which other tools also take for a path
    (`slug: /guides/start`)."""
    return fields.slug.strip("/").rpartition("/")[2]


def categories_of(data: Mapping[str, Any], path: str) -> list[str]:
    """The categories of a file as Jekyll has them: the folders that its `_posts` is in, and then
    those of the front matter; a text has them between spaces."""
    above, posts, _ = path.rpartition("_posts/")
    folders = [part for part in above.split("/") if part] if posts else []
    stated = data.get("categories") or data.get("category") or []
    named = stated.split() if isinstance(stated, str) else stated
    texts = [str(part).lower() for part in named] if isinstance(named, list) else []
    return list(dict.fromkeys((*folders, *texts)))


def _values(draft: Draft, slug: str) -> dict[str, str]:
    """What the file states of the placeholders of a permalink."""
    path = draft.config.split_path(draft.source.path)[1]
    date = re.match(r"(\d{4})-(\d{2})-(\d{2})", draft.fields.dates.created or date_of_post(path))
    year, month, day = date.groups() if date else ("", "", "")
    return {
        "title": slugify(draft.title) or slug,
        "year": year,
        "month": month,
        "day": day,
        "categories": "/".join(map(slugify, categories_of(draft.front.data, path))),
    }


def _permalink_in_slug(draft: Draft) -> str:
    """The address that a slug with slashes states: from the top where it starts with a slash or with
    the file's folder, else from that folder. `/` is the front page, as in Docusaurus, which a
    medicine cannot be: it keeps the address of its file."""
    fields = draft.fields
    slug = fields.slug.strip("/")
    if fields.slug and not slug.strip():
        return "" if draft.is_medicine else "/"
    if not slug or "/" not in fields.slug:
        return ""
    folder = draft.source.path.rpartition("/")[0]
    is_from_top = not folder or fields.slug.startswith(("/", f"{folder}/"))
    return f"/{slug}/" if is_from_top else f"/{folder}/{slug}/"
