"""Names a file states as names: of its front matter, its headings, and its sections of names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..markdown.blocks import Block
from ..model.monograph import Ingredient, Name
from ..model.strings import collapse, squash
from .draft import Draft
from .sections import normalise

_ROUTE = re.compile(
    r"(?<!\s)\s*[(\[]((?:oral|topical|intravenous|iv|im|sc|intramuscular|subcutaneous|ophthalmic|nasal"
    r"|inhalation|inhaled|rectal|vaginal|transdermal|otic|injection|injectable|tablet|cream|gel"
    r"|ointment|systemic|route)[^)\]]{0,200})[)\]]\s*$",
    re.IGNORECASE,
)
"""The route or form of administration in brackets at the end of a title."""
_NOT_A_NAME = re.compile(
    r"^(?:\W|there|this|not|no|none|n/?a|see|various|it|the|as|multiple|several)\b"
    r"|^\(|[.!?]\s+\S|:",
    re.IGNORECASE,
)


_BRAND_HEADINGS = (
    "brand name",
    "trade name",
    "brands",
    "nombre comercial",
    "nombres comerciales",
    "marcas",
)


def is_name(text: str) -> bool:
    """Whether a text can be a medicine's name, rather than a sentence about names."""
    text = text.strip()
    return (
        bool(text) and len(text) <= 80 and len(text.split()) <= 10 and not _NOT_A_NAME.search(text)
    )


def names_of(draft: Draft) -> tuple[Name, ...]:
    """Every name that the file states as one, each once, without its title."""
    names: list[Name] = list(draft.fields.names)
    names += [Name(text, "alternate") for text, _ in draft.outline.titles if len(text) <= 100]
    route = _ROUTE.search(draft.title)
    if route:
        names.append(Name(draft.title[: route.start()].strip(), "generic"))
    for part in draft.content:
        if part.key == "names" and part.subject is None:
            names += _stated_names(part.blocks, normalise(part.heading))
    unique: dict[str, Name] = {}
    for name in names:
        unique.setdefault(squash(name.text), name)
    return tuple(name for key, name in unique.items() if key and key != squash(draft.title))


def ingredients_of(draft: Draft) -> tuple[Ingredient, ...]:
    """What a combination contains: as front matter says, else as its title says (`A + B`)."""
    if draft.fields.ingredients:
        return draft.fields.ingredients
    if draft.kind != "combination" and not (draft.kind == "brand" and " + " in draft.title):
        return ()
    return tuple(
        Ingredient(collapse(name))
        for name in re.split(r"(?<!\s)\s+\+\s+", draft.title)
        if name.strip()
    )


def _stated_names(blocks: Iterable[Block], heading: str) -> list[Name]:
    """The names that a section of names states; `heading` is normalised and says which they are."""
    texts: list[str] = []
    for block in blocks:
        texts += [item.text for item in block.children] if block.kind == "list" else [block.text]
    if heading.startswith(_BRAND_HEADINGS):
        brands = [brand for text in texts for brand in re.split(r"[,;\n]", text)]
        return [
            Name(collapse(brand).rstrip("."), "brand")
            for brand in brands
            if is_name(brand) and len(brand.split()) <= 5
        ]
    if (
        heading.startswith(("generic name", "nombre genérico"))
        and texts
        and is_name(texts[0])
        and len(texts[0]) <= 60
    ):
        return [Name(collapse(texts[0]).rstrip("."), "generic")]
    return []
