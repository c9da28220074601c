"""Raw HTML in content: kept where it is harmless text markup, shown as text or removed where it is
not."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import escape as _escape
from html import unescape
from typing import NamedTuple

import nh3

from ..regex import regex

TEXT_TAGS = frozenset(
    "abbr b bdi bdo br cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span strong sub sup "
    "time u var wbr".split()
)
BLOCK_TAGS = frozenset(
    "blockquote caption col colgroup dd details div dl dt figcaption figure h3 h4 h5 h6 hr li ol p pre section summary "
    "table tbody td tfoot th thead tr ul".split()
)
# Elements a browser would act on. What looks like a tag but is none of these (`<Drug name>`) is
# shown as text.
_OTHER_TAGS = frozenset(
    "a address applet area article aside audio base basefont bgsound blink body button canvas center datalist dialog "
    "dir embed fieldset font footer form frame frameset h1 h2 head header hgroup html iframe img "
    "image input keygen label legend link listing main map marquee math menu menuitem meta meter nav nobr noembed "
    "noframes noscript object optgroup option output param picture plaintext portal progress script search select "
    "slot source spacer strike style svg template textarea title track tt video xmp".split()
)
_MATH_TAGS = frozenset(
    "math mrow mi mn mo ms mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd "
    "mstyle mpadded mphantom menclose semantics".split()
)
_ATTRIBUTES = {
    "a": {"href", "title", "id", "name"},
    "abbr": {"title"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "img": {"src", "alt", "title"},  # none of them stays as it is: see `pictures.with_pictures`
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
URL_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
TABLE_START = '<div class="table-scroll" role="group" aria-label="Table" tabindex="0">\n'
TABLE_END = "\n</div>\n"
"""What is around a table."""
_NAME = regex(r"</?\s*([A-Za-z][A-Za-z0-9-]*)")
_LINK = regex(r'(<a\b[^<>]*?\bhref=")([^"]*)(")')
_HEADING_ID = regex(r'<(h[1-6]) id="([^"]*)">')
_ANCHOR = regex(r'(<a\b[^<>]*?)\s(?:id|name)="([^"]*)"')
_BARE = regex(r"</?([A-Za-z]+)\s*/?>")
VOID_TAGS = frozenset("area base br col embed hr img input link meta source track wbr".split())
_PICTURE_WORDS = regex(r'<img src="[^"]*" alt="([^"]*)"[^<>]*>')
_TAGS = regex(r"<[^>]*>")
_ACTING = regex(
    r"<(?!(?i:font|center|address|article|aside|footer|header|hgroup|main|nav|nobr|noscript|strike|tt)\b)[A-Za-z]"
    r"|\bon\w+\s*=|\b(?:java|vb)script:"
)
"""Tags and what acts in a browser; no element that only groups or decorates its text."""
_COMMENT = regex(r"(<!--.*?-->)", re.DOTALL)
_RAW_TEXT = regex(
    r"<(?:script|style|textarea|title|xmp|iframe|noembed|noframes|plaintext)\b", re.IGNORECASE
)
_NO_TAG = regex(r"<(?![^<>]*>)")
_NO_ELEMENT = regex(r"</?\s*[A-Za-z][^<>]*>")
_HIDING = (("<!--", "-->"), ("<?", "?>"), ("<![", "]]>"))
_TEMPLATE = regex(
    r"</?(?:template|noscript)\b[^>]*(?:>|\Z)", re.IGNORECASE
)  # parsers read what is in them as no part of the document, so the tags go before
_HAS_ATTRIBUTE = regex(r"\s[\w:@-]+=[\"'{]")
_CODE_OF_PAGE = regex(
    r"<(script|style)\b[^<>]*>(?:(?!<\1\b).)*?</\1\s*>", re.IGNORECASE | re.DOTALL
)
_SURROGATE = regex("[\ud800-\udfff]")
"""Half of a character, which no encoding has."""
_EMBEDDED = regex(
    r"<(iframe|video|audio|embed|object)\b([^<>]*)>"
    r"((?:[^<]++|<(?:source|track|param)\b[^<>]*+>)*+</\1\s*>)?",
    re.IGNORECASE,
)
_VALUE = regex(r"(?<![A-Za-z-])([A-Za-z-]+)\s*+=\s*([\"']?)((?<=\")[^\"]*|(?<=')[^']*|[^\s\"'<>]+)")
_BLOCK_TAG = regex(
    r"<(/?)(details|div|section|article|aside|main|center|figure|blockquote)\b[^<>]*>",
    re.IGNORECASE,
)
_SCHEME = regex(r"[\x00-\x20]*([A-Za-z][A-Za-z0-9+.-]*):")


def escape(text: str) -> str:
    """Text as HTML element content."""
    return _escape(text, quote=False) if "&" in text or "<" in text or ">" in text else text


def attribute(text: str) -> str:
    """Text as a double-quoted attribute value."""
    return _escape(text, quote=True)


def safe_url(url: str) -> bool:
    """Whether a link may go there: a relative address, or http, https, mailto, tel. Anything else
    is not linked."""
    scheme = _SCHEME.match(url)
    return scheme is None or scheme.group(1).lower() in URL_SCHEMES


def leads_away(url: str) -> bool:
    """Whether an address names a scheme or a host of its own, and so leads out of the site."""
    return _SCHEME.match(url) is not None or url.startswith("//")


def harmless(tag: str) -> bool:
    """Whether a tag is text-level, without attributes, and so can stand as it is."""
    match = _BARE.fullmatch(tag)
    return match is not None and match.group(1).lower() in TEXT_TAGS


def is_element(tag: str) -> bool:
    """Whether the tag names an HTML element (else it is text in angle brackets). Comments and the
    like are, and so is one of another name that closes or has attributes."""
    match = _NAME.match(tag)
    if match is None or match.group(1).lower() in TEXT_TAGS | BLOCK_TAGS | _OTHER_TAGS:
        return True
    return tag.startswith("</") or _HAS_ATTRIBUTE.search(tag) is not None


def balanced(tags: list[str]) -> bool:
    """Whether harmless tags open and close in order (`<br>` and `<wbr>` stand alone)."""
    open_tags: list[str] = []
    for tag in tags:
        name = _NAME.match(tag).group(1).lower()  # type: ignore[union-attr]  # callers pass harmless tags only
        if name in ("br", "wbr"):
            continue
        if not tag.startswith("</"):
            open_tags.append(name)
        elif not open_tags or open_tags.pop() != name:
            return False
    return not open_tags


def as_text(html: str) -> str:
    """Raw HTML with what is no tag in it (`<drug name>`, `p <0.05`) written as text; comments stay
    comments."""
    if _RAW_TEXT.search(html):
        return html
    end = html.rfind("-->") + len("-->")
    if end < len("-->"):
        end = 0
    pieces = _COMMENT.split(html[:end])  # every comment in it has an end
    pieces[-1] += html[end:]
    pieces[::2] = [_NO_ELEMENT.sub(_as_text, _NO_TAG.sub("&lt;", piece)) for piece in pieces[::2]]
    return "".join(pieces)


def end_comments(text: str) -> str:
    """Markdown in which what opens a comment (or the like) that never ends is text: it would hide
    the whole rest."""
    for opening, closing in _HIDING:
        if opening in text:
            end = text.rfind(closing) + 1
            text = text[:end] + text[end:].replace(opening, "\\" + opening)
    return text


def _as_text(match: re.Match[str]) -> str:
    return match.group() if is_element(match.group()) else escape(match.group())


def sanitise(html: str) -> str:
    """The HTML with only harmless elements, attributes and addresses left; the text of removed
    elements stays, but for scripts and styles, whose text no reader sees. The id of a heading
    becomes that of an `a` element in it: an author's ids are told from those of this tool."""
    cleaned = nh3.clean(
        _TEMPLATE.sub("", _SURROGATE.sub("\ufffd", _CODE_OF_PAGE.sub("", html))),
        tags={*TEXT_TAGS, *BLOCK_TAGS, "a", "img"},
        attributes=_ATTRIBUTES,
        clean_content_tags=set(),
        url_schemes=set(URL_SCHEMES),
        link_rel="nofollow noopener noreferrer",
        strip_comments=True,
    )
    return _HEADING_ID.sub(r'<\1><a id="\2"></a>', cleaned) if "<h" in cleaned else cleaned


def with_scrolling_tables(html: str) -> str:
    """Sanitised HTML with each table in an element that scrolls where it is wider than the page, by
    keyboard too."""
    if "<table>" not in html:
        return html
    html = html.replace("<table>", f"{TABLE_START}<table>")
    return html.replace("</table>", f"</table>{TABLE_END}")


def map_links(html: str, link: Callable[[str], str]) -> str:
    """Sanitised HTML with the address of each link as `link` publishes it."""
    if "href=" not in html:
        return html
    return _LINK.sub(lambda match: match[1] + attribute(link(unescape(match[2]))) + match[3], html)


def map_anchors(html: str, anchor: Callable[[str], str]) -> str:
    """HTML with the name of each `a` element as the id that `anchor` gives; '' for none."""
    # Most HTML has no attribute, and a single character is found ten times as fast as two.
    if "=" not in html or "<a" not in html or ("id=" not in html and "name=" not in html):
        return html

    def renamed(match: re.Match[str]) -> str:
        name = anchor(unescape(match[2]))
        return f'{match[1]} id="{attribute(name)}"' if name else match[1]

    return _ANCHOR.sub(renamed, html)


def clean_mathml(html: str) -> str:
    """MathML with only the elements of presentation left, and no attribute that acts."""
    return nh3.clean(
        html,
        tags=set(_MATH_TAGS),
        attributes={"math": {"display"}, "mo": {"stretchy"}, "mi": {"mathvariant"}},
        clean_content_tags=set(),
        url_schemes=set(),
        link_rel=None,
        strip_comments=True,
    )


def link_embedded(html: str) -> str:
    """HTML with a link in place of each document, film or sound that it embeds from elsewhere."""
    return _EMBEDDED.sub(_link_to_embedded, html) if _EMBEDDED.search(html) else html


def _link_to_embedded(match: re.Match[str]) -> str:
    attributes = {name.lower(): value for name, _, value in _VALUE.findall(match[2])}
    source = attributes.get("src") or attributes.get("data")
    if not source:  # it may be in a `source` inside
        inside = _VALUE.findall(match[3] or "")
        source = next((value for name, _, value in inside if name.lower() == "src"), "")
    address = unescape(source)
    if not address:
        return match[0]
    words = unescape(attributes.get("title") or address)
    return f'<a href="{attribute(address)}">{escape(words)}</a>'


class OpenElement(NamedTuple):
    """The outermost element that a stretch of HTML opens and does not close."""

    name: str
    start: int
    """Of its opening tag."""
    end: int

    def split(self, html: str) -> tuple[str, str, str]:
        """The HTML before the opening tag, the tag, and the HTML behind it."""
        return html[: self.start], html[self.start : self.end], html[self.end :]


def unclosed_element(html: str) -> OpenElement | None:
    """The outermost block element that the HTML leaves open; None where all are closed."""
    open_elements: list[OpenElement] = []
    for tag in _BLOCK_TAG.finditer(html):
        name = tag[2].lower()
        if not tag[1]:
            open_elements.append(OpenElement(name, tag.start(), tag.end()))
        elif open_elements and open_elements[-1].name == name:
            open_elements.pop()
    return open_elements[0] if open_elements else None


def closing_tag(html: str, opening: OpenElement, depth: int) -> tuple[re.Match[str] | None, int]:
    """The tag that closes an element, `depth` elements of its name being open before the HTML;
    None where it is not in it, with the number that are open behind it."""
    for tag in _BLOCK_TAG.finditer(html):
        if tag[2].lower() == opening.name:
            depth += -1 if tag[1] else 1
            if depth == 0:
                return tag, 0
    return None, depth


def top_level_elements(html: str) -> list[str]:
    """The elements of a fragment that are in no other, each with the text behind it; together they
    are the fragment. A fragment whose tags do not match is one piece."""
    pieces: list[str] = []
    depth = start = 0
    for tag in _TAGS.finditer(html):
        change = _depth_change(tag[0])
        if change > 0 and depth == 0 and html[start : tag.start()].strip():
            pieces.append(html[start : tag.start()])
            start = tag.start()
        depth += change
        if depth < 0:
            return [html]
    return [*pieces, html[start:]] if depth == 0 else [html]


@lru_cache(maxsize=1_024)  # most tags have no attributes
def _depth_change(tag: str) -> int:
    """By how many elements what follows a tag is deeper than what is before it."""
    if tag.endswith("/>") or tag.startswith("<!"):
        return 0
    if tag.startswith("</"):
        return -1
    name = _NAME.match(tag)
    return int(name is not None and name[1].lower() not in VOID_TAGS)


def strip_tags(html: str) -> str:
    """The text of an HTML fragment."""
    return unescape(_TAGS.sub(" ", _PICTURE_WORDS.sub(r" \1 ", html))).strip()


def count_tags(html: str) -> int:
    """How many tags and things that act in a browser a fragment holds: fewer after `sanitise`, some
    went. What only decorates a text (`style`, `font`) is not counted."""
    return len(_ACTING.findall(html))
