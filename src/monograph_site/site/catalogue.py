"""Entries → `Site`: what all files together show (cards, relations, the A to Z, collisions)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from pathlib import PurePosixPath

from msgspec.structs import replace

from ..config import SETTINGS_FILE, Config
from ..markdown.parser import short
from ..model.attachment import Attachment
from ..model.finding import ordered
from ..model.monograph import Statement
from ..model.source import Source
from ..model.strings import sort_key, squash
from ..model.tables import Tables
from ..model.words import Words, language_name, mark, words_in
from .addresses import NOTHING_RESERVED, ReservedAddresses
from .collisions import find_duplicate_titles, move_from_reserved
from .data_rows import find_rows, with_interactions
from .entry import Entry
from .folders import sort_folder_pages
from .internal_links import resolve_text
from .menu import letter_of, site_info
from .page_addresses import find_addresses
from .related import with_related_pages
from .relations import Relations, find_relations
from .reviews import is_one_import, is_overdue
from .site import (
    MEDICINES,
    UNRELATED,
    Card,
    Hidden,
    Labelled,
    LanguageHome,
    Link,
    NameLine,
    Related,
    Site,
)
from .translations import find_translations

NO_SETTINGS = Source(SETTINGS_FILE, "")
_STATES = ("banned", "withdrawn", "suspended", "discontinued", "unapproved", "investigational")
"""Regulatory states that become a badge."""
_ALERTS = ("banned", "recall", "boxed", "shortage", "fault")
"""Levels of alerts that become a badge, the most important first."""


def site(
    entries: Iterable[Entry],
    config: Config,
    as_of: str,
    assets: Mapping[str, str] | None = None,
    reserved: ReservedAddresses = NOTHING_RESERVED,
    files: Mapping[str, Attachment] | None = None,
    *,
    with_hidden: bool = False,
    settings: Source = NO_SETTINGS,
    own_words: Mapping[str, str] | None = None,
) -> Site:
    """The site that these entries make.

    `as_of` is the ISO date that counts as today; `assets` are the site paths of the theme's files,
    by name; `reserved` are those that page kinds keep for their pages; `files` are the pictures and
    files that the entries refer to, by reference. `with_hidden`: also the pages that are not for
    readers yet, as in a preview. `settings` is the text of site.yaml, for places in it; `own_words`
    are the theme's own catalogues of words.
    """
    entries = tuple(entries)
    adding = [entry for entry in entries if entry.rows]
    if adding:
        entries = tuple(entry for entry in entries if not entry.rows)
    hidden = {entry.path: reason for entry in entries if (reason := _why_hidden(entry, as_of))}
    if not with_hidden:
        entries = tuple(entry for entry in entries if entry.path not in hidden)
    valid, intros = sort_folder_pages(
        sorted((entry for entry in entries if not entry.blocks_page), key=lambda e: e.path),
        reserved,
        config,
    )
    valid, moved = move_from_reserved(valid, reserved)
    places = find_addresses(valid, intros, config, reserved, settings)
    published = places.published
    linking = (*published, *intros.values())
    unbuilt = frozenset(
        entry.path for entry in entries if entry.blocks_page or entry.path in places.colliding
    )
    rows, row_findings = find_rows(adding, published) if adding else ({}, [])
    relations = find_relations(with_interactions(published, rows), frozenset(map(_stem, unbuilt)))
    translations = find_translations(linking, config)
    findings = [
        *places.findings,
        *find_duplicate_titles(published),
        *relations.findings,
        *row_findings,
        *moved,
        *translations.findings,
    ]
    cards = {entry.path: card(entry) for entry in published}
    links = {entry.path: _short_card(entry) for entry in published}
    months, words = config.review.months, words_in(config.language, own_words)
    result = Site(
        config=config,
        words=words,
        entries=tuple(published),
        cards=cards,
        links=links,
        related={
            **_related(published, relations, links, places.targets, config, rows),
            **{
                intro.path: Related(addresses=places.targets[intro.path])
                for intro in intros.values()
                if intro.path in places.targets
            },
        },
        names=_names(published, links, config.language),
        disclaimers=_disclaimers(published, config, words),
        overdue=frozenset(e.path for e in published if is_overdue(e.review, months, as_of)),
        aliases=places.aliases,
        redirects=places.redirects,
        menu=places.menu,
        intros=intros,
        unbuilt=unbuilt,
        hidden=hidden,
        import_dates=is_one_import([e.dates.imported for e in published if e.dates.imported]),
        translations=translations.by_path,
        outdated=translations.outdated,
        unapproved=len(valid) - len(places.colliding) - len(published),
        assets=tuple(sorted((assets or {}).items())),
        files=files or {},
        reserved=reserved,
        findings=ordered(findings),
    )
    if not config.languages:
        result = with_related_pages(result)
        return result.with_parts(info=site_info(result))
    return with_editions(result, places.menus, own_words)


def with_editions(
    site: Site, menus: Mapping[str, tuple[Labelled, ...]], own_words: Mapping[str, str] | None
) -> Site:
    """A site of several languages with the site in each of them that has pages; `menus` are those
    that site.yaml names."""
    config = site.config
    present = {entry.edition for entry in (*site.entries, *site.intros.values())}
    homes = {"": (config, "/")} | {
        language: (config.in_language(language), f"/{language}/")
        for language in config.languages
        if language in present
    }
    languages = tuple(
        LanguageHome(settings.language, language_name(settings.language), home)
        for settings, home in homes.values()
    )
    site = replace(site, languages=languages if len(languages) > 1 else ())
    editions = {
        edition: _edition(
            site,
            edition,
            settings,
            home,
            menus.get(edition, site.menu),
            words_in(settings.language, own_words),
        )
        for edition, (settings, home) in homes.items()
    }
    related = {
        entry.path: edition.related[entry.path]
        for edition in editions.values()
        for entry in edition.entries
    }
    return replace(
        site, editions=editions, info=editions[""].info, related={**site.related, **related}
    )


def _edition(
    site: Site,
    edition: str,
    config: Config,
    home: str,
    menu: tuple[Labelled, ...],
    words: Words,
) -> Site:
    """The site in one of its languages."""
    entries = tuple(entry for entry in site.entries if entry.edition == edition)
    cards, links = (
        {entry.path: _seen_from(edition, site.config, cards[entry.path]) for entry in entries}
        for cards in (site.cards, site.links)
    )
    result = replace(
        site,
        config=config,
        words=words,
        home=home,
        menu=menu,
        entries=entries,
        cards=cards,
        links=links,
        names=_names(entries, links, config.language),
        disclaimers=_disclaimers(entries, config, words),
        intros={url: entry for url, entry in site.intros.items() if entry.edition == edition},
    )
    result = with_related_pages(result)
    return result.with_parts(info=site_info(result))


def _seen_from(edition: str, config: Config, card: Card) -> Card:
    """A card as pages in one language of the site show it: with its language where that is another
    one."""
    language = card.lang or config.language
    is_same = language == (edition or config.language)
    lang = "" if is_same else language
    return card if card.lang == lang else replace(card, lang=lang)


def _stem(path: str) -> str:
    return PurePosixPath(path).stem.casefold()


def _why_hidden(entry: Entry, as_of: str) -> Hidden | None:
    """Why a page is not for readers on a day; None where it is."""
    dates = entry.dates
    if entry.draft:
        return Hidden(mark("a draft"))
    if dates.publish_from[:10] > as_of[:10]:
        return Hidden(mark("not to be published before {date}"), dates.publish_from[:10])
    if dates.publish_until and dates.publish_until[:10] <= as_of[:10]:
        return Hidden(mark("expired on {date}"), dates.publish_until[:10])
    return None


def card(entry: Entry) -> Card:
    """The full card of an entry, with its description and all badges."""
    badges, status = _badges(entry), entry.review.status
    if status not in ("approved", "stated") and entry.kind != "page":
        badges = (*badges, "retired" if status == "retired" else "not reviewed")
    return Card(
        entry.path, entry.kind, entry.heading, entry.url, entry.description, entry.lang, badges
    )


def _short_card(entry: Entry) -> Card:
    """A card without what pages that only link to the monograph do not print."""
    return Card(entry.path, entry.kind, entry.heading, entry.url, "", entry.lang, _badges(entry))


def _badges(entry: Entry) -> tuple[str, ...]:
    state = entry.status.state if entry.status.state in _STATES else ""
    levels = (
        tuple(level for level in _ALERTS if level in entry.alerts and level != state)
        if entry.alerts
        else ()
    )
    return (state, *levels) if state else levels


def _related(
    published: Iterable[Entry],
    relations: Relations,
    links: Mapping[str, Card],
    addresses: Mapping[str, tuple[tuple[str, str], ...]],
    config: Config,
    rows: Mapping[str, Tables],
) -> dict[str, Related]:
    by_path: dict[str, Related] = {}
    links_in = (
        {
            edition: {path: _seen_from(edition, config, card) for path, card in links.items()}
            for edition in {entry.edition for entry in published}
        }
        if config.languages
        else {"": links}
    )
    for entry in published:
        links = links_in.get(entry.edition, links)
        language = entry.edition or config.language
        path = entry.path
        ingredients = relations.ingredients.get(path, ())
        combinations = relations.combinations.get(path, ())
        brands, generic = relations.brands.get(path, ()), relations.generic.get(path)
        interactions = relations.interactions.get(path, ())
        resolved = addresses.get(path, ())
        if ingredients or combinations or brands or generic or interactions or resolved:
            by_path[path] = Related(
                tuple(
                    Link(name, links[target].url if target else None)
                    for name, target in ingredients
                ),
                _by_title((links[combination] for combination in combinations), language),
                _by_title((links[brand] for brand in brands), language),
                links[generic] if generic else None,
                tuple(Link(name, links[target].url) for name, target in interactions),
                resolved,
            )
        else:
            by_path[path] = UNRELATED
    for path, tables in rows.items():
        by_path[path] = replace(by_path[path], rows=tables)
    return by_path


def _by_title(cards: Iterable[Card], language: str) -> tuple[Card, ...]:
    unsorted = tuple(cards)
    if len(unsorted) < 2:
        return unsorted
    return tuple(sorted(unsorted, key=lambda item: (sort_key(item.title, language), item.path)))


def _names(
    published: Iterable[Entry], links: Mapping[str, Card], language: str
) -> dict[str, tuple[NameLine, ...]]:
    """The A to Z: each medicine under its title and under its other names; the same names by path,
    as the entries come."""
    lines: dict[str, list[tuple[str, NameLine]]] = {}
    for entry in published:
        if entry.kind in MEDICINES and not entry.not_a_monograph:
            link = links[entry.path]
            for name in _distinct_names(entry):
                line = NameLine(name, link, name is not entry.title)
                lines.setdefault(letter_of(name), []).append((sort_key(name, language), line))
    return {
        letter: tuple(line for _, line in sorted(keyed, key=itemgetter(0)))
        for letter, keyed in sorted(lines.items())
    }


def _distinct_names(entry: Entry) -> Iterable[str]:
    """The title, then the other names that are not another spelling of a name before them."""
    if not entry.names:
        return (entry.title,)
    names = [
        entry.title,
        *(name.text for name in entry.names if name.role != "misspelling" and name.text.strip()),
    ]
    by_key: dict[str, str] = {}
    for name in names:
        by_key.setdefault(squash(name) or name, name)
    return by_key.values()


def _disclaimers(
    published: Sequence[Entry], config: Config, words: Words
) -> dict[tuple[str, str], Statement]:
    """The site's disclaimer for each kind and audience it publishes; for plain pages, only one that
    is meant for them."""
    pages_too = any(disclaimer.kind == "page" for disclaimer in config.disclaimers)
    pairs = sorted(
        {(entry.kind, entry.audience) for entry in published if entry.kind != "page" or pages_too}
    )
    texts = {pair: words(config.disclaimer_for(*pair)) for pair in pairs}
    return {
        pair: _statement(text, published, config) for pair, text in texts.items() if text.strip()
    }


def _statement(text: str, entries: Iterable[Entry], config: Config) -> Statement:
    """A text of site.yaml; its links lead to pages by their file or name."""
    html, plain = short(text)
    return Statement(resolve_text(html.strip(), entries, config), plain, "site")
