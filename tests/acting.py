"""Does a built site hold anything that could act in a browser: code, handlers, addresses, other
hosts' styles?"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from helpers import Site

ADDRESSES = frozenset(
    "href src action formaction xlink:href srcset poster data cite background ping manifest".split()
)
REFUSED = frozenset(
    "iframe object embed base applet frame frameset portal mglyph malignmark maction annotation-xml".split()
)


class _Acting(HTMLParser):
    """Collects what a page of ours never has: code, handlers, styles in attributes, addresses that
    act."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.json = ""
        self._in_json = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name.lower(): value or "" for name, value in attrs}
        whole = self.get_starttag_text() or tag
        if tag in REFUSED or any(
            name.startswith("on") or name in ("style", "srcdoc") for name in given
        ):
            self.found.append(whole)
        for name in ADDRESSES & given.keys():
            address = re.sub(r"[\x00-\x20\x7f]", "", given[name]).lower()
            if re.match(r"[a-z][a-z0-9+.-]*:", address) and not address.startswith(
                ("http:", "https:", "mailto:", "tel:")
            ):
                self.found.append(whole)
        if tag == "script":
            self._in_json = given.get("type") == "application/ld+json"
            own = re.fullmatch(r"/assets/[\w.-]+\.js", given.get("src", ""))
            if not (self._in_json and "src" not in given) and not own:
                self.found.append(whole)
        if tag == "style" or (
            tag == "link"
            and given.get("rel") == "stylesheet"
            and not given["href"].startswith("/assets/")
        ):
            self.found.append(whole)
        if (
            tag == "meta"
            and given.get("http-equiv", "").lower() == "refresh"
            and not re.match(r"0; ?url=/(?!/)", given["content"])
        ):
            self.found.append(whole)
        if tag == "form" and given.get("action") != "/search/":
            self.found.append(whole)

    def handle_endtag(self, tag: str) -> None:
        self._in_json = self._in_json and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._in_json:
            self.json += data


def acting_tags(html: str) -> list[str]:
    """The tags of a fragment that could act in a browser."""
    reader = _Acting()
    reader.feed(html)
    reader.close()
    return reader.found


def acting_html(site: Site) -> list[str]:
    """`page: tag` of everything in the built pages that could act in a browser, and data that is
    not what it says."""
    found = []
    for path in sorted(site.output.rglob("*.html")):
        reader = _Acting()
        reader.feed(path.read_text(encoding="utf-8"))
        reader.close()
        found += [f"{path.relative_to(site.output)}: {tag}" for tag in reader.found]
        if reader.json:
            json.loads(reader.json)
    for path in site.output.rglob("*.json"):
        record = json.loads(path.read_bytes())
        for html in _html(record):
            reader = _Acting()
            reader.feed(html)
            reader.close()
            found += [f"{path.relative_to(site.output)}: {tag}" for tag in reader.found]
    return found


def _html(value: Any) -> Iterator[str]:
    """The HTML in an index.json."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key.endswith("html") and isinstance(inner, str):
                yield inner
            else:
                yield from _html(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _html(inner)
