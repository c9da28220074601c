"""The site of another generator moves in: nothing of its Markdown is shown raw, no link is dead, every
picture is shown, and every former address is answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from test_links import dangling

from helpers import Site, tree, visible_text
from monograph_site import Options, build
from monograph_site.adopt.adoption import Adoption, adopt
from monograph_site.config import load_config, read_settings
from monograph_site.model.finding import Finding, Severity
from old_sites import OLD_SITES

MARKS = ("[[", "{{", "{%", ":::", "!!!", "???", "===", "+++", "~2~", "^9^", "==", "%%", "--8<--")
USUAL_WARNINGS = {"foreign-value", "unknown-shortcode", "missing-alt-text"}


class MovedSite(NamedTuple):
    """A site after it moved in and was built."""

    site: Site
    adoption: Adoption
    findings: tuple[Finding, ...]
    changed: list[str]
    """Files of the old site that differ from before."""


@pytest.fixture(scope="session")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], MovedSite]:
    """`moved("Hugo")`: each site moves in and is built once a session."""

    @cache
    def move(name: str) -> MovedSite:
        old = OLD_SITES[name]
        folder = tmp_path_factory.mktemp(name.lower())
        root = folder / "Ward notes"
        for path, data in old.files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data if isinstance(data, bytes) else data.encode())
        before = tree(root)
        adoption = adopt(root)
        (adoption.site.content / "site.yaml").write_text(adoption.site_yaml, encoding="utf-8")
        after = tree(root)
        site = Site(folder)
        places = {"cache": folder / "cache", "templates": folder / "none", "output": site.output}
        summary = build(Options("2025-01-31", content=adoption.site.content, **places))
        changed = [path for path in after if before.get(path) != after[path]]
        return MovedSite(site, adoption, summary.findings, changed)

    return move


pytestmark = pytest.mark.parametrize("name", OLD_SITES)


def test_it_is_recognised_and_only_site_yaml_is_written(
    moved: Callable[[str], MovedSite], name: str
) -> None:
    result = moved(name)
    assert result.adoption.site.tool == name
    assert len(OLD_SITES[name].files) >= 10
    content = OLD_SITES[name].content
    assert result.changed == ["site.yaml" if content == "." else f"{content}/site.yaml"]


def test_it_is_built_without_an_error(moved: Callable[[str], MovedSite], name: str) -> None:
    findings = moved(name).findings
    assert [str(f) for f in findings if f.severity is Severity.ERROR] == []
    assert {f.name for f in findings if f.severity is Severity.WARNING} <= USUAL_WARNINGS


def test_every_former_address_is_answered(moved: Callable[[str], MovedSite], name: str) -> None:
    site, adoption = moved(name).site, moved(name).adoption
    assert adoption.unanswered == []
    unanswered = []
    for url in OLD_SITES[name].old:
        is_file = url.endswith(".html")
        file = site.file(url) if is_file else site.file(url.rstrip("/") + "/")
        if not file.is_file():
            unanswered.append(url)
    assert unanswered == []


def test_no_mark_is_shown(moved: Callable[[str], MovedSite], name: str) -> None:
    site = moved(name).site
    texts = {url: visible_text(site.html(url)) for url in site.pages()}
    assert [(url, mark) for url, text in texts.items() for mark in MARKS if mark in text] == []
    absent = OLD_SITES[name].absent
    assert [(url, word) for url, text in texts.items() for word in absent if word in text] == []


def test_no_link_is_dead(moved: Callable[[str], MovedSite], name: str) -> None:
    result = moved(name)
    content = result.adoption.site.content
    base = load_config(read_settings(content))[0].base_path
    assert dangling(result.site, base) == []


def test_every_picture_is_shown(moved: Callable[[str], MovedSite], name: str) -> None:
    site = moved(name).site
    shown = {
        source
        for url in site.pages()
        for source in re.findall(r'<img[^>]* src="([^"]*/files/[^"]+)"', site.html(url))
    }
    assert len(shown) == OLD_SITES[name].pictures
    published = {path.name for path in (site.output / "files").iterdir()}
    assert {Path(source).name for source in shown} <= published


def test_drugs_are_drugs_and_procedures_are_pages(
    moved: Callable[[str], MovedSite], name: str
) -> None:
    site, old = moved(name).site, OLD_SITES[name]
    assert set(site.by_kind("drug")) == set(old.drugs)
    for url in old.pages:
        assert site.file(url).is_file(), url
    listing = site.html("/drugs/")
    assert [url for url in old.drugs if f'{url}"' not in listing] == []
