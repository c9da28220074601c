"""Pages whose address has changed since the last build: they are named, and become redirects of
site.yaml on request.

A redirect has to be in the repository, where it holds on every machine and after the cache is gone: what
the cache remembers is no part of a site.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from ..config import SETTINGS_FILE, read_settings
from ..model.files import write_bytes
from ..model.source import Source
from ..regex import regex
from .cache import read_decoded, write_atomically
from .site_plan import SitePlan

_KEY = regex(r"^redirects:[ \t]*(?:#.*)?\n", re.MULTILINE)
_ITEM = regex(r"(?:[ \t]*(?:#.*)?\n)*([ ]+)\S")
"""The first line with an item of a mapping, and its indentation."""
_PLAIN = regex(r"/[A-Za-z0-9/._-]*")
"""An address that YAML reads as a text without quotes."""


class PageAddress(Struct, frozen=True):
    """Where a content file had its page."""

    url: str
    """Site path."""
    title: str
    digest: str
    """Of the file; '' for an entry of a data file."""


class Addresses(Struct, frozen=True):
    """The addresses of a site as the last build knew them."""

    content: str = ""
    """The content folder, as an absolute path."""
    pages: dict[str, PageAddress] = field(default_factory=dict)
    """By path of the content file."""
    former: dict[str, str] = field(default_factory=dict)
    """Site paths that led to a page and lead nowhere now, each with the content file that has the
    page."""

    @property
    def moved(self) -> dict[str, str]:
        """The former site path of each page that has another one now, with the present one."""
        return {url: self.pages[path].url for url, path in sorted(self.former.items())}


def follow_addresses(plan: SitePlan, content: Path, cache: Path) -> dict[str, str]:
    """What `Addresses.moved` is after a build that published this plan; remembered for later ones."""
    last = load_addresses(content, cache)
    if plan.own_pages is None:
        return last.moved
    pages = {
        path: PageAddress(url, title, plan.digests.get(path, ""))
        for path, (url, title) in plan.own_pages.items()
    }
    former = {url: path for url, path in last.former.items() if path in pages}
    new_paths = {path: page for path, page in pages.items() if path not in last.pages}
    for path, page in last.pages.items():
        if path in pages and pages[path].url == page.url:
            continue
        now = path if path in pages else _renamed(page, new_paths)
        if now:
            former[page.url] = now
            former |= {url: now for url, old_path in last.former.items() if old_path == path}
    if former:
        served = _served(plan)
        former = {url: path for url, path in former.items() if url not in served}
    addresses = Addresses(str(content.resolve()), pages, former)
    if addresses != last:
        write_atomically(cache / "addresses", msgspec.msgpack.encode(addresses))
    return addresses.moved


def _served(plan: SitePlan) -> set[str]:
    """The site paths at which a site has a page or a redirect."""
    served = {planned.page.url.removesuffix("index.html") for planned in plan.pages}
    served |= {f"/{path.removesuffix('index.html')}" for path in plan.other_pages}
    return served | {f"/{old}/" for old in plan.config.redirects}


def load_addresses(content: Path, cache: Path) -> Addresses:
    """What the last build of a content folder remembered; nothing where there was none."""
    addresses = read_decoded(cache / "addresses", Addresses, Addresses())
    return addresses if addresses.content == str(content.resolve()) else Addresses()


def _renamed(page: PageAddress, new_paths: Mapping[str, PageAddress]) -> str:
    """The new file with the page of a file that is gone: the one with the same bytes or, failing
    that, the only one with the same title; '' for none."""
    for path, other in new_paths.items():
        if page.digest and other.digest == page.digest:
            return path
    same_title = [path for path, other in new_paths.items() if other.title == page.title]
    return same_title[0] if len(same_title) == 1 else ""


def redirect_lines(moved: Mapping[str, str], indent: str = "  ") -> str:
    """Redirects as lines of site.yaml."""
    return "".join(f"{indent}{_scalar(old)}: {_scalar(new)}\n" for old, new in moved.items())


def _scalar(address: str) -> str:
    return address if _PLAIN.fullmatch(address) else json.dumps(address, ensure_ascii=False)


def add_redirects(content: Path, moved: Mapping[str, str]) -> bool:
    """Add redirects to `redirects` in site.yaml, and leave everything else in it as it is. Whether
    that was possible: it is not where `redirects` is written on one line. Raises OSError."""
    from ..config import load_config  # only for this option

    settings = read_settings(content)
    text = settings.source.text
    key = _KEY.search(text)
    if key:
        item = _ITEM.match(text, key.end())
        lines = redirect_lines(moved, item[1] if item else "  ")
        text = text[: key.end()] + lines + text[key.end() :]
    else:
        separator = "" if not text or text.endswith("\n") else "\n"
        text = f"{text}{separator}\nredirects:\n{redirect_lines(moved)}".lstrip("\n")
    before = load_config(settings)[0].redirects
    changed = replace(settings, source=Source(SETTINGS_FILE, text))
    wanted = {old.strip("/"): new for old, new in moved.items()} | before
    if settings.problem or load_config(changed)[0].redirects != wanted:
        return False
    file = content / SETTINGS_FILE
    is_windows = file.exists() and b"\r\n" in file.read_bytes()
    write_bytes(file, (text.replace("\n", "\r\n") if is_windows else text).encode())
    return True
