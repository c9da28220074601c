"""What a page on a medicine should speak of: the sections that the record wants of an approved page."""

from __future__ import annotations

from collections.abc import Iterator

from .draft import Draft

WANTED: dict[str, tuple[str, ...]] = {
    "uses": ("indication", "usage", "used for"),
    "dose": ("dosage", "dosing", "posology"),
    "how_to_take": ("how to", "how should", "how is it", "missed dose", "miss a dose", "administration", "directions"),
    "contraindications": ("contraindication", "contra-indication", "who should not", "do not take", "should avoid"),
    "warnings": ("warning", "precaution", "caution", "safety"),
    "interactions": ("interaction",),
    "side_effects": ("side effect", "side-effect", "adverse", "undesirable"),
    "pregnancy": ("pregnan",),
    "breastfeeding": ("breast", "lactat", "nursing"),
    "renal": ("renal", "kidney"),
    "hepatic": ("hepatic", "liver"),
    "overdose": ("overdos", "too much"),
}
"""Keys of the sections, each with words of headings that show that one speaks of it beside something else."""
_SPARED = {"patient": ("dose",), "professional": ("how_to_take", "overdose")}
"""What the page of an audience may leave out."""


def missing(page: Draft) -> tuple[str, ...]:
    """The keys of the sections that a page on a medicine lacks, be it as a section or as a heading or label inside one.

    A brand's page lacks none: it leads to the page of what it contains.
    """
    if page.kind not in ("drug", "combination"):
        return ()
    keys = {part.key for part in page.content} | set(_SPARED.get(page.fields.audience, ()))
    headings = "\n".join(_headings(page)).casefold()
    return tuple(
        key for key, words in WANTED.items() if key not in keys and not any(word in headings for word in words)
    )


def _headings(page: Draft) -> Iterator[str]:
    """The words of every heading and bold lead."""
    for part in page.content:
        yield part.heading
        for block in part.blocks:
            for inner in block.children if block.kind == "list" else (block,):
                first = inner.children[0] if inner.children else inner
                if first.kind == "heading":
                    yield first.text
                elif first.runs and first.runs[0].kind == "strong":
                    yield first.runs[0].text
