"""Which of the valid files are published, at which addresses, and what leads to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple
from urllib.parse import urljoin

from ..config import Config
from ..model.finding import Finding
from ..model.source import Source
from .addresses import ReservedAddresses
from .audiences import view_urls
from .collisions import find_url_collisions, resolve_aliases
from .entry import Entry
from .internal_links import resolve_links
from .settings_addresses import SettingsAddresses, former_path
from .site import Labelled


class PageAddresses(NamedTuple):
    """The pages that are published, and what leads to them."""

    published: list[Entry]
    colliding: Collection[str]
    """Content paths of files whose address belongs to another."""
    aliases: tuple[tuple[str, str], ...]
    """See `Site.aliases`."""
    redirects: tuple[Labelled, ...]
    menu: tuple[Labelled, ...]
    menus: Mapping[str, tuple[Labelled, ...]]
    """By language."""
    targets: Mapping[str, tuple[tuple[str, str], ...]]
    """By content path: see `Related.addresses`."""
    findings: list[Finding]


def find_addresses(
    valid: list[Entry],
    intros: Mapping[str, Entry],
    config: Config,
    reserved: ReservedAddresses,
    settings: Source,
) -> PageAddresses:
    """The addresses of the pages that may be published, of their aliases, and of what site.yaml and
    the links of the texts lead to."""
    wanted_aliases, findings = resolve_aliases(
        valid, lambda entry, alias: _alias_url(config, entry, alias)
    )
    collisions, colliding, alias_urls = find_url_collisions(valid, wanted_aliases, reserved)
    published = [
        entry for entry in valid if entry.path not in colliding and _may_publish(entry, config)
    ]
    aliases = tuple((url, path) for url, path in alias_urls if path not in colliding)
    linking = (*published, *intros.values())
    former = [
        *(url for entry in published for url in view_urls(entry)),
        *(url for url, _ in aliases),
    ]
    urls = [*(entry.url for entry in linking), *former]
    stated = SettingsAddresses(config, urls, reserved, settings)
    redirects, menu, menus = stated.redirects(), stated.menu(config.menu), stated.menus()
    taken = (*former, *(redirect.label for redirect in redirects))
    targets = resolve_links(linking, config, taken=taken, reserved=reserved)
    paths = {entry.path for entry in published}
    return PageAddresses(
        published,
        colliding,
        tuple((url, path) for url, path in aliases if path in paths),
        redirects,
        menu,
        menus,
        targets,
        [*findings, *stated.findings, *collisions],
    )


def _may_publish(entry: Entry, config: Config) -> bool:
    approved = entry.kind == "page" or entry.review.status == "approved"
    return approved or not config.review.approved_only


def _alias_url(config: Config, entry: Entry, alias: str) -> str:
    """An alias as a site path: a page (`/old/`) or a file (`/old.html`), or one beside the page
    (`../old`). ValueError where it cannot be one."""
    depth = entry.url.count("/") - 2
    is_relative = alias.startswith("../") and alias.count("../") <= depth
    return former_path(urljoin(entry.url.rstrip("/"), alias) if is_relative else alias)
