"""What the shortcodes of a site become: those with a usual meaning, and a suggestion for the others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..loader.shortcodes import find_tags
from ..source.attachments import PICTURE_FORMATS
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
_PICTURES = (*PICTURE_FORMATS, ".svg")
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
            count, first = counts.get(name, (0, example))
            counts[name] = (count + number, first)
    return [_line(name, count, example) for name, (count, example) in sorted(counts.items())]


def _line(name: str, count: int, example: str) -> ShortcodeLine:
    if name in _CALLOUTS:
        value = {"as": "callout", "kind": _CALLOUTS[name]}
    elif name in _TEXTS:
        value = {"as": "text", "template": _TEXTS[name]}
    elif name in _NOTHING:
        value = {"as": "nothing"}
    elif picture := _picture_template(example):
        value = {"as": "text", "template": picture}
    else:
        value = {"as": "text", "template": "{0}"}
        return ShortcodeLine(name, value, count, _shortened(example), False)
    return ShortcodeLine(name, value, count, _shortened(example), True)


def _picture_template(example: str) -> str:
    """What shows the picture that a tag names in one of its arguments; '' for a tag without one."""
    tag = next(find_tags(example), None)
    arguments = tag.arguments if tag else {}
    named = (key for key, value in arguments.items() if value.lower().endswith(_PICTURES))
    picture = next(named, "")
    caption = next((f' "{{{key}}}"' for key in ("caption", "title") if key in arguments), "")
    return f"![{{alt}}]({{{picture}}}{caption})" if picture else ""


def _shortened(example: str) -> str:
    return " ".join(example.split())[:MAX_EXAMPLE]
