"""Keys of ours in the tables where Zola (`[extra]`) and Hugo (`[params]`) keep what is an author's
own: they mean the same as at the top."""

from __future__ import annotations

import re
from typing import Any

import yaml
from msgspec.structs import replace

from ..regex import regex
from .front_matter import FrontMatter
from .schema_plain import IGNORED_KEYS

HOLDERS = ("extra", "params")
_ADDRESS = regex(
    r"(?:/|https?://)[^\s,;]*|[^\s,;]+\.(?:png|jpe?g|gif|webp|avif|svg|css|js|html)", re.IGNORECASE
)
"""A path or address: of a picture or style sheet that a theme shows."""


def _is_for_a_theme(key: Any, value: Any) -> bool:
    """Whether a value of these tables only tells a theme how to show a page: a switch, a path, or a
    key of another generator."""
    if isinstance(value, str):
        return key in IGNORED_KEYS or _ADDRESS.fullmatch(value) is not None
    return key in IGNORED_KEYS or isinstance(value, bool)


def lift_nested_fields(front: FrontMatter) -> FrontMatter:
    """Front matter with every known key of these tables at the top, unless it is there too. Values
    keep their places in the file; unknown keys stay where they are."""
    holders = [name for name in HOLDERS if isinstance(front.data.get(name), dict)]
    root = front.document.root if front.document else None
    if not holders or front.document is None or not isinstance(root, yaml.MappingNode):
        return front
    from .schema_front import FrontForm  # imports pydantic, which few callers need

    known = FrontForm.known_keys() - FrontForm.ignored
    data = dict(front.data)
    pairs: list[tuple[Any, Any]] = list(root.value)
    for name in holders:
        lifted = {key: data[name][key] for key in data[name] if key in known and key not in data}
        kept = {
            key: value
            for key, value in data[name].items()
            if key not in lifted and not _is_for_a_theme(key, value)
        }
        node = next((value for key, value in pairs if key.value == name), None)
        if node is None:
            continue
        pairs += [(key, value) for key, value in node.value if key.value in lifted]
        data = {key: value for key, value in data.items() if key != name or kept} | lifted
        if kept:
            data[name] = kept
    pairs.sort(key=lambda pair: int(pair[0].start_mark.index))
    tag, start, end = root.tag, root.start_mark, root.end_mark
    new_root = yaml.MappingNode(tag, pairs, start, end)
    return replace(front, data=data, document=replace(front.document, value=data, root=new_root))
