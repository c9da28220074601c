"""Page kinds, one file each: a function from a `Site` to its `Page`s, with the site paths it keeps
for them.

A page kind never reads a file, a clock or a full record. Everything its template shows must be in
`Page.data`: the digest of that decides whether the page is rendered again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct
from msgspec.structs import replace

from ..config import Config
from ..model.errors import MonographError
from ..model.registry import Registry, discover
from ..site.addresses import ReservedAddresses
from ..site.entry import Entry
from ..site.site import Site
from .page import Page, PageGroup

PlanPages = Callable[[Site], Iterator[Page | PageGroup]]
"""The pages of one kind, in a fixed order."""
PlanGroup = Callable[[PageGroup], Iterable[Page]]
"""The pages of a group; none where they are known to be as they were."""


class PageKind(Struct, frozen=True):
    """A page kind: what plans its pages, and the site paths it keeps for them."""

    plan_pages: PlanPages
    addresses: str | None
    """See `page_kind`."""
    in_each_language: bool = False
    """See `page_kind`."""

    def __call__(self, site: Site, plan_group: PlanGroup | None = None) -> Iterator[Page]:
        editions = site.editions.values() if self.in_each_language else ()
        for edition in editions or (site,):
            for item in self.plan_pages(edition):
                if isinstance(item, Page):
                    yield item
                else:
                    yield from plan_group(item) if plan_group else item.plan()


class WrongAddress(MonographError):
    """A page kind has a page at a site path that is not reserved for it."""


PAGE_KINDS: Registry[PageKind] = Registry("page kind")
ENTRY_PAGES = "monograph"
"""The page kind that makes the pages of single entries."""


def page_kind(
    name: str, addresses: str | None, *, in_each_language: bool = False
) -> Callable[[PlanPages], PlanPages]:
    """A decorator that registers a function as the page kind of this name.

    `addresses` is a regular expression that matches the whole site path of each of its pages,
    without the last slash and `index.html`. No content file may have such a path. It has no
    capturing groups. None is for the pages at paths that content files ask for: their own, and
    their aliases. `in_each_language`: where the site has several languages, the function gets the
    site of each, and its paths are reserved below that of the language.
    """

    def register(plan_pages: PlanPages) -> PlanPages:
        PAGE_KINDS.add(name, PageKind(plan_pages, addresses, in_each_language))
        return plan_pages

    return register


def page_kinds() -> tuple[PageKind, ...]:
    """All page kinds, in the order of their names."""
    discover(__name__)
    return PAGE_KINDS.values()


def reserved_addresses(config: Config | None = None) -> ReservedAddresses:
    """The site paths that the page kinds keep for their pages, on a site with these settings."""
    discover(__name__)
    patterns = ((name, kind.addresses) for name, kind in PAGE_KINDS.items())
    languages = (
        tuple(code for code in config.languages if config.edition_of(code)) if config else ()
    )
    kept = tuple((name, text) for name, text in patterns if text is not None)
    return ReservedAddresses(kept, languages)


def plan_pages(
    site: Site,
    own_pages_of: tuple[Entry, ...] | None = None,
    plan_group: PlanGroup | None = None,
) -> Iterator[Page]:
    """Every page of the site, kind by kind in the order of their names. `own_pages_of`: of the pages
    of single entries only those of these. `plan_group` plans the groups of pages, if not all.

    Raises `WrongAddress` for a page kind with a page outside its own addresses.
    """
    discover(__name__)
    for name in PAGE_KINDS:
        if own_pages_of is not None and name == ENTRY_PAGES:
            yield from plan_kind(replace(site, entries=own_pages_of), name)
        else:
            yield from plan_kind(site, name, plan_group)


def plan_kind(site: Site, name: str, plan_group: PlanGroup | None = None) -> Iterator[Page]:
    """The pages of one kind, each at a site path that is reserved for it, where the kind has such
    paths. Raises `WrongAddress`."""
    kind = PAGE_KINDS[name]
    if kind.addresses is None:
        yield from kind(site)
        return
    for page in kind(site, plan_group):
        owner = site.reserved.page_kind_at(page.url)
        if owner != name:
            reason = f"is reserved for the page kind {owner!r}" if owner else "is not among them"
            raise WrongAddress(
                f"the page kind {name!r} has a page at {page.url!r}, which {reason}; "
                f"correct the addresses it is registered with ({kind.addresses!r})"
            )
        yield page


def plan_entry(site: Site, entry: Entry) -> Iterator[Page]:
    """The pages of one entry, as `plan_pages` gives them, without planning the others.

    Their page kind looks at one entry at a time and takes all else from the site's mappings, so the
    site with no other entries gives the same pages.
    """
    discover(__name__)
    yield from PAGE_KINDS[ENTRY_PAGES](replace(site, entries=(entry,)))


def kinds_at(site: Site, url: str) -> tuple[str, ...]:
    """The page kinds that may have a page at an artifact's site path, without the kind that makes
    the pages of entries."""
    discover(__name__)
    owner = site.reserved.page_kind_at(url)
    if owner:
        return (owner,)
    at_content_addresses = (name for name, kind in PAGE_KINDS.items() if kind.addresses is None)
    return tuple(name for name in at_content_addresses if name != ENTRY_PAGES)
