"""Why a build rendered a page, or did not."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ..render.page_key import changed_parts
from .site_plan import PlannedPage
from .state import PublishedFile


def explain_page(
    url: str,
    pages: Collection[PlannedPage],
    last: Mapping[str, PublishedFile],
    intact: Collection[str],
    *,
    withheld: bool = False,
) -> str:
    """Why the page at a site path is rendered in this build or is not, in one line.

    `last` are the files of the last build that published, by path; `intact` are those of them that
    are still as they were. `withheld`: errors keep this build from publishing anything.
    """
    reason = _reason(artifact_path(url), pages, last, intact)
    if withheld:
        reason = f"not rendered, since errors keep the site from being published; else {reason}"
    return f"{url}: {reason}"


def _reason(
    path: str,
    pages: Collection[PlannedPage],
    last: Mapping[str, PublishedFile],
    intact: Collection[str],
) -> str:
    page = next((page for page in pages if page.path == path), None)
    if page is None:
        return "there is no page at this address"
    previous = last.get(path)
    if previous is None:
        return "rendered, since the last build had no such page"
    changed = changed_parts(previous.key, page.key)
    if changed:
        return f"rendered, since what it is made of has changed: {', '.join(changed)}"
    if path not in intact:
        return "rendered, since its file in the output is missing or was changed"
    return "not rendered, since nothing that it is made of has changed"


def artifact_path(url: str) -> str:
    """The path of the file at a site path, relative to the output folder."""
    path = url.lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path
