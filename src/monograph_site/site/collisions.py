"""What several files cannot have at once: an address, an alias, a title."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from ..config.site_paths import is_folder_page
from ..model.finding import Finding
from ..model.source import Span
from ..model.strings import fold, slugify, squash
from .addresses import ReservedAddresses
from .audiences import view_urls
from .entry import Entry
from .findings import ADDRESS_MOVED, ALIAS_IN_USE, DUPLICATE_TITLE, UNSAFE_ALIAS, URL_COLLISION

MAX_PART_BYTES = 250
"""Bytes of one part of a site path; common file systems store names of up to 255."""
MAX_PATHS_LISTED = 5
_PUBLISHED_FILES = frozenset({"index.html", "index.json"})

Alias = tuple[str, str]
"""A site path that leads to a page, and the path of that page's content file."""


def safe_path(url: str) -> str:
    """The site path itself where it stays below the output folder and overwrites no published file;
    ValueError says what is wrong with it."""
    if not url.startswith("/") or "//" in url or "\\" in url:
        raise ValueError(f"{url!r} is not a site path; write it like '/drugs/name/'")
    is_plain = url.isascii() and url.isprintable() and "?" not in url and "#" not in url
    if not is_plain and any(
        ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or char in "?#\u2028\u2029" for char in url
    ):
        raise ValueError(f"{url!r} contains a control character, '?' or '#'")
    for part in url.strip("/").split("/"):
        if part.startswith(".") or part != part.strip() or fold(part) in _PUBLISHED_FILES:
            raise ValueError(f"the part {part!r} of {url!r} is not allowed in an address")
        if len(part.encode()) > MAX_PART_BYTES:
            raise ValueError(
                f"{url!r} has a part longer than {MAX_PART_BYTES} bytes, which many systems cannot "
                "store"
            )
    return url


class AddressClaim(NamedTuple):
    """A file that asks for an address: for its page, for a view of it, or as an alias."""

    entry: Entry
    url: str

    @property
    def path(self) -> str:
        """The path of the file."""
        return self.entry.path

    @property
    def role(self) -> str:
        """What the address is to the file that has no alias of it."""
        return "address" if self.url == self.entry.url else "address of a view"

    @property
    def span(self) -> Span:
        """Where the file states the address of its page."""
        return self.entry.at("address")


class Collisions(NamedTuple):
    """What several files ask for at once."""

    findings: list[Finding]
    colliding: frozenset[str]
    """Paths of the files that have one address: none of them becomes a page."""
    aliases: tuple[Alias, ...]
    """The aliases that lead to no other page."""


def resolve_aliases(
    entries: Iterable[Entry], resolve: Callable[[Entry, str], str]
) -> tuple[list[Alias], list[Finding]]:
    """The aliases of all entries as site paths, and a finding for each that cannot be one.

    `resolve` makes a site path of an entry's alias, and raises ValueError for an unsafe one.
    """
    aliases: dict[Alias, None] = {}
    findings: list[Finding] = []
    for entry in entries:
        for alias in entry.aliases:
            try:
                url = resolve(entry, alias.removesuffix("index.html") or "/")
            except ValueError as problem:
                message = (
                    f"The alias {alias!r} can't be an address: {problem}.\n"
                    "Write the old path, such as /old/."
                )
                findings.append(UNSAFE_ALIAS.at(entry.path, entry.at(f"alias:{alias}"), message))
                continue
            if _key(url) != _key(entry.url):
                aliases[url, entry.path] = None
    return list(aliases), findings


def move_from_reserved(
    entries: Iterable[Entry], reserved: ReservedAddresses
) -> tuple[list[Entry], list[Finding]]:
    """The entries, where one asks for an address of this tool's own pages (`/search/`) at another
    one that is free (`/search-page/`), and a finding for each of those."""
    entries = list(entries)
    page_kinds = {
        at: page_kind
        for at, entry in enumerate(entries)
        if (page_kind := _page_kind_at(reserved, entry.url))
    }
    taken = {_key(entry.url) for entry in entries} if page_kinds else set()
    findings = []
    for at, page_kind in page_kinds.items():
        entry = entries[at]
        free = (url for url in _beside(entry.url) if not _page_kind_at(reserved, url))
        url = next((url for url in free if _key(url) not in taken), "")
        if url:
            taken.add(_key(url))
            entries[at] = replace(entry, url=url)
            message = (
                f"The address {entry.url!r} is reserved for pages that this tool makes (page kind "
                f"{page_kind!r}); the page is at {url!r}.\n"
                "Give the file another slug or permalink, or leave it out with `exclude` in site.yaml."
            )
            findings.append(ADDRESS_MOVED.at(entry.path, entry.at("address"), message))
    return entries, findings


def _beside(url: str) -> Iterator[str]:
    """Addresses near another one: `/a/b-page/` and `/a-page/b/` for `/a/b/`."""
    parts = url.strip("/").split("/")
    for at in reversed(range(len(parts))):
        if parts[at]:
            yield f"/{'/'.join((*parts[:at], parts[at] + '-page', *parts[at + 1 :]))}/"


def find_url_collisions(
    entries: Sequence[Entry], aliases: Sequence[Alias], reserved: ReservedAddresses
) -> Collisions:
    """Files with one address, and aliases that lead to another page already. An address comes before
    an alias: only the alias is left out."""
    by_path = {entry.path: entry for entry in entries}
    addresses: dict[str, list[AddressClaim]] = {}
    for entry in entries:
        for url in (entry.url, *view_urls(entry)):
            addresses.setdefault(_key(url), []).append(AddressClaim(entry, url))
    former: dict[str, list[AddressClaim]] = {}
    for url, path in aliases:
        former.setdefault(_key(url), []).append(AddressClaim(by_path[path], url))
    findings: list[Finding] = []
    for claimants in addresses.values():
        for claim in claimants:
            if page_kind := _page_kind_at(reserved, claim.url):
                findings.append(_is_reserved(claim, page_kind))
        if len(claimants) > 1:
            findings += _collisions_among(claimants)
    colliding = frozenset(finding.path for finding in findings)
    left_out: set[Alias] = set()
    above = _parents((*addresses, *former)) if former else {}
    for key, claimants in former.items():
        for claim in claimants:
            user = _user_of_alias(claim, key, addresses, claimants, above, reserved)
            if user:
                message = f"The alias {claim.url!r} is also used by {user}.\nRemove the alias."
                span = _span_of_alias(claim.entry, claim.url)
                findings.append(ALIAS_IN_USE.at(claim.path, span, message))
                left_out.add((claim.url, claim.path))
    kept = tuple(alias for alias in aliases if alias not in left_out)
    return Collisions(findings, colliding, kept)


def _user_of_alias(
    claim: AddressClaim,
    key: str,
    addresses: Mapping[str, Sequence[AddressClaim]],
    claimants: Sequence[AddressClaim],
    above: Mapping[str, str],
    reserved: ReservedAddresses,
) -> str:
    """What else is at the address of an alias, in words; '' for nothing."""
    if page_kind := _page_kind_at(reserved, claim.url):
        return f"pages that this tool makes (page kind {page_kind!r})"
    others = [other.path for other in (*addresses.get(key, ()), *claimants) if other is not claim]
    if others:
        return _others(claim.path, others)
    if not claim.url.endswith("/") and key in above:
        return f"the folder of {above[key]!r}"
    return ""


def _parents(keys: Iterable[str]) -> dict[str, str]:
    """The folders of addresses, each with the first address in it."""
    parents: dict[str, str] = {}
    for key in keys:
        parent = key.rpartition("/")[0]
        while parent and parent not in parents:
            parents[parent] = key
            parent = parent.rpartition("/")[0]
    return parents


def find_duplicate_titles(entries: Iterable[Entry]) -> list[Finding]:
    """An error for each file but one with the same title, kind, namespace and language (plain pages and
    articles: and folder, where each guide may have an "Overview"): the one whose file name
    is that of the title, else the first, is taken for the original."""
    by_title: dict[tuple[str, str, str, str], list[Entry]] = {}
    for entry in entries:
        if entry.kind == "page" and is_folder_page(entry.path):
            continue  # the page of a folder often has the title of the main page in it
        key = squash(entry.title) or fold(entry.title)
        folder = entry.path.rpartition("/")[0] if entry.kind in ("page", "article") else ""
        by_title.setdefault((entry.kind, entry.scope, folder, key), []).append(entry)
    findings: list[Finding] = []
    for same in (group for group in by_title.values() if len(group) > 1):
        original = next((entry for entry in same if entry.slug == slugify(entry.title)), same[0])
        for entry in same:
            if entry is not original:
                message = (
                    f"The title {entry.title!r} is also used by {original.path!r}.\n"
                    "Merge the files or rename one."
                )
                findings.append(DUPLICATE_TITLE.at(entry.path, entry.at("title"), message))
    return findings


def _key(url: str) -> str:
    """What two site paths share where a file system or a host may take them for one."""
    return fold(url).rstrip("/")


def _collisions_among(claimants: Sequence[AddressClaim]) -> list[Finding]:
    paths = [claim.path for claim in claimants]
    return [
        URL_COLLISION.at(
            claim.path,
            claim.span,
            f"The {claim.role} {claim.url!r} is also used by {_others(claim.path, paths)}.\n"
            "Give one of them another slug, permalink or alias.",
        )
        for claim in claimants
    ]


def _page_kind_at(reserved: ReservedAddresses, url: str) -> str:
    """The page kind that keeps a file from having an address; '' for none.

    The `index.json` beside a page counts too, and so does a reserved file (`/404.html`) in whose
    place the address would need a folder.
    """
    known = reserved.kinds_of_pages
    page_kind = known.get(url)
    if page_kind is None:
        page_kind = known[url] = _find_page_kind(reserved, url)
    return page_kind


def _find_page_kind(reserved: ReservedAddresses, url: str) -> str:
    """What `_page_kind_at` gives."""
    key, kind_at = _key(url), reserved.page_kind_at
    page_kind = kind_at(url)
    if not page_kind and key != url.rstrip("/"):
        page_kind = kind_at(key)
    page_kind = page_kind or kind_at(f"{key}/index.json")
    if page_kind or "." not in key:
        return page_kind
    parts = key.split("/")[1:-1]
    files = (number for number, part in enumerate(parts, 1) if "." in part)
    return next(filter(None, (kind_at("/" + "/".join(parts[:number])) for number in files)), "")


def _is_reserved(claim: AddressClaim, page_kind: str) -> Finding:
    message = (
        f"The {claim.role} {claim.url!r} is reserved for pages that this tool makes "
        f"(page kind {page_kind!r}).\nGive the file another slug, permalink or alias."
    )
    return URL_COLLISION.at(claim.path, claim.span, message)


def _span_of_alias(entry: Entry, url: str) -> Span:
    matching = (
        alias for alias in entry.aliases if _key("/" + alias.strip().lstrip("/")) == _key(url)
    )
    return entry.at(f"alias:{next(matching, '')}")


def _others(path: str, paths: Iterable[str]) -> str:
    """The other paths as text; `this file itself` where it collides with itself."""
    others = [other for other in paths if other != path]
    if not others:
        return "this file itself"
    more = len(others) - MAX_PATHS_LISTED
    listed = ", ".join(map(repr, others[:MAX_PATHS_LISTED]))
    return f"{listed} and {more} more" if more > 0 else listed
