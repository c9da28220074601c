"""Placeholders of pictures and files → their published addresses."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from urllib.parse import quote, unquote

from ..config import Config
from ..markdown.html import attribute, escape
from ..markdown.pictures import PLACEHOLDER
from ..model.attachment import Attachment
from ..model.monograph import Monograph, map_html
from ..regex import regex
from ..site.addresses import href
from ..source.attachments import VENDORED, candidates

REL = "nofollow noopener noreferrer"
SIZES = "auto, (min-width: 48rem) 44rem, 100vw"
"""How wide a picture is shown: as laid out, where a browser can tell; else as wide as the text."""
_ADDRESS = re.escape(PLACEHOLDER) + r'([^"#]*)(#[^"]*)?"'
_PICTURE = regex(
    rf'(<a class="picture" href="[^"]*">)?<img src="{_ADDRESS} alt="([^"]*)"( title="[^"]*")?>(?(1)</a>)'
)
_LINK = regex(rf'(<a(?: [a-z]+="[^"]*")*? href="){_ADDRESS}')


def with_files(monograph: Monograph, files: Mapping[str, Attachment], config: Config) -> Monograph:
    """The record with the published address of every file in place of its placeholder. A picture
    that is not published is shown as its words."""

    def change(html: str) -> str:
        if PLACEHOLDER not in html:
            return html
        html = _PICTURE.sub(partial(_picture, files, config), html)
        return _LINK.sub(partial(_link, files, config), html)

    return map_html(monograph, change)


def _picture(files: Mapping[str, Attachment], config: Config, match: re.Match[str]) -> str:
    opening, reference, _, alt, title = match.groups()
    file = files.get(unquote(reference))
    if file is None:
        return _original(unquote(reference), alt, config)
    url = href(config, file.url)
    size = f' width="{file.width}" height="{file.height}"' if file.width else ""
    size += _srcset(file, url, config)
    html = f'<img src="{url}" alt="{alt}"{title or ""}{size} loading="lazy" decoding="async">'
    return f'<a class="picture" href="{url}">{html}</a>' if opening else html


def _original(reference: str, alt: str, config: Config) -> str:
    """What is shown for a picture that is not published: a link to the original of a copy that is
    missing or damaged, else its words."""
    name = reference.removeprefix(f"//{VENDORED}")
    url = next((url for url, copy in config.vendored.items() if copy == name), "")
    return f'<a href="{attribute(url)}" rel="{REL}">{alt or escape(url)}</a>' if url else alt


def _srcset(file: Attachment, url: str, config: Config) -> str:
    """The attributes that offer the smaller pictures to a browser; '' where there are none."""
    if not file.smaller:
        return ""
    smaller = [(href(config, file.smaller_url(item)), item.width) for item in file.smaller]
    offered = ", ".join(f"{address} {width}w" for address, width in (*smaller, (url, file.width)))
    return f' srcset="{offered}" sizes="{SIZES}"'


def _link(files: Mapping[str, Attachment], config: Config, match: re.Match[str]) -> str:
    opening, reference, anchor = match.groups()
    file = files.get(unquote(reference))
    path = file.url if file else quote(next(candidates(unquote(reference))))
    return f'{opening}{config.base_path}{path.lstrip("/")}{anchor or ""}"'
