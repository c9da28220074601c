"""Changes of what a record states in fields: names, status, review, sources, typed tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from ..model.monograph import Alert, Monograph, Reference, Statement
from ..model.strings import fold
from ..model.tables import Dose, Interaction, Price, SideEffect
from .change import KINDS, Change
from .classify import changed
from .statements import Statement as TextStatement
from .statements import plain_text

Row = TypeVar("Row")


def field_changes(before: Monograph, after: Monograph) -> Iterator[Change]:
    """The changes of every field of a record but its sections and questions."""
    yield from _simple_fields(before, after)
    yield from _alerts(before.alerts, after.alerts)
    yield from _status(before, after)
    yield from _ingredients(before, after)
    yield from _review(before, after)
    yield from _tables(before, after)
    yield from _references(before.references, after.references)
    for name, old, new in (
        ("Disclaimer", before.disclaimer, after.disclaimer),
        ("Note", before.note, after.note),
    ):
        yield from _statement(name, old, new)
    yield from _extra(before, after)


def _simple_fields(before: Monograph, after: Monograph) -> Iterator[Change]:
    for kind, label, value in (
        ("identity", "Title", lambda record: record.title),
        ("identity", "Kind", lambda record: record.kind),
        ("identity", "Pronunciation", lambda record: record.pronunciation),
        ("identity", "Classes", lambda record: ", ".join(record.classes)),
        ("identity", "ATC codes", lambda record: ", ".join(record.atc)),
        ("identity", "Conditions", lambda record: ", ".join(record.conditions)),
        ("identity", "Audience", lambda record: record.audience),
        ("identity", "Audience of sections", _section_audiences),
        ("identity", "Language", lambda record: record.lang),
        ("identity", "Translation of", lambda record: record.translation_of),
        ("detail", "Address", lambda record: record.permalink or record.slug),
        ("detail", "Former addresses", lambda record: ", ".join(record.aliases)),
        ("review", "Draft", lambda record: "draft" if record.draft else "published"),
        ("review", "Authors", lambda record: ", ".join(record.authors)),
        ("review", "Published from", lambda record: record.dates.publish_from),
        ("review", "Published until", lambda record: record.dates.publish_until),
        ("detail", "Created", lambda record: record.dates.created),
        ("detail", "Last changed", lambda record: record.dates.changed),
    ):
        yield from _value(kind, label, value(before), value(after))
    yield from _listed("identity", "Names", _names(before), _names(after), lambda name: fold(name))
    if before.description != after.description:
        if before.description and after.description:
            yield changed(
                TextStatement(before.description, "summary", "Description"),
                TextStatement(after.description, "summary", "Description"),
            )
        else:
            yield from _value("statement", "Description", before.description, after.description)


def _section_audiences(record: Monograph) -> str:
    marked = (section for section in record.sections if section.audience)
    return ", ".join(f"{section.heading}: {section.audience}" for section in marked)


def _names(record: Monograph) -> list[str]:
    return [f"{name.text} ({name.role})" for name in record.names]


def _value(kind: str, label: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        action = "changed" if before and after else "added" if after else "removed"
        detail = f"{before or 'none'} → {after or 'none'}"
        yield Change(KINDS[kind], action, label, before, after, (detail,))


def _listed(
    kind: str,
    label: str,
    before: Sequence[str],
    after: Sequence[str],
    key: Callable[[str], str] = lambda text: text,
) -> Iterator[Change]:
    old, new = ({key(item): item for item in items} for items in (before, after))
    for name in old.keys() - new.keys() if old != new else ():
        yield Change(KINDS[kind], "removed", label, before=old[name])
    for name, item in new.items():
        if name not in old:
            yield Change(KINDS[kind], "added", label, after=item)


def _alerts(before: Iterable[Alert], after: Iterable[Alert]) -> Iterator[Change]:
    old = [(alert.heading, plain_text(alert.html)) for alert in before]
    new = [(alert.heading, plain_text(alert.html)) for alert in after]
    gone = [alert for alert in old if alert not in new]
    come = [alert for alert in new if alert not in old]
    for heading, text in list(gone):
        same = next((alert for alert in come if alert[0] == heading), None)
        if same:
            gone.remove((heading, text))
            come.remove(same)
            yield Change(KINDS["alert"], "changed", heading, text, same[1])
    for heading, text in gone:
        yield Change(KINDS["safety-removed"], "removed", heading, text, also=("alert",))
    for heading, text in come:
        yield Change(KINDS["alert"], "added", heading, after=text)


def _status(before: Monograph, after: Monograph) -> Iterator[Change]:
    old, new = before.status, after.status
    for label, name in (
        ("Status", "state"),
        ("Reason", "reason"),
        ("Country", "jurisdiction"),
        ("Legal reference", "reference"),
        ("Supply", "supply"),
        ("Schedule", "schedule"),
    ):
        yield from _value("status", label, getattr(old, name), getattr(new, name))


def _ingredients(before: Monograph, after: Monograph) -> Iterator[Change]:
    old, new = (
        {fold(item.name): item for item in record.ingredients} for record in (before, after)
    )
    for key in (*old, *(key for key in new if key not in old)):
        first, second = old.get(key), new.get(key)
        text = [f"{item.name} {item.strength}".strip() if item else "" for item in (first, second)]
        yield from _value("ingredient", "Active ingredient", *text)
    for label, name in (
        ("Strength", "strength"),
        ("Form", "form"),
        ("Pack", "pack_size"),
        ("Company", "company"),
        ("Generic", "generic_slug"),
        ("Combination", "combination_slug"),
    ):
        yield from _value(
            "ingredient", label, getattr(before.product, name), getattr(after.product, name)
        )
    yield from _listed("ingredient", "Routes", before.product.routes, after.product.routes, fold)
    yield from _value("detail", "Price", before.product.price, after.product.price)


def _review(before: Monograph, after: Monograph) -> Iterator[Change]:
    for label, value in (
        ("Review status", lambda record: record.review.status.replace("_", " ")),
        ("Reviewed by", lambda record: ", ".join(record.review.by)),
        ("Reviewed on", lambda record: record.review.on),
        ("Next review", lambda record: record.review.next_due),
        ("Origin", lambda record: record.provenance.origin.replace("_", " ")),
        ("Tool", lambda record: record.provenance.tool),
        ("Statement of origin", lambda record: record.provenance.statement),
    ):
        yield from _value("review", label, value(before), value(after))


def _statement(name: str, old: Statement | None, new: Statement | None) -> Iterator[Change]:
    if old and new and old.origin == new.origin == "text" and old.text != new.text:
        pair = (TextStatement(item.text, "disclaimer", name) for item in (old, new))
        yield changed(*pair)
    elif old and old.origin == "text" and not (new and new.origin == "text"):
        yield Change(KINDS["safety-removed"], "removed", name, before=old.text, also=("statement",))
    elif new and new.origin == "text" and not (old and old.origin == "text"):
        yield Change(KINDS["statement"], "added", name, after=new.text)


def _references(before: Iterable[Reference], after: Iterable[Reference]) -> Iterator[Change]:
    yield from _listed("source", "References", _sources(before), _sources(after))


def _sources(references: Iterable[Reference]) -> list[str]:
    return [
        plain_text(item.html)
        if item.html
        else " · ".join(
            filter(
                None,
                (item.title, item.organisation, item.published, item.accessed, item.url,
                 item.evidence and f"evidence level {item.evidence}"),
            )
        )
        for item in references
    ]  # fmt: skip


def _extra(before: Monograph, after: Monograph) -> Iterator[Change]:
    old, new = dict(before.extra), dict(after.extra)
    for label in (*old, *(label for label in new if label not in old)):
        yield from _value("detail", label, old.get(label, ""), new.get(label, ""))


# typed tables


def _tables(before: Monograph, after: Monograph) -> Iterator[Change]:
    old, new = before.tables, after.tables
    if old == new:
        return
    yield from _rows("dose", "Doses", old.doses, new.doses, _dose_key, _dose_text)
    yield from _rows(
        "frequency", "Side effects", old.side_effects, new.side_effects,
        lambda row: fold(row.effect), _effect_text,
        is_safety=lambda row: row.is_serious, kind_of=_effect_kind,
    )  # fmt: skip
    yield from _rows(
        "interaction", "Interactions", old.interactions, new.interactions,
        lambda row: fold(row.substance), _interaction_text, is_safety=lambda row: True,
    )  # fmt: skip
    yield from _listed("detail", "Prices", _prices(old.prices), _prices(new.prices))


def _prices(rows: Iterable[Price]) -> list[str]:
    return [f"{row.region} {row.text} {row.pack}".strip() for row in rows]


def _rows(
    kind: str,
    label: str,
    before: Iterable[Row],
    after: Iterable[Row],
    key: Callable[[Row], Any],
    text: Callable[[Row], str],
    is_safety: Callable[[Row], bool] = lambda row: False,
    kind_of: Callable[[Row, Row], str] | None = None,
) -> Iterator[Change]:
    old, new = ({key(row): row for row in rows} for rows in (before, after))
    for name, row in old.items():
        other = new.get(name)
        if other is None:
            lost = is_safety(row)
            yield Change(
                KINDS["safety-removed" if lost else kind], "removed", label, before=text(row),
                also=(kind,) if lost else (),
            )  # fmt: skip
        elif text(row) != text(other):
            name = kind_of(row, other) if kind_of else kind
            yield Change(KINDS[name], "changed", label, text(row), text(other))
    for name, row in new.items():
        if name not in old:
            yield Change(KINDS[kind], "added", label, after=text(row))


def _dose_key(row: Dose) -> tuple[str, str, str]:
    return fold(row.indication), fold(row.population), fold(row.route)


def _dose_text(row: Dose) -> str:
    maximum = row.maximum.text and f"at most {row.maximum.text}"
    return ", ".join(
        filter(
            None,
            (row.indication, row.population, row.route, row.dose.text, row.frequency, maximum,
             row.duration, row.note),
        )
    )  # fmt: skip


def _effect_text(row: SideEffect) -> str:
    serious = "serious" if row.is_serious else ""
    return ", ".join(
        filter(None, (row.effect, row.frequency.text, serious, row.seriousness, row.note))
    )


def _effect_kind(old: SideEffect, new: SideEffect) -> str:
    same = (old.is_serious, old.seriousness) == (new.is_serious, new.seriousness)
    return "frequency" if same else "seriousness"


def _interaction_text(row: Interaction) -> str:
    return ", ".join(
        filter(None, (row.substance, row.severity, row.effect, row.management, row.note))
    )
