"""Redirects and headers in the form of a host, where site.yaml names one (`host`).

Pages that redirect are there too: a host that does not read these files, and a preview, need them.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.attachment import FILES
from ..site.addresses import href
from ..site.site import Site
from . import page_kind
from .page import Page

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    # What the policy in the pages themselves cannot say.
    "Content-Security-Policy": "frame-ancestors 'self'",
}
_FOR_EVER = "public, max-age=31536000, immutable"
"""Of files that have the digest of their content in their name."""


@page_kind("host_files", r"/_redirects|/_headers|/nginx-(?:redirects\.map|headers\.conf)")
def host_files(site: Site) -> Iterator[Page]:
    """The two files of the host."""
    host = site.config.host
    if not host:
        return
    if host == "nginx":
        files = {
            "/nginx-redirects.map": _nginx_map(site),
            "/nginx-headers.conf": _nginx_headers(site),
        }
    else:
        # With `!`, Netlify redirects even where a file is at the address; Cloudflare always does.
        status = "301!" if host == "netlify" else "301"
        lines = (f"{old} {new} {status}\n" for old, new in _redirects(site))
        files = {"/_redirects": "".join(lines), "/_headers": _headers(site)}
    for url, text in files.items():
        yield Page(url, "text", {"text": text})


def _redirects(site: Site) -> Iterator[tuple[str, str]]:
    """Former and present addresses as links."""
    for redirect in site.redirects:
        yield href(site.config, redirect.label), href(site.config, redirect.url)
    for url, path in sorted(site.aliases):
        yield href(site.config, url), href(site.config, site.links[path].url)


def _folders(site: Site) -> Iterator[str]:
    """Where the files are that never change."""
    for folder in ("/assets/", FILES):
        yield href(site.config, folder)


def _headers(site: Site) -> str:
    blocks = [(f"{site.config.base_path}*", _HEADERS)]
    blocks += [(f"{folder}*", {"Cache-Control": _FOR_EVER}) for folder in _folders(site)]
    return "".join(
        f"{pattern}\n" + "".join(f"  {name}: {value}\n" for name, value in headers.items())
        for pattern, headers in blocks
    )


def _nginx_map(site: Site) -> str:
    """For `map $uri $new_address { include …; }` and `if ($new_address) { return 301 $new_address; }`.
    The former addresses are not percent-encoded, since `$uri` is not."""
    base = site.config.base_path
    pairs = [(redirect.label, redirect.url) for redirect in site.redirects]
    pairs += [(url, site.links[path].url) for url, path in sorted(site.aliases)]
    return "".join(
        f"{_quoted(base + old[1:])} {_quoted(href(site.config, new))};\n" for old, new in pairs
    )


def _quoted(address: str) -> str:
    """An address in a file of nginx, where `$` would begin a variable."""
    plain = address.replace("$", "%24").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'


def _nginx_headers(site: Site) -> str:
    """For `include` in a `server` block."""
    lines = [f'add_header {name} "{value}" always;' for name, value in _HEADERS.items()]
    for folder in _folders(site):
        lines += [f"location {folder} {{"]
        lines += [f'    add_header {name} "{value}" always;' for name, value in _HEADERS.items()]
        lines += [f'    add_header Cache-Control "{_FOR_EVER}";', "}"]
    return "\n".join(lines) + "\n"
