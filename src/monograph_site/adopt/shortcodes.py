"""What the shortcodes of a site become: those with a usual meaning, and a suggestion for the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from .old_site import OldPage

_CALLOUTS = {
    **{name: name for name in ("note", "tip", "important", "warning", "caution", "danger")},
    "info": "note", "notice": "note", "admonition": "note", "callout": "note", "hint": "tip",
    "alert": "warning",
}  # fmt: skip
_PICTURE = '![{alt}]({src} "{caption}")'
_TEXTS = {
    "figure": _PICTURE,
    "img": _PICTURE,
    "image": _PICTURE,
    "youtube": "[Video](https://youtu.be/{0}{id})",
    "vimeo": "[Video](https://vimeo.com/{0}{id})",
    **dict.fromkeys("details expand tabs tab columns column raw highlight".split(), "{content}"),
}
_NOTHING = frozenset(
    "toc children if else elsif unless for assign capture case when endif endfor break cycle".split()
)
MAX_EXAMPLE = 60
"""Characters of a tag that a comment shows."""


class ShortcodeLine(NamedTuple):
    """A line of `shortcodes` in site.yaml."""

    name: str
    value: dict[str, str]
    uses: int
    example: str
    """The first tag."""
    is_certain: bool
    """Whether the name has a usual meaning; a suggestion is written as a comment."""


def suggest_shortcodes(pages: Iterable[OldPage]) -> list[ShortcodeLine]:
    """A line for each shortcode that the pages use, by name."""
    counts: dict[str, tuple[int, str]] = {}
    for page in pages:
        for name, (number, example) in page.shortcodes.items():
            count, first = counts.get(name, (0, " ".join(example.split())[:MAX_EXAMPLE]))
            counts[name] = (count + number, first)
    return [_line(name, count, example) for name, (count, example) in sorted(counts.items())]


def _line(name: str, count: int, example: str) -> ShortcodeLine:
    if name in _CALLOUTS:
        value = {"as": "callout", "kind": _CALLOUTS[name]}
    elif name in _TEXTS:
        value = {"as": "text", "template": _TEXTS[name]}
    elif name in _NOTHING:
        value = {"as": "nothing"}
    else:
        return ShortcodeLine(name, {"as": "text", "template": "{0}"}, count, example, False)
    return ShortcodeLine(name, value, count, example, True)
