"""From loaded files to a site: an entry for each file, and what only all files together show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from operator import itemgetter

from ..config import Config
from ..markdown.parser import short
from ..model.finding import ordered
from ..model.monograph import Statement
from ..model.strings import fold, squash
from .collisions import aliases, checked, duplicate_titles, url_collisions
from .menu import letter_of, site_info
from .relations import Relations, relate
from .reviews import is_overdue, one_import
from .site import MEDICINES, UNRELATED, Card, Entry, Link, NameLine, Related, Site

_STATES = ("banned", "withdrawn", "suspended", "discontinued", "unapproved", "investigational")


_ALERTS = ("banned", "recall", "boxed", "shortage", "fault")


def site(
    entries: Iterable[Entry], config: Config, as_of: str, assets: Mapping[str, str] | None = None
) -> Site:
    """Everything page kinds may use. `as_of` is today's ISO date; `assets` are theme files with
    their site paths."""
    sound = [one for one in sorted(entries, key=lambda one: one.path) if not one.blocks_page]
    alias_urls, found = aliases(sound, lambda one, alias: _alias_url(config, one, alias))
    collisions = url_collisions(sound, alias_urls)
    out = {one.path for one in collisions}
    published = [one for one in sound if one.path not in out and _may_be_shown(one, config)]
    related = relate(published)
    months = config.review.months
    overdue = frozenset(one.path for one in published if is_overdue(one.review, months, as_of))
    import_dates = one_import([one.dates.imported for one in published if one.dates.imported])
    found += collisions + duplicate_titles(sound) + related.findings
    cards = {one.path: card(one) for one in published}
    links = {one.path: _link(one) for one in published}
    made = Site(
        config=config,
        entries=tuple(published),
        cards=cards,
        links=links,
        related=_related(published, related, links),
        names=_names(published, links),
        disclaimers=_disclaimers(published, config),
        overdue=overdue,
        aliases=tuple((url, path) for url, path in alias_urls if path in cards),
        import_dates=import_dates,
        unapproved=len(sound) - len(out) - len(published),
        assets=tuple(sorted((assets or {}).items())),
        findings=ordered(found),
    )
    return replace(made, info=site_info(made))


def _may_be_shown(one: Entry, config: Config) -> bool:
    return one.kind == "page" or one.review.status == "approved" or not config.review.approved_only


def _alias_url(config: Config, one: Entry, alias: str) -> str:
    """An alias as a site path: a page (`/old/`) or a file (`/old.html`)."""
    path = "/" + alias.strip().lstrip("/")
    return checked(path if path.endswith((".html", ".htm", "/")) else path + "/")


def card(one: Entry) -> Card:
    """The full card of an entry."""
    badges = _badges(one)
    if one.kind != "page" and one.review.status != "approved":
        badges = (*badges, "retired" if one.review.status == "retired" else "not reviewed")
    return Card(one.path, one.kind, one.title, one.url, one.description, one.lang, badges)


def _link(one: Entry) -> Card:
    """A short card, without what pages that only link to the monograph do not print."""
    return Card(one.path, one.kind, one.title, one.url, "", one.lang, _badges(one))


def _badges(one: Entry) -> tuple[str, ...]:
    state = one.status.state if one.status.state in _STATES else ""
    levels = (
        tuple(level for level in _ALERTS if level in one.alerts and level != state)
        if one.alerts
        else ()
    )
    return (state, *levels) if state else levels


def _related(
    published: Iterable[Entry], found: Relations, links: Mapping[str, Card]
) -> dict[str, Related]:
    made: dict[str, Related] = {}
    for one in published:
        path = one.path
        contents = found.ingredients.get(path, ())
        combinations, brands = found.combinations.get(path, ()), found.brands.get(path, ())
        generic = found.generic.get(path)
        if contents or combinations or brands or generic:
            made[path] = Related(
                tuple(
                    Link(name, links[target].url if target else None) for name, target in contents
                ),
                _by_title(links[other] for other in combinations),
                _by_title(links[other] for other in brands),
                links[generic] if generic else None,
            )
        else:
            made[path] = UNRELATED
    return made


def _by_title(cards: Iterable[Card]) -> tuple[Card, ...]:
    found = tuple(cards)
    return (
        found
        if len(found) < 2
        else tuple(sorted(found, key=lambda card: (fold(card.title), card.path)))
    )


def _names(
    published: Iterable[Entry], links: Mapping[str, Card]
) -> dict[str, tuple[NameLine, ...]]:
    """The A to Z: each medicine under its title and under its other names."""
    lines: dict[str, list[tuple[str, str, NameLine]]] = {}
    for one in published:
        if one.kind in MEDICINES and not one.not_a_monograph:
            link = links[one.path]
            for name in _distinct(one):
                line = NameLine(name, link, name is not one.title)
                lines.setdefault(letter_of(name), []).append((fold(name), one.path, line))
    ordered_lines = {
        letter: sorted(some, key=itemgetter(0, 1)) for letter, some in sorted(lines.items())
    }
    return {letter: tuple(line for _, _, line in some) for letter, some in ordered_lines.items()}


def _distinct(one: Entry) -> Iterable[str]:
    """The title and the other names that are not the title in another spelling, each once."""
    if not one.names:
        return (one.title,)
    names = [
        one.title,
        *(name.text for name in one.names if name.role != "misspelling" and name.text.strip()),
    ]
    known: dict[str, str] = {}
    for name in names:
        known.setdefault(squash(name) or name, name)
    return known.values()


def _disclaimers(published: Iterable[Entry], config: Config) -> dict[tuple[str, str], Statement]:
    """What site policy says to each kind and audience of the site; to plain pages, only what is
    meant for them."""
    pages_too = any(one.kind == "page" for one in config.disclaimers)
    asked = sorted(
        {(one.kind, one.audience) for one in published if one.kind != "page" or pages_too}
    )
    texts = {pair: config.disclaimer_for(*pair) for pair in asked}
    return {pair: _statement(text) for pair, text in texts.items() if text.strip()}


def _statement(text: str) -> Statement:
    html, plain = short(text)
    return Statement(html.strip(), plain, "site")
