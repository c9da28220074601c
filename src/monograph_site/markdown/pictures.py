"""Pictures as HTML.

Which file an address means is known only when all files are, long after a text was read. Until
then a picture, like a link to a file, has a placeholder as its address, which rendering replaces
(see `render.attachments`).
"""

from __future__ import annotations

from collections.abc import Callable
from html import unescape

from ..regex import regex
from .blocks import Block, Run, element, text_run, trim
from .elements import link_run
from .html import attribute, escape, leads_away

PLACEHOLDER = "/.file/"
"""Start of the address that stands for a file. No page has such an address: names that begin with
a dot are not published."""
REMOTE_PICTURE = "remote-picture:"
"""Start of what is asked for the address of a picture of another host: the placeholder of its copy,
or nothing. Authors cannot write it: see `html.safe_url`."""
_IMG = regex(r'<img((?: [a-z]+="[^"]*")*)>')
"""A picture in sanitised HTML."""
_VALUE = regex(r' ([a-z]+)="([^"]*)"')


def picture_run(
    source: str, alt: str, title: str, link: Callable[[str], str], *, in_link: bool
) -> Run | None:
    """A picture with its alternative text; None where its address can't be that of a picture of
    this site.

    A picture that is not inside a link leads to itself in full size, unless it is decorative: a
    link has words. One of another host that has no copy here becomes a link with its words, since a
    page asks nothing of another host.
    """
    copy = link(REMOTE_PICTURE + source) if leads_away(source) else ""
    if leads_away(source) and not copy.startswith(PLACEHOLDER):
        words = alt or title or source
        return text_run(words) if in_link else link_run(source, alt, escape(words))
    address = attribute(copy or link(source))
    if not address.startswith(PLACEHOLDER):
        return None
    words = f' title="{attribute(title)}"' if title else ""
    picture = f'<img src="{address}" alt="{attribute(alt)}"{words}>'
    html = picture if in_link or not alt else f'<a class="picture" href="{address}">{picture}</a>'
    return Run("image", alt, html)


def figure(runs: tuple[Run, ...], title: str, first: int, last: int) -> Block | None:
    """The figure that a paragraph is, if it has one picture and nothing else but its caption: a
    line in emphasis below the picture, or else the title of the picture. None for any other
    paragraph."""
    picture, *rest = trim(runs)
    if picture.kind != "image" or "<img" not in picture.html:
        return None
    caption = trim(tuple(rest))
    if not caption and title:
        caption = (text_run(title),)
    elif len(caption) != 1 or caption[0].kind != "em" or rest[0].kind != "break":
        return None
    inside = Block("paragraph", first, first, 1, (picture,))
    below = element("figcaption", last, last, runs=caption)
    return element("figure", first, last, children=(inside, below))


def with_pictures(html: str, link: Callable[[str], str]) -> str:
    """Sanitised HTML with its pictures as Markdown has them; words in place of those that can't be
    shown."""
    if "<img" not in html:
        return html
    pieces, at = [], 0
    for match in _IMG.finditer(html):
        values = {name: unescape(value) for name, value in _VALUE.findall(match[1])}
        before = html[: match.start()]
        in_link = before.rfind("<a ") > before.rfind("</a>")
        alt = values.get("alt", "")
        run = picture_run(
            values.get("src", ""), alt, values.get("title", ""), link, in_link=in_link
        )
        pieces += [html[at : match.start()], run.html if run else escape(alt)]
        at = match.end()
    return "".join((*pieces, html[at:]))
