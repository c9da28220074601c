"""Two files that want one thing: an address, an alias, a title."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from ..model.finding import Finding
from ..model.source import Span
from ..model.strings import fold, squash
from .addresses import GENERATED
from .findings import DUPLICATE_TITLE, UNSAFE_ALIAS, URL_COLLISION
from .site import Entry

_FILES = frozenset({"index.html", "index.json"})

Alias = tuple[str, str]
"""A site path that leads to a page, and the path of that page's content file."""


def checked(url: str) -> str:
    """A site path that stays below the output folder and steps on no file of ours; ValueError says
    what is wrong."""
    if not url.startswith("/") or "//" in url or "\\" in url:
        raise ValueError(f"{url!r} is no site path: write it like '/drugs/name/'")
    if any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 or char in "?#\u2028\u2029" for char in url):
        raise ValueError(f"{url!r} contains a control character, '?' or '#'")
    for part in url.strip("/").split("/"):
        if part.startswith(".") or part != part.strip() or fold(part) in _FILES:
            raise ValueError(
                f"{url!r} has the part {part!r}, which would leave or overwrite what is published"
            )
        if len(part.encode()) > 250:
            raise ValueError(
                f"{url!r} has a part of more than 250 bytes, which many systems cannot store"
            )
    return url


class AddressClaim(NamedTuple):
    """A file that wants an address."""

    path: str
    url: str
    what: str
    """`address` or `alias`."""
    span: Span


def aliases(
    entries: Iterable[Entry], resolve: Callable[[Entry, str], str]
) -> tuple[list[Alias], list[Finding]]:
    """The aliases of all entries as site paths (`resolve` makes them and may raise ValueError), and
    the unsafe ones."""
    good: dict[Alias, None] = {}
    bad: list[Finding] = []
    for entry in entries:
        for alias in entry.aliases:
            try:
                url = resolve(entry, alias)
            except ValueError as problem:
                message = f"The alias {alias!r} can't be an address: {problem}.\nWrite the old path, such as /old/."
                bad.append(UNSAFE_ALIAS.at(entry.path, entry.at(f"alias:{alias}"), message))
                continue
            if _key(url) != _key(entry.url):
                good[url, entry.path] = None
    return list(good), bad


def url_collisions(entries: Sequence[Entry], also: Sequence[Alias]) -> list[Finding]:
    """An error at each file whose address or alias another file, or a page this tool makes, has
    too."""
    claims: dict[str, list[AddressClaim]] = {}
    places = {entry.path: entry for entry in entries}
    for entry in entries:
        claims.setdefault(_key(entry.url), []).append(
            AddressClaim(entry.path, entry.url, "address", entry.at("address"))
        )
    for url, path in also:
        claims.setdefault(_key(url), []).append(
            AddressClaim(path, url, "alias", _place_of_alias(places[path], url))
        )
    found: list[Finding] = []
    for key, claimed in claims.items():
        if GENERATED.fullmatch(key or "/"):
            found += map(_reserved, claimed)
        if len(claimed) > 1:
            found += _between(claimed)
    return found + _through_files(claims, also)


def duplicate_titles(entries: Iterable[Entry]) -> list[Finding]:
    """An error at each file whose title another file of the same kind and namespace has too."""
    by_title: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in entries:
        key = squash(entry.title) or fold(entry.title)
        by_title.setdefault((entry.kind, entry.namespace, key), []).append(entry)
    found: list[Finding] = []
    for same in (group for group in by_title.values() if len(group) > 1):
        paths = [entry.path for entry in same]
        for entry in same:
            message = (
                f"The title {entry.title!r} is also that of {_others(entry.path, paths)}.\n"
                "Merge the files or rename one."
            )
            found.append(DUPLICATE_TITLE.at(entry.path, entry.at("title"), message))
    return found


def _key(url: str) -> str:
    return fold(url).rstrip("/")


def _between(claimed: Sequence[AddressClaim]) -> list[Finding]:
    paths = [claim.path for claim in claimed]
    return [
        URL_COLLISION.at(
            claim.path,
            claim.span,
            f"The {claim.what} {claim.url!r} is also wanted by {_others(claim.path, paths)}.\n"
            "Give one of them another slug, permalink or alias.",
        )
        for claim in claimed
    ]


def _reserved(claim: AddressClaim) -> Finding:
    message = f"The {claim.what} {claim.url!r} belongs to a page that every site has.\n"
    return URL_COLLISION.at(
        claim.path, claim.span, message + "Give the file another slug or permalink."
    )


def _place_of_alias(entry: Entry, url: str) -> Span:
    stated = (
        alias for alias in entry.aliases if _key("/" + alias.strip().lstrip("/")) == _key(url)
    )
    return entry.at(f"alias:{next(stated, '')}")


def _through_files(claims: dict[str, list[AddressClaim]], also: Sequence[Alias]) -> list[Finding]:
    """Aliases that name a file (`/old.html`) below which another page would have to stand."""
    files = {_key(url): path for url, path in also if not url.endswith("/")}
    found: list[Finding] = []
    for key, claimed in claims.items() if files else ():
        above = key
        while above:
            above = above.rpartition("/")[0]
            if above in files:
                found += _between([AddressClaim(files[above], above, "alias", Span()), *claimed])
    return found


def _others(path: str, paths: Iterable[str]) -> str:
    others = [other for other in paths if other != path]
    return (
        ", ".join(map(repr, others[:5]))
        + (f" and {len(others) - 5} more" if len(others) > 5 else "")
        or "itself"
    )
