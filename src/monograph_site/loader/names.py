"""Names a file states as names: of its front matter, its headings, and its sections of names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..markdown.blocks import Block
from ..model.monograph import Ingredient, Name
from ..model.strings import collapse, squash
from ..regex import regex
from .draft import Draft
from .sections import normalise

_ROUTE = regex(
    r"(?<!\s)\s*[(\[]((?:oral|topical|intravenous|iv|im|sc|intramuscular|subcutaneous|ophthalmic|nasal"
    r"|inhalation|inhaled|rectal|vaginal|transdermal|otic|injection|injectable|tablet|cream|gel"
    r"|ointment|systemic|route)[^)\]]{0,200})[)\]]\s*$",
    re.IGNORECASE,
)
"""The route or form of administration in brackets at the end of a title."""
_NOT_A_NAME = regex(
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
_BRAND_LABEL = regex(
    r"\W{0,9}(?:(?:US|U\.S\.|UK|Canadian|Australian|Indian|International|Common|Popular|Other) )?"
    r"(?:(?:brand|trade) names?|nombres? comercial(?:es)?)(?: \([^()]{1,60}\))? ?(?::\s*+|$)",
    re.IGNORECASE,
)
"""The label in front of brand names; it is never a name itself."""
_SENTENCE_END = regex(r"\.(?: ?$| {1,3}(?=[A-Z(]))")
_LIST_PIECE = regex(r"\([^()]{0,300}+\)|[,;\n]|[^(),;\n]++|[()]")
"""A remark in brackets, what separates two names, or a name."""
_OTHER_PRODUCT = regex(r"\bwith\b|\bcombin|\bcontain|\bnote\b|[+/]", re.IGNORECASE)
"""A remark that says that there is something else in the product."""
_PROSE_WORD = regex(r"(?<![\w-])[a-z]{3,}+(?![\w-])")
_TRADE_MARKS = dict.fromkeys(map(ord, "®™©"))
MAX_BRAND_WORDS = 5


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
    blocks = tuple(blocks)
    names = _brands_in(blocks, is_brand_section=heading.startswith(_BRAND_HEADINGS))
    first = next(iter(_lines(blocks)), "")
    is_generic = heading.startswith(("generic name", "nombre genérico"))
    if is_generic and is_name(first) and len(first) <= 60:
        names.insert(0, Name(collapse(first).rstrip("."), "generic"))
    return names


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    """The text of each block, and of each item of a list."""
    for block in blocks:
        yield from (item.text for item in block.children) if block.kind == "list" else (block.text,)


def _brands_in(blocks: Iterable[Block], *, is_brand_section: bool) -> list[Name]:
    """The brands that a section of names states: behind a label, in a list below one, and in a
    section of brands everywhere."""
    brands: list[str] = []
    is_below_label = False
    for block in blocks:
        for text in _lines((block,)):
            label = _BRAND_LABEL.match(text)
            if label or is_brand_section or (is_below_label and block.kind == "list"):
                brands += _listed_brands(text[label.end() :] if label else text)
        is_below_label = _is_label_alone(block) or (is_below_label and block.kind == "list")
    return [Name(brand, "brand") for brand in brands]


def _is_label_alone(block: Block) -> bool:
    label = _BRAND_LABEL.match(block.text)
    return label is not None and label.end() == len(block.text)


def _listed_brands(text: str) -> list[str]:
    """The brands in a text that begins with a list of names (`Calmol, Restadine and Painaway.`), up
    to the end of its first sentence; none in one that begins with other words. What may be a
    sentence, or the name of a product with other ingredients, is left out."""
    names, remarks = [""], [""]
    for piece in _LIST_PIECE.findall(_SENTENCE_END.split(text, maxsplit=1)[0]):
        if piece in ",;\n":
            names.append("")
            remarks.append("")
        elif piece.startswith("(") and len(piece) > 1:
            remarks[-1] += piece
        else:
            names[-1] += piece
    last = names[-1].split()
    for at, word in enumerate(last):
        if word in ("and", "or", "y", "o") and len(names) > 1:
            names[-1:] = [" ".join(last[:at]), " ".join(last[at + 1 :])]
            remarks.append(remarks[-1])
            break
    brands = [
        "" if _OTHER_PRODUCT.search(remark) else _brand(name)
        for name, remark in zip(names, remarks, strict=True)
        if name.strip()
    ]
    return [brand for brand in brands if brand] if brands and brands[0] else []


def _brand(text: str) -> str:
    """A brand name without marks; '' for what is no brand name."""
    name = collapse(text.translate(_TRADE_MARKS)).strip(" *_\"“”.'")
    is_brand = (
        is_name(name)
        and len(name.split()) <= MAX_BRAND_WORDS
        and not any(bracket in name for bracket in "(){}[]")
        and not _BRAND_LABEL.fullmatch(name)
        and not _PROSE_WORD.search(name)
        and name != name.lower()
    )
    return name if is_brand else ""
