"""A build that ends before any one of its renames leaves a site in which no link is broken."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from helpers import differences, tree
from monograph_site.build import publication
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build

OLD = {
    "drugs/alpha.md": "---\ntitle: Alpha\n---\n\n## Uses\n\nPain. See [beta](beta.md).\n",
    "drugs/beta.md": "---\ntitle: Beta\naliases: [/older/]\n---\n\n## Uses\n\nFever.\n",
    "drugs/gamma.md": "---\ntitle: Gamma\n---\n\n## Uses\n\nCough.\n\n"
    "## FAQs\n\n### Is it?\n\nYes.\n",
    "pages/about.md": "---\ntitle: About\n---\n\nUs.\n",
    "../templates/assets/extra.css": "p { color: red }",
}
NEW = {
    **OLD,
    # a changed page leads to a new one, a new kind brings a menu entry, one page and its letter go
    "drugs/alpha.md": OLD["drugs/alpha.md"].replace("[beta](beta.md)", "[omega](omega.md)"),
    "drugs/omega.md": "---\ntitle: Omega\n---\n\n## Uses\n\nItch. See [alpha](alpha.md).\n",
    "combinations/alpha-omega.md": "---\ntitle: Alpha + Omega\n---\n\n## Uses\n\nBoth.\n",
    "../templates/assets/extra.css": "p { color: blue }",
}
NEW.pop("drugs/beta.md")
_LINK = re.compile(r'(?:href|src|action)="(/[^"#?]*)')


class Killed(BaseException):
    """The process ends here."""


def write(root: Path, contents: dict[str, str]) -> None:
    """Make these the files of the content and of the templates."""
    for folder in ("content", "templates"):
        shutil.rmtree(root / folder, ignore_errors=True)
    for path, text in contents.items():
        target = (root / "content" / path).resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")


def broken_links(output: Path, first: set[str]) -> Iterator[str]:
    """Links that lead nowhere, on the pages of the old site that are still there and on all pages
    that can be reached from one."""
    seen, waiting = set(), sorted(first)
    while waiting:
        path = waiting.pop()
        if path in seen or not (output / path).is_file():
            continue
        seen.add(path)
        for link in _LINK.findall((output / path).read_text("utf-8")):
            target = link.lstrip("/") + ("index.html" if link.endswith("/") else "")
            if not (output / target).is_file():
                yield f"{path} -> {link}"
            elif target.endswith(".html"):
                waiting.append(target)


LAST_OF_A_KIND_GONE = {path: text for path, text in NEW.items() if "combinations/" not in path}
"""The list of combinations and its only page, which link to each other, go."""


@pytest.mark.parametrize(
    ("old", "new"),
    [(OLD, NEW), (NEW, LAST_OF_A_KIND_GONE)],
    ids=["changes", "the last page of a kind"],
)
def test_no_link_is_broken_wherever_a_build_is_killed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: dict[str, str], new: dict[str, str]
) -> None:
    names = ("content", "templates", "build", "cache")
    options = Options("2025-06-30", *(tmp_path / name for name in names), keep_going=True)
    (tmp_path / "content").mkdir()
    write(tmp_path, old)
    build(options)
    old_pages = {path for path in tree(options.output) if path.endswith(".html")}
    assert [*broken_links(options.output, old_pages)] == []
    for name in ("build", "cache"):
        shutil.copytree(tmp_path / name, tmp_path / f"old-{name}")
    write(tmp_path, new)
    steps_left = [0]

    def stepping(real: Any) -> Any:
        def step(*arguments: Any, **keywords: Any) -> Any:
            steps_left[0] -= 1
            if steps_left[0] < 0:
                raise Killed
            return real(*arguments, **keywords)

        return step

    point, broken, finished = 0, [], False
    while not finished:
        for name in ("build", "cache"):
            shutil.rmtree(tmp_path / name)
            shutil.copytree(tmp_path / f"old-{name}", tmp_path / name)
        steps_left[0] = point
        with monkeypatch.context() as patch:
            for name in ("replace", "unlink"):
                patch.setattr(publication.os, name, stepping(getattr(publication.os, name)))
            try:
                build(options)
                finished = True
            except Killed:
                pass
        broken += [f"{point}: {link}" for link in broken_links(options.output, old_pages)]
        point += 1
    assert point > 20
    assert broken == []
    killed_and_built = tree(options.output)
    shutil.rmtree(options.output)
    shutil.rmtree(options.cache)
    build(options)
    assert differences(killed_and_built, tree(options.output)) == []
