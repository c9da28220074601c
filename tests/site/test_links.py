"""Every internal link, image and script of the own site leads somewhere, at the root of a host and
below a folder."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from helpers import ROOT, Site


class _Addresses(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids |= {given["id"]} if given.get("id") else set()
        self.links += [given[name] for name in ("href", "src", "action") if given.get(name)]


def dangling(site: Site, base: str) -> list[str]:
    """Links that lead nowhere: `page -> address`."""
    pages = {}
    for url in site.pages():
        pages[url] = _Addresses()
        pages[url].feed(site.html(url))
    broken = []
    for url, page in pages.items():
        for link in page.links:
            target = urlsplit(urljoin(f"https://own.example{base}{url[1:]}", link))
            if target.netloc != "own.example":
                continue
            path = unquote(target.path)
            inside = "/" + path.removeprefix(base)
            exists = path.startswith(base) and site.file(inside).is_file()
            if not exists or (
                target.fragment and unquote(target.fragment) not in pages[inside].ids
            ):
                broken.append(f"{url} -> {link}")
    return broken


def test_at_the_root(own_site: Site) -> None:
    assert dangling(own_site, "/") == []


@pytest.mark.parametrize("base", ["/medicines/"])
def test_below_a_folder(tmp_path_factory: pytest.TempPathFactory, base: str) -> None:
    site = Site(tmp_path_factory.mktemp("below"))
    folders = ("--content", str(ROOT / "content"), "--templates", str(ROOT / "templates"))
    site.build(*folders, "--base-url", f"https://own.example{base}")
    assert dangling(site, base) == []
