"""Links between pages that are opened as files, without a web server: relative, to `index.html`."""

from __future__ import annotations

import posixpath
import re

from ..config import Config
from ..regex import regex
from ..site.addresses import href

_TAG = regex(r"""<[A-Za-z](?:[^"'<>]|"[^"]*"|'[^']*')*+>""")
_ADDRESS = regex(r'\s(?:href|src|srcset|action|poster|data-base|content)="[^"]*"')
_REFRESH = regex(r"(\d+; url=)(.*)", re.DOTALL)
_PATH = regex(r"[^?#]*")


def with_relative_links(html: str, url: str, config: Config) -> str:
    """The HTML of the page at an artifact's site path, with relative links to the files of the
    site."""
    own = href(config, url)
    folder = posixpath.dirname(own)

    def relative(address: str, *, is_folder: bool = False) -> str:
        if not address.startswith(config.base_path) or address.startswith("//"):
            return address
        match = _PATH.match(address)
        path = match[0] if match else ""
        rest = address[len(path) :]
        if path == own.removesuffix("index.html") and rest.startswith("#"):
            return rest
        if is_folder:
            return f"{posixpath.relpath(path, folder)}/"
        file = f"{path}index.html" if path.endswith("/") else path
        return posixpath.relpath(file, folder) + rest

    def attribute(match: re.Match[str]) -> str:
        name, _, quoted = match[0].partition("=")
        value = quoted[1:-1]
        if name.endswith("srcset"):
            parts = (part.strip().partition(" ") for part in value.split(","))
            value = ", ".join(f"{relative(path)}{space}{size}" for path, space, size in parts)
        elif name.endswith("content"):
            value = _REFRESH.sub(lambda found: found[1] + relative(found[2]), value)
        else:
            value = relative(value, is_folder=name.endswith("data-base"))
        return f'{name}="{value}"'

    return _TAG.sub(lambda tag: _ADDRESS.sub(attribute, tag[0]), html)
