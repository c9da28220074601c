"""The addresses that site.yaml names: redirects from former addresses, and the items of the menu."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import cached_property
from urllib.parse import unquote

from ..config import SETTINGS_FILE, Config
from ..model.finding import Finding
from ..model.source import Source, Span
from ..model.strings import fold
from .addresses import ReservedAddresses
from .collisions import safe_path
from .findings import BROKEN_MENU_ITEM, WRONG_REDIRECT
from .site import Labelled

_FILES = (".html", ".htm", ".xml", ".json", ".pdf", ".txt")
"""Ends of former addresses that are files and not folders."""


class SettingsAddresses:
    """Checks what site.yaml names against the addresses of a site."""

    def __init__(
        self, config: Config, urls: Collection[str], reserved: ReservedAddresses, settings: Source
    ) -> None:
        """`urls` are the site paths of all pages and aliases; `settings` is the text of
        site.yaml."""
        self._config, self._reserved, self._settings = config, reserved, settings
        self._urls = urls
        redirects = config.redirects.items()
        self._targets = {_key(f"/{old.lstrip('/')}"): new for old, new in redirects}
        self.findings: list[Finding] = []

    @cached_property
    def _keys(self) -> frozenset[str]:
        """What the paths of pages and aliases are compared by. A site.yaml may name no address."""
        return frozenset(map(_key, self._urls))

    def redirects(self) -> tuple[Labelled, ...]:
        """The redirects that lead somewhere from an address that is free, each former site path
        with its target."""
        kept: dict[str, Labelled] = {}
        for written, stated in self._config.redirects.items():
            target = self._last_target(stated)
            try:
                url = former_path(written)
            except ValueError as problem:
                self._report_redirect(written, f"can't be from {written!r}: {problem}")
                continue
            if _key(url) in self._keys or self._reserved.page_kind_at(url):
                self._report_redirect(written, f"is from {url!r}, which is a page")
            elif not self._exists(target):
                self._report_redirect(written, f"points to {target!r}, which no page has")
            else:
                kept.setdefault(_key(url), Labelled(url, target))
        return tuple(sorted(kept.values(), key=lambda redirect: redirect.label))

    def _last_target(self, target: str) -> str:
        """Where a redirect leads in the end: its target may be a former address itself."""
        passed: set[str] = set()
        while (key := _key(target)) in self._targets and key not in passed:
            if key in self._keys:
                break
            passed.add(key)
            target = self._targets[key]
        return target

    def menus(self) -> dict[str, tuple[Labelled, ...]]:
        """The menu of each further language."""
        stated = self._config.languages
        return {language: self.menu(settings.menu) for language, settings in stated.items()}

    def menu(self, stated: Mapping[str, str]) -> tuple[Labelled, ...]:
        """The items of a menu that lead somewhere."""
        items = []
        for label, target in stated.items():
            if self._exists(target):
                items.append(Labelled(label, target))
            else:
                message = f"The menu item {label!r} points to {target!r}, which no page has."
                span = self._settings.find(target)
                hint = "Correct the address, or remove the item."
                self.findings.append(BROKEN_MENU_ITEM.at(SETTINGS_FILE, span, f"{message}\n{hint}"))
        return tuple(items)

    def _exists(self, target: str) -> bool:
        if not target.startswith("/"):
            return True
        path = unquote(target.partition("#")[0].partition("?")[0])
        return _key(path) in self._keys or self._reserved.page_kind_at(path) not in ("", "assets")

    def _report_redirect(self, written: str, what: str) -> None:
        key = re.compile(rf"[\"']?/*{re.escape(written)}/*[\"']?\s*:\s")
        match = key.search(self._settings.text)
        span = self._settings.span(match.start()) if match else Span()
        hint = "Correct the address, or remove the redirect."
        self.findings.append(
            WRONG_REDIRECT.at(SETTINGS_FILE, span, f"The redirect {what}.\n{hint}")
        )


def former_path(written: str) -> str:
    """A former address as a site path: a page (`/old/`) or a file (`/old.html`). ValueError where it
    cannot be one."""
    path = "/" + written.strip().lstrip("/")
    return safe_path(path if path.endswith(("/", *_FILES)) else f"{path}/")


def _key(url: str) -> str:
    return fold(url).rstrip("/")
