"""The names and folders of content files, and the site paths of the pages that they become: which
parts an address may have, and what a permalink's placeholders stand for."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from ..regex import regex

_REFUSED_CATEGORIES = frozenset(("Cc", "Cs", "Zl", "Zp"))
"""Unicode categories of invisible characters that change what is read: controls, surrogates, line
ends."""
_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that change the direction of writing."""
_NOT_IN_ADDRESS = regex(r"[\s/\\?#%\"<>|:*\x00-\x1f]+")
PLACEHOLDERS = frozenset({"slug", "name", "title", "folders", "year", "month", "day", "categories"})
"""What a permalink of a collection may have in braces: the slug; the name of the file as it is
written; the title as an address; the folders between that of the collection and the file, as they
are written; and the date and categories of the page. One of the first three names the page."""
NAMING_PLACEHOLDERS = ("slug", "name", "title")
_PLACEHOLDER = regex(r"\{(\w+)\}")
_POST = regex(r"(\d{4}-\d{2}-\d{2})-(.+)")
"""The name of a file in Jekyll's `_posts`: the date and the name."""
_FOLDER_PAGES = frozenset(
    f"{stem}.{suffix}"
    for stem in ("_index", "index", "readme")
    for suffix in ("md", "markdown", "mdx", "qmd")
)
MAX_SEGMENT_BYTES = 255
"""The length of a file's name that every usual file system allows."""


def is_folder_page(path: str) -> bool:
    """Whether a content file is the page of its folder, as `index.md`, `_index.md` and `README.md`
    are."""
    return path.rpartition("/")[2].lower() in _FOLDER_PAGES


def address_part(name: str) -> str:
    """The name of a file or folder as a part of an address: in lower case, with hyphens for what an
    address cannot have; '' where nothing is left."""
    return as_written(name).lower()


@lru_cache(maxsize=1_024)  # many files are in the same folder
def as_written(name: str) -> str:
    """The name of a file or folder as a part of an address, its capitals kept."""
    return _NOT_IN_ADDRESS.sub("-", name.strip()).strip("-")


def file_name(path: str) -> str:
    """The name of a content file without its suffix and, in Jekyll's `_posts`, without its date; the
    page of a folder (`index.md`) has the name of the folder."""
    if "_posts" not in path and not is_folder_page(path):  # as most are
        name = path.rpartition("/")[2]
        stem, _, suffix = name.rpartition(".")
        return stem if stem and suffix else name
    pure = PurePosixPath(path)
    if is_folder_page(path):
        return pure.parent.name
    post = _POST.fullmatch(pure.stem) if "_posts" in pure.parent.parts else None
    return post[2] if post else pure.stem


def date_of_post(path: str) -> str:
    """The ISO date in the name of a file in Jekyll's `_posts`; '' for other files."""
    pure = PurePosixPath(path)
    post = _POST.fullmatch(pure.stem) if "_posts" in pure.parent.parts else None
    return post[1] if post else ""


def expand_permalink(
    permalink: str, path: str, slug: str, below: list[str], values: Mapping[str, str]
) -> str:
    """The permalink of a collection for a content file, which lies in the folders `below` that of
    the collection. The page of that folder itself has no name."""
    is_of_folder = is_folder_page(path)
    is_its_own = is_of_folder and not below
    folders = below[:-1] if is_of_folder else below
    filled = {
        "slug": slug,
        "title": slug,
        "folders": "/".join(map(as_written, folders)),
        **values,
        "name": as_written(file_name(path)) or slug,
    }
    if is_its_own:
        filled |= dict.fromkeys(NAMING_PLACEHOLDERS, "")
    return _PLACEHOLDER.sub(lambda match: filled.get(match[1], ""), permalink)


@lru_cache(maxsize=64)
def base_path_of(base_url: str) -> str:
    """The path of a site's address, with `/` at both ends."""
    return "/" + "".join(f"{part}/" for part in urlsplit(base_url).path.split("/") if part)


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
    """ValueError where a part of a path would leave its folder, be hidden, deceive readers, or be too
    long for a file system."""
    if not part.strip() or part != part.strip():
        raise ValueError(f"{part!r} is blank, or starts or ends with a space")
    if part.startswith("."):
        raise ValueError(f"{part!r} starts with a dot")
    if "/" in part or "\\" in part:
        raise ValueError(f"{part!r} has a slash in it")
    is_plain = part.isascii() and part.isprintable()  # as most are
    if not is_plain and any(
        unicodedata.category(char) in _REFUSED_CATEGORIES or char in _BIDI for char in part
    ):
        raise ValueError(f"{part!r} has an invisible control character in it")
    size = len(part.encode())
    if size > MAX_SEGMENT_BYTES:
        raise ValueError(
            f"{part[:40]!r}… is {size} bytes long; a file's name may have {MAX_SEGMENT_BYTES}"
        )
