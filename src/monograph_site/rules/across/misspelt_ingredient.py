"""misspelt-ingredient (W711)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ...model.finding import Problem
from ...model.source import Span
from ...model.strings import squash
from ...site.entry import Entry
from ...site.look_alikes import look_alikes
from ...site.relations import without_brackets
from .. import SiteContext, site_rule
from .._names import MAX_EDITS, is_typing_error

MIN_LETTERS = 8
"""Letters of a name of which two may be wrong; of a shorter name, one."""
MIN_WORD = 4
"""Letters of the last word of a name: `Vitamin E` and `Vitamin A` are no spellings of one name."""
MIN_SHORT = 6
"""Letters of the shortest name that is compared."""


@site_rule("W711", "misspelt-ingredient")
def misspelt_ingredient(context: SiteContext) -> Iterator[tuple[str, Problem]]:
    """An ingredient of a combination or brand has no page, but its name is nearly that of a page.

    A name counts as misspelt if only a vowel is wrong, two letters are swapped or one is doubled, or
    if the text of the page spells it as that page does. Names for which mix-ups have been reported
    are not compared. For other ingredients without a page see `unlinked-ingredient`.

    Why it matters: the link to the ingredient's page is missing, and the combination is not found
    under its name.

    Wrong: `Paracetomol + Caffeine`, where the site has a page on paracetamol.

    Right: `Paracetamol + Caffeine`

    How to fix: correct the name, or add this spelling to the `names` of that page.
    """
    titles = {
        squash(without_brackets(entry.title)): entry.title
        for entry in reversed(context.site.entries)
        if entry.kind == "drug" and not entry.edition and not entry.not_a_monograph
    }
    names_near = _names_near(titles)
    stated = {squash(name.text) for entry in context.site.entries for name in entry.names}
    nearest: dict[str, str] = {}
    for entry in context.site.texts:
        if entry.kind not in ("combination", "brand") or entry.edition:
            continue
        for link in context.site.related[entry.path].ingredients:
            is_known = link.url or squash(link.title) in stated
            if is_known or len(link.title.split()[-1]) < MIN_WORD:
                continue
            if link.title not in nearest:
                nearest[link.title] = titles.get(_nearest(squash(link.title), names_near), "")
            near = nearest[link.title]
            if near and (
                is_typing_error(squash(link.title), squash(without_brackets(near)))
                or _text_has_only(context, entry, near, link.title)
            ):
                message = f"There is no page on {link.title!r}."
                text = f"{message}\nDid you mean {near!r}?"
                yield entry.path, Problem(_place(entry, link.title), text, len(link.title))


def _names_near(titles: Iterable[str]) -> Callable[[str, int], list[str]]:
    """A function that gives the titles of one word that a name may mean, in order: those with its
    first letter, and with up to so many letters more or less."""
    by_letter: dict[str, list[str]] = {}
    for title in titles:
        if title.isalpha():
            by_letter.setdefault(title[0], []).append(title)

    def near(name: str, edits: int) -> list[str]:
        same_letter = by_letter.get(name[0], ())
        return [title for title in same_letter if abs(len(title) - len(name)) <= edits]

    return near


def _nearest(name: str, names_near: Callable[[str, int], list[str]]) -> str:
    """The title that a name probably means, both squashed; '' for none, and for several. `names_near`
    gives titles (see `_names_near`)."""
    from rapidfuzz import process  # slow to import, and rules on one file do not need it
    from rapidfuzz.distance import OSA

    edits = MAX_EDITS if len(name) >= MIN_LETTERS else 1
    if len(name) < MIN_SHORT or not name.isalpha():
        return ""
    near = [
        title
        for title, _, _ in process.extract(
            name, names_near(name, edits), scorer=OSA.distance, score_cutoff=edits, limit=3
        )
        if title not in look_alikes().get(name, ())
    ]
    return near[0] if len(near) == 1 else ""


def _text_has_only(context: SiteContext, entry: Entry, name: str, other: str) -> bool:
    """Whether the text of a page has the first name, and not the other one."""
    record = context.load_record(entry.path)
    texts = [section.text for section in record.sections]
    texts += [faq.question + " " + faq.answer_text for faq in record.faqs]
    text = " ".join(texts).lower()
    return name.lower() in text and other.lower() not in text


def _place(entry: Entry, name: str) -> Span:
    """The place of an ingredient in the title, else that of the title."""
    title = entry.at("title")
    offset = entry.title.find(name)
    return Span(title.line, title.column + offset) if offset > 0 else title
