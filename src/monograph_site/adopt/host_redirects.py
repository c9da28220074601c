"""The redirects that a host reads from the repository: `_redirects` and `netlify.toml`."""

from __future__ import annotations

from pathlib import Path

from .old_site import OldSite, mapping, read_data

_FOLDERS = (".", "static", "public", "docs")


def add_host_redirects(site: OldSite, folder: Path) -> None:
    """Add the redirects of a repository to those of its site. Patterns and rewrites are among what is
    not understood."""
    rules: list[tuple[str, str, str]] = []
    for name in _FOLDERS:
        file = folder / name / "_redirects"
        if file.is_file():
            lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
            words = [[*line.partition("#")[0].split(), "301"] for line in lines]
            words = [line for line in words if len(line) > 2]
            rules += [(old, new, status) for old, new, status, *_ in words]
    netlify = folder / "netlify.toml"
    if netlify.is_file():
        try:
            stated = read_data(netlify).get("redirects")
        except ValueError as problem:
            site.not_understood.append(str(problem))
            stated = []
        for rule in map(mapping, stated if isinstance(stated, list) else []):
            old, new, status = (str(rule.get(key, "301")) for key in ("from", "to", "status"))
            rules.append((old, new, status))
    left_out = []
    for old, new, status in rules:
        if "*" in old or "/:" in old or not old.startswith("/") or not status.startswith("30"):
            left_out.append(f"{old} {new} {status}")
        else:
            site.redirects.setdefault(old, new)
    if left_out:
        names = "; ".join(left_out[:5]) + (f" and {len(left_out) - 5} more" if left_out[5:] else "")
        site.not_understood.append(f"patterns among the redirects of the host: {names}")
