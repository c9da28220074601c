"""How other generators make an address of a name, and of a pattern with placeholders."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ..model.strings import slugify
from ..regex import regex

Spell = Callable[[str], str]
"""A part of an address, of the name of a file or folder or a title."""
_NOT_IN_HUGO = regex(r"[^\w.\-+~#]")
_NOT_IN_GITHUB = regex(r"[^\w\- ]")


def as_written(name: str) -> str:
    """MkDocs and Jekyll: as it is."""
    return name


def as_in_hugo(name: str) -> str:
    """Hugo: in lower case, hyphens for spaces, without most other characters."""
    spaced = re.sub(r"\s+", "-", name.strip().lower())
    return _NOT_IN_HUGO.sub("", spaced)


def as_in_zola(name: str) -> str:
    """Zola: letters of ASCII, digits and single hyphens."""
    return slugify(name)


def as_in_astro(name: str) -> str:
    """Astro, as GitHub does with headings: in lower case, without punctuation."""
    return _NOT_IN_GITHUB.sub("", name.lower()).replace(" ", "-")


def as_in_publish(name: str) -> str:
    """Obsidian Publish: as it is, with `+` for spaces."""
    return name.replace(" ", "+")


def fill(pattern: str, values: Mapping[str, str]) -> str:
    """A pattern such as `/{year}/{slug}/` with its placeholders filled; where one is empty, so is its
    slash."""
    filled = re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], ""), pattern)
    return re.sub(r"/{2,}", "/", f"/{filled}")


def join(*parts: str) -> str:
    """A site path of parts, of which some may be empty; it starts and ends with `/`."""
    whole = "/".join(part.strip("/") for part in parts if part.strip("/"))
    return f"/{whole}/" if whole else "/"


def translate(pattern: str, tokens: Mapping[str, str]) -> str:
    """A pattern with tokens such as `:year` in the placeholders of site.yaml. ValueError names the
    first token that has none."""

    def placeholder(match: re.Match[str]) -> str:
        if match[1] not in tokens:
            raise ValueError(
                f"the permalink {pattern!r} has ':{match[1]}', which has no counterpart"
            )
        return tokens[match[1]]

    return re.sub(r":([a-z_]+)(?:\[[^\]]*\])?", placeholder, pattern)
