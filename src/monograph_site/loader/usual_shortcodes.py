"""Shortcodes that most sites of a tool have, and what they become where site.yaml does not say.

Callouts (`{{% notice warning "Stop" %}}`, `{% hint style="info" %}`, `{% include tip.html
content="…" %}`), folded text, tabs, pictures, films, code and links. Their words are the arguments
and what a pair of tags holds; nothing of them is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import quote

from ..markdown.callouts import is_callout
from ..regex import regex

_CALLOUTS = frozenset("callout notice admonition alert hint box message infobox".split())
_FOLDED = frozenset("details expand collapse collapsible accordion-item spoiler toggle".split())
_TABS = frozenset(("tab", "tab-item"))
_SILENT = frozenset(
    "tabs tabpane tabset steps step cards card-grid columns column row accordion "
    "pagebreak toc more clearfix comment".split()
)
"""Shortcodes that only arrange what is in them."""
_PICTURES = frozenset(("figure", "img", "image", "imgproc"))
_FILMS = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}
_LINKS = frozenset(("embed", "file", "video", "audio"))
_CODE = frozenset(("highlight", "code-block", "codeblock"))
_KIND_KEYS = tuple("type kind level style variant context class color 0 1".split())
_TITLE_KEYS = ("title", "header", "summary", "label", "name", "heading")
_TEXT_KEYS = ("content", "text", "message", "body")
_INCLUDED_CALLOUT = regex(r"(?:[\w-]+/)*([a-z]+)\.(?:html|md|liquid)")
_TITLE_MARKS = regex(r"[\[\]\n]")


class Shown(NamedTuple):
    """What is shown for a tag, and for the end of its pair."""

    opening: str
    closing: str = ""


def is_usual(name: str, arguments: Mapping[str, str]) -> bool:
    """Whether a shortcode is one of these."""
    return usual(name, arguments, is_pair=True, is_alone=True) is not None


def usual(
    name: str, arguments: Mapping[str, str], *, is_pair: bool, is_alone: bool
) -> Shown | None:
    """What is shown for a shortcode; None for one that is unknown here. `is_pair` says whether the
    end of a pair follows, `is_alone` whether its tags have lines of their own."""
    if name == "include":
        return _included(arguments)
    if name in _SILENT:
        return Shown("")
    if name in _FOLDED:
        return _block("details", _title(arguments, ("0",)), is_alone) if is_pair else None
    if name in _TABS:
        return _block("tab-item", _title(arguments, ("0",)), is_alone) if is_pair else None
    if name in _CALLOUTS or is_callout(name):
        return _callout(name, arguments, is_pair=is_pair, is_alone=is_alone)
    if name in _CODE and is_pair and is_alone:
        language = arguments.get("0", "")
        return Shown(f"```{language}" if language.isalnum() else "```", "```")
    return _single(name, arguments)


def _single(name: str, arguments: Mapping[str, str]) -> Shown | None:
    """What is shown for a tag of a picture, film or file."""
    if name in _PICTURES:
        source = _first(arguments, ("src", "path", "url", "link", "0"))
        return Shown(_picture(source, arguments)) if source else None
    if name in _FILMS and (film := _first(arguments, ("id", "0"))):
        address = _FILMS[name] + quote(film, safe="")
        return Shown(_link(address, _first(arguments, _TITLE_KEYS) or address))
    if name in _LINKS and (address := _first(arguments, ("url", "src", "0"))):
        return Shown(_link(address, _first(arguments, ("caption", *_TITLE_KEYS)) or address))
    return None


def _included(arguments: Mapping[str, str]) -> Shown | None:
    """The callout that a theme of Jekyll includes: `{% include note.html content="…" %}`."""
    match = _INCLUDED_CALLOUT.fullmatch(arguments.get("0", ""))
    text = _first(arguments, _TEXT_KEYS)
    name = match[1] if match else ""
    if not text or not (name in _CALLOUTS or is_callout(name)):
        return None
    return Shown(f"**{_title(arguments) or _kind(name, arguments).capitalize()}:** {text}")


def _callout(
    name: str, arguments: Mapping[str, str], *, is_pair: bool, is_alone: bool
) -> Shown | None:
    kind = _kind(name, arguments)
    if is_pair:
        others = (key for key in ("0", "1") if arguments.get(key, kind).lower() != kind.lower())
        return _block(kind, _title(arguments, tuple(others)), is_alone)
    text = _first(arguments, (*_TEXT_KEYS, "0"))
    if not text or is_callout(text):
        return None
    return Shown(f"**{_title(arguments) or kind.capitalize()}:** {text}")


def _kind(name: str, arguments: Mapping[str, str]) -> str:
    """The kind of a callout: its name, or an argument of a general one."""
    if name not in _CALLOUTS:
        return name
    stated = (arguments.get(key, "").lower() for key in _KIND_KEYS)
    return next(filter(is_callout, stated), "note")


def _block(name: str, title: str, is_alone: bool) -> Shown:
    """A fenced block, or bold words before the text of tags that stand in a line."""
    if not is_alone:
        return Shown(f"**{title or name.capitalize()}:** ")
    return Shown(f":::{name}" + (f"[{title}]" if title else ""), ":::")


def _picture(source: str, arguments: Mapping[str, str]) -> str:
    caption = _first(arguments, ("caption", "title"))
    alt = _TITLE_MARKS.sub(" ", arguments.get("alt", "") or caption)
    words = f" '{caption}'" if caption and "'" not in caption else ""
    return f"![{alt}](<{source}>{words})"


def _link(address: str, words: str) -> str:
    return f"[{_TITLE_MARKS.sub(' ', words)}](<{address}>)"


def _title(arguments: Mapping[str, str], positions: Iterable[str] = ()) -> str:
    return _TITLE_MARKS.sub(" ", _first(arguments, (*_TITLE_KEYS, *positions)))


def _first(arguments: Mapping[str, str], keys: Iterable[str]) -> str:
    """The first of these arguments that says something."""
    return next((arguments[key].strip() for key in keys if arguments.get(key, "").strip()), "")
