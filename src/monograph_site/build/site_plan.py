"""A site that is planned and not yet rendered, and what a later build takes from its plan."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct, field, structs
from msgspec.structs import replace

from ..check.report import FindingReport
from ..config import Config
from ..model.attachment import Attachment
from ..model.finding import Finding
from ..model.monograph import Statement
from ..model.strings import digest
from ..model.words import words_in
from ..pages.page import Page
from ..site.addresses import ReservedAddresses
from ..site.entry import SHARED_FIELDS, Entry
from ..site.full_text import TextPage, text_pages
from ..site.site import Hidden, Related, Site, SiteInfo
from .cache import Cache, write_atomically
from .entries import Loader
from .publication import Order

if TYPE_CHECKING:
    from ..check.after_policy import ReadSource
    from ..check.inspect import FindingsAcrossFiles
    from .kept_pages import PageKeeper
    from .options import Inputs, Options
    from .state import BuildState

MEMORY, NEXT_MEMORY = "plan", "plan-next"
"""The files of the cache with the `PlanMemory` of the last build that published, and with that of
this one: what gathers findings writes it, which need not send it."""
_encode = msgspec.msgpack.Encoder(order="deterministic").encode
_visible_values = attrgetter(*SHARED_FIELDS, "description")


class KeptData(Struct, frozen=True):
    """The data of a page as an earlier build has kept it: what renders the page decodes it."""

    encoded: bytes
    """See `page_key.encode_data`."""
    site: SiteInfo
    """`site`, which all pages in one language share."""


class WrittenData(Struct, frozen=True):
    """The data of a page that this build has written to its cache, to have only that of a few pages
    in memory at a time."""

    digest: str
    cache: Cache
    site: SiteInfo

    @property
    def encoded(self) -> bytes:
        """See `KeptData`. Raises OSError where the cache was damaged meanwhile."""
        encoded = self.cache.get(self.digest)
        if encoded is None:
            raise OSError("the cache was damaged while the site was built; build again")
        return encoded


class PlannedPage(Struct, frozen=True):
    """A page and its key."""

    page: Page
    """Without data where that is `kept`."""
    key: str
    """The same key means the same bytes (see `page_key`)."""
    kept: KeptData | WrittenData | None = None

    @property
    def whole_page(self) -> Page:
        """The page with its data."""
        if self.kept is None:
            return self.page
        from ..pages.page_data import decode_data  # only what renders pages needs it

        page = self.page
        data = decode_data(page.template, self.kept.encoded)
        data["site"] = self.kept.site
        return Page(page.url, page.template, data, page.record)

    @property
    def path(self) -> str:
        """See `Page.path`."""
        return self.page.path

    @property
    def order(self) -> Order:
        """When it is published: the page of a content file before the pages that link to it."""
        if self.page.template in ("asset", "file"):
            return Order.ASSET
        return Order.PAGE if self.page.record else Order.INDEX


class SharedParts(Struct, frozen=True):
    """What the page of any content file may show of the site (see the fields of `Site`)."""

    config: Config
    info: SiteInfo
    disclaimers: Mapping[tuple[str, str], Statement]
    overdue: frozenset[str]
    hidden: Mapping[str, Hidden]
    import_dates: bool
    assets: tuple[tuple[str, str], ...]
    files: Mapping[str, Attachment]
    reserved: ReservedAddresses

    def site_of(self, related: Mapping[str, Related], own_words: Mapping[str, str]) -> Site:
        """The site as far as the pages of single files show it."""
        parts = structs.asdict(self)
        words = words_in(self.config.language, own_words)
        return Site(words=words, entries=(), cards={}, links={}, related=related, names={}, **parts)


class FoundAcross(Struct, frozen=True, array_like=True):
    """The findings on one file that follow from several files together, before the policy."""

    found: msgspec.Raw
    """Without their lines of source."""
    shown: msgspec.Raw
    """With them."""


class PlanMemory(Struct, frozen=True):
    """What a build of a published site needs to plan the pages of a few files alone."""

    key: str = ""
    """That of the build (see `BuildState.key`)."""
    theme: str = ""
    """See `Theme.digest`."""
    surroundings: str = ""
    """See `Inputs.surroundings`."""
    digests: dict[str, str] = field(default_factory=dict)
    """See `SitePlan.digests`."""
    records: dict[str, str] = field(default_factory=dict)
    """See `SitePlan.records`."""
    visible: dict[str, str] = field(default_factory=dict)
    """See `visible_digest`, by path of each content file with a page of its own."""
    placed: frozenset[str] = frozenset()
    """The paths of the files of which that is the digest with places: findings about several files
    may give them."""
    related: dict[str, msgspec.Raw] = field(default_factory=dict)
    """See `Site.related`."""
    across: dict[str, FoundAcross] = field(default_factory=dict)
    """By path."""
    read: frozenset[str] = frozenset()
    """See `FindingsAcrossFiles.read`."""
    texts: dict[str, TextPage] = field(default_factory=dict)
    """See `SitePlan.texts`."""
    shared: SharedParts | None = None

    def is_of(self, last: BuildState, inputs: Inputs) -> bool:
        """Whether it is of the last build, and nothing but files of the content has changed since
        then."""
        is_same_theme = self.theme == inputs.theme.digest
        return is_same_theme and self.surroundings == inputs.surroundings and self.key == last.key

    def of_build(self, key: str, inputs: Inputs) -> PlanMemory:
        """The same with what it says of the build: of one with this key."""
        return replace(self, key=key, theme=inputs.theme.digest, surroundings=inputs.surroundings)


class SitePlan(Struct, frozen=True):
    """A site that is planned and not yet rendered."""

    loader: Loader
    config: Config
    monographs: int
    """Number of content files that become a page."""
    pages: tuple[PlannedPage, ...]
    digests: dict[str, str]
    """What `scan.content_digests` will give if nothing changes."""
    content_key: str
    """See `Inputs.content_key`."""
    records: dict[str, str]
    """The digest of the record of each content file that has one, by path."""
    examined: Callable[[], tuple[FindingReport, bytes]]
    """Waits for the findings, which a process of its own may be gathering, and `PlanMemory` for the
    next build, encoded; b'' where that is in the file `NEXT_MEMORY` of the cache."""
    other_pages: Mapping[str, str] = field(default_factory=dict)
    """The keys of the pages that were not planned again, by path: they have not changed, and their
    files are intact."""
    own_pages: Mapping[str, tuple[str, str]] | None = None
    """Site path and title of the page of each content file, by path of the file; None where the
    site was not planned as a whole: all are as in the last build."""
    texts: Mapping[str, TextPage] = field(default_factory=dict)
    """The pages of the full-text index, by content path."""
    manual_url: str = ""
    """See `Summary.manual_url`."""
    templates: Mapping[str, str] = field(default_factory=dict)
    """See `template_digests`."""
    only_templates: bool = False
    """Whether nothing but templates has changed since the last build: pages have the same data."""
    keeper: PageKeeper | None = None
    """What has kept the pages, where the whole site was planned."""

    @property
    def report(self) -> FindingReport:
        """The findings. Waits for them."""
        return self.examined()[0]

    def may_publish(self, options: Options) -> bool:
        """Whether the site may be published: it has no errors, or they keep back their pages only.
        Waits for the findings."""
        # The process that gathers findings has a copy of the site: it ends before many pages are
        # rendered, also where their errors do not matter.
        return not self.report.has_errors or options.keep_going

    def save_memory(self, cache: Path) -> None:
        """Keep `PlanMemory` for the next build. Waits for it."""
        memory = self.examined()[1]
        if memory:
            write_atomically(cache / MEMORY, memory)
        else:
            with suppress(OSError):  # where it could not be written, there was a warning
                os.replace(cache / NEXT_MEMORY, cache / MEMORY)

    @property
    def sources(self) -> dict[str, str]:
        """Content paths by digest of the record."""
        return {record: path for path, record in self.records.items()}


def visible_digest(entry: Entry, *, with_places: bool) -> str:
    """A digest of all that other pages and the rules about several files can see of a content file;
    the places of its links, files and claims count only `with_places`."""
    facts = entry.facts
    if not with_places:
        facts = replace(
            facts,
            links=tuple(link._replace(line=0, column=0) for link in facts.links),
            claims=tuple(claim._replace(line=0, column=0, length=0) for claim in facts.claims),
            files=tuple(file._replace(line=0, column=0) for file in facts.files),
        )
    return digest(_encode((_visible_values(entry), facts)))


def encode_related(site: Site) -> dict[str, bytes]:
    """What the pages of each content file say of other pages, encoded."""
    return {path: _encode(related) for path, related in site.related.items()}


def shared_parts(site: Site) -> SharedParts:
    """What the page of any content file may show of a site."""
    return SharedParts(**{name: getattr(site, name) for name in SharedParts.__struct_fields__})


def with_known_lines(
    findings: Iterable[Finding],
    before: PlanMemory,
    digests: Mapping[str, str],
    read_source: ReadSource,
) -> dict[str, FoundAcross]:
    """Findings about several files by path, with their lines of source: a file with other findings,
    or with another digest than `before`, is read."""
    from ..check.after_policy import with_lines  # an edit of templates does without

    by_path: dict[str, list[Finding]] = {}
    for finding in findings:
        by_path.setdefault(finding.path, []).append(finding)
    result: dict[str, FoundAcross] = {}
    for path, group in by_path.items():
        found, known = _encode(group), before.across.get(path)
        is_same = known and bytes(known.found) == found and path in digests
        if known and is_same and before.digests.get(path) == digests[path]:
            result[path] = known
        else:
            shown = _encode(with_lines(group, read_source))
            result[path] = FoundAcross(msgspec.Raw(found), msgspec.Raw(shown))
    return result


def shown_findings(by_path: Mapping[str, FoundAcross]) -> Iterator[Finding]:
    """The findings of `with_known_lines`."""
    decode = msgspec.msgpack.Decoder(tuple[Finding, ...]).decode
    for found in by_path.values():
        yield from decode(found.shown)


def remember(
    before: PlanMemory,
    site: Site,
    digests: dict[str, str],
    records: dict[str, str],
    across: FindingsAcrossFiles,
    by_path: dict[str, FoundAcross],
    related: Mapping[str, bytes],
) -> PlanMemory:
    """What the next build takes from a plan, without what it says of the build; nothing of a site
    with several languages, in each of which other parts are shared. `before` is what was remembered
    of the same site with other files, if anything was; `by_path` are the findings `across` files."""
    if site.editions or site.translations or site.outdated:
        return PlanMemory()
    # These are where the findings are, and what contradictions name.
    placed = across.disputed.union(by_path)
    same = {
        path: known
        for path, known in before.visible.items()
        if before.digests[path] == digests.get(path) and (path in before.placed) == (path in placed)
    }
    visible = {
        entry.path: same.get(entry.path) or visible_digest(entry, with_places=entry.path in placed)
        for entry in site.entries
    }
    return PlanMemory(
        digests=digests,
        records=records,
        visible=visible,
        placed=placed,
        related={path: msgspec.Raw(encoded) for path, encoded in related.items()},
        across=by_path,
        read=across.read,
        texts=text_pages(site),
        shared=shared_parts(site),
    )
