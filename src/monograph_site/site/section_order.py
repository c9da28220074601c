"""The order of the sections on the page of a medicine: safety first.

The record keeps the order of the source; only the page and its table of contents change it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from msgspec.structs import replace

from ..model.monograph import Monograph, Section
from ..model.strings import words
from .serious_first import is_serious, order_serious_first, with_serious_first

CLINICAL_ORDER = (
    "uses warnings contraindications dose renal hepatic how_to_take side_effects interactions food "
    "alcohol pregnancy breastfeeding fertility children older_people driving monitoring overdose "
    "stopping if_untreated storage alternatives combinations prices how_it_works pharmacology "
    "ask_your_doctor summary names faqs references"
).split()
"""The keys of sections in the order of the page.

It is that of the package leaflet in the EMA's QRD template (what it is for; warnings and whom it is
not for; how to take it; side effects; storage) and of the NHS medicines pages (side effects before
pregnancy, common questions last). Interactions and pregnancy come after side effects, as in the
NHS's order; what the medicine is made of and how it works come after what a reader must act on."""

_RANKS = {key: rank for rank, key in enumerate(CLINICAL_ORDER)}
_MISSED = ("missed", "miss a", "forget", "forgot", "olvid")
_KINDS = ("drug", "combination", "brand")


def in_clinical_order(monograph: Monograph) -> tuple[Section, ...]:
    """The sections in the order of the page, and in those on side effects the serious ones
    first."""
    return tuple(map(_with_ordered_text, clinical_order(monograph)))


def is_in_head(section: Section, monograph: Monograph) -> bool:
    """Whether the head of the page shows a section, so that its body need not: the question of an
    article, and a section of names that only repeats the title of a medicine."""
    if monograph.kind == "article":
        return section.id == "article-question" and _is_one_paragraph(section)
    if section.key != "names" or section.subject or monograph.kind not in _KINDS:
        return False
    if not _is_one_paragraph(section) or any(faq.section == section.id for faq in monograph.faqs):
        return False
    names = words(section.text)
    return bool(names) and set(names) <= {*words(monograph.title), "and"}


def _is_one_paragraph(section: Section) -> bool:
    """Whether it is no more than a paragraph without markup."""
    return section.html.count("<") <= 2


def clinical_order(monograph: Monograph) -> tuple[Section, ...]:
    """The sections of a medicine in the order of the page; those of an article or a plain page as
    they are.

    Sections of a page on several drugs stay among those of their drug. A section without a place of
    its own follows the section that it followed in the source.
    """
    if monograph.kind not in _KINDS:
        return monograph.sections
    if len({section.subject for section in monograph.sections}) == 1:  # as on most pages
        return tuple(_order(monograph.sections))
    by_subject = groupby(monograph.sections, key=lambda section: section.subject)
    return tuple(section for _, group in by_subject for section in _order(list(group)))


def _order(sections: Sequence[Section]) -> Iterable[Section]:
    """The sections of one subject in order."""
    start = next((n for n, section in enumerate(sections) if _starts_clinical(section)), None)
    if start is None:
        return sections
    groups: list[list[Section]] = []
    for section in sections[start:]:
        if section.key in _RANKS or not groups:
            groups.append([section])
        else:
            groups[-1].append(section)
    groups.sort(key=lambda group: _rank(group[0]))
    groups = order_serious_first(groups, _severity)
    return (*sections[:start], *(section for group in groups for section in group))


def _starts_clinical(section: Section) -> bool:
    """Whether a section has a place in the order. A summary at the start stays there."""
    return section.key in _RANKS and section.key != "summary"


def _rank(section: Section) -> tuple[int, bool]:
    is_missed = section.key == "how_to_take" and _is_on_missed_doses(section.heading.casefold())
    return _RANKS.get(section.key, len(_RANKS)), is_missed


def _is_on_missed_doses(heading: str) -> bool:
    return any(word in heading for word in _MISSED)


def _severity(group: Sequence[Section]) -> bool | None:
    return is_serious(group[0].heading) if group[0].key == "side_effects" else None


def _with_ordered_text(section: Section) -> Section:
    if section.key != "side_effects":
        return section
    html = with_serious_first(section.html)
    return section if html == section.html else replace(section, html=html)
