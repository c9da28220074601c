"""What site.yaml says of addresses: permalinks by folder, redirects, the menu, static folders, and what
is not content."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from test_links import dangling

from helpers import Site
from monograph_site import Options, build
from monograph_site.config import Collection, Config
from monograph_site.model.finding import Finding

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f64540"
    "0000000049454e44ae426082"
)
PAGE = "---\ntitle: {}\n---\nText.\n"


@pytest.fixture
def built(tmp_path: Path) -> Callable[..., tuple[Site, tuple[Finding, ...]]]:
    """Write content, build it in this process, and give the site and its findings."""

    def run(
        files: dict[str, str | bytes], content: str = "content"
    ) -> tuple[Site, tuple[Finding, ...]]:
        site = Site(tmp_path)
        for path, data in files.items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data if isinstance(data, bytes) else data.encode())
        folders = {"output": site.output, "cache": tmp_path / "cache", "templates": tmp_path / "t"}
        summary = build(
            Options("2025-01-31", content=tmp_path / content, keep_going=True, **folders)
        )
        return site, summary.findings

    return run


@pytest.mark.parametrize(
    ("folder", "permalink", "path", "url"),
    [
        (".", "/{folders}/{name}/", "Drugs/My Drug.md", "/Drugs/My-Drug/"),
        (".", "/{folders}/{name}/", "Drugs/sub/Index.md", "/Drugs/sub/"),
        (".", "/{folders}/{name}/", "index.md", "/"),
        (".", "/book/{slug}/", "Drugs/My Drug.md", "/book/my-drug/"),
        ("_drugs", "/d/{folders}/{name}/", "_drugs/Old/X.md", "/d/Old/X/"),
        ("_drugs", "/d/{slug}/", "_drugs/index.md", "/d/"),
        ("other", "/o/{slug}/", "_drugs/X.md", "/drugs/x/"),
        ("other", "/o/{slug}/", "_posts/2024-05-06-Pain.md", "/posts/pain/"),
    ],
)
def test_permalinks_by_path(folder: str, permalink: str, path: str, url: str) -> None:
    from monograph_site.config.addresses import slug_of

    config = Config(collections={folder: Collection(permalink=permalink)})
    assert config.url_for(path, slug_of(path, config)) == url


def test_permalinks_by_date_category_and_title(
    built: Callable[..., tuple[Site, tuple[Finding, ...]]],
) -> None:
    site, findings = built(
        {
            "content/site.yaml": (
                "collections:\n"
                "  _posts: {permalink: '/{categories}/{year}/{month}/{day}/{name}/'}\n"
                "  notes: {permalink: '/{year}/{title}/'}\n"
            ),
            "content/_posts/2024-05-06-Pain.md": "---\ncategories: [Ward, Night]\n---\nSee [b](/b/x.md).\n",
            "content/notes/a.md": "---\ntitle: On *fever*\ndate: 2023-04-05\n---\n[P](../_posts/2024-05-06-Pain.md)\n",
            "content/notes/c/a.md": "---\ntitle: Other\n---\nText.\n",
            "content/b/x.md": "[fever](../notes/a.md), [other](../notes/c/a.md)\n",
            "content/about.md": "---\npermalink: /about-us.html\n---\nText.\n",
        }
    )
    urls = ["/ward/night/2024/05/06/Pain/", "/2023/on-fever/", "/other/", "/about-us/"]
    assert [url for url in urls if not site.file(url).is_file()] == []
    assert 'url=/about-us/"' in site.html("/about-us.html")
    assert dangling(site, "/") == []
    assert 'href="/ward/night/2024/05/06/Pain/"' in site.html("/2023/on-fever/")
    assert [finding.code for finding in findings if finding.code[0] != "I"] == []


def test_redirects_and_menu(built: Callable[..., tuple[Site, tuple[Finding, ...]]]) -> None:
    site, findings = built(
        {
            "content/site.yaml": (
                "redirects:\n  /old/: /drugs/a/\n  /x/y.html: /drugs/#list\n  /away: https://other.example/\n"
                "  /drugs/a/: /drugs/\n  /dead/: /nowhere/\n  /../up/: /drugs/\n"
                "menu: {Our drugs: /drugs/, Ward: 'https://ward.example/', Gone: /gone/}\n"
            ),
            "content/drugs/a.md": "---\ntitle: A\n---\n## Uses\n\nPain. [Old](/old/)\n",
        }
    )
    assert 'url=/drugs/a/"' in site.html("/old/")
    assert 'url=/drugs/#list"' in site.html("/x/y.html")
    assert 'url=https://other.example/"' in site.html("/away/")
    assert '<h1 id="a">A' in site.html("/drugs/a/")
    menu = site.html("/").partition('aria-label="Site"')[2].partition("</nav>")[0]
    assert menu.index("/drugs/") < menu.index("https://ward.example/") < menu.index("/a-z/")
    assert "Gone" not in menu
    stated = [(f.code, f.path, f.span.line) for f in findings if f.path == "site.yaml"]
    assert stated == [
        ("W424", "site.yaml", 5),
        ("W424", "site.yaml", 6),
        ("W424", "site.yaml", 7),
        ("W425", "site.yaml", 8),
    ]
    assert "E405" not in [finding.code for finding in findings]


def test_exclude_and_static(built: Callable[..., tuple[Site, tuple[Finding, ...]]]) -> None:
    picture = "![Pill](/img/pill.png)\n"
    site, findings = built(
        {
            "content/docs/site.yaml": "exclude: [README.md, templates/]\nstatic: ../../files\n",
            "content/docs/a.md": PAGE.format("A") + picture,
            "content/docs/README.md": PAGE.format("Read me"),
            "content/docs/templates/t.md": PAGE.format("T"),
            "files/img/pill.png": PIXEL,
        },
        content="content/docs",
    )
    assert sorted(site.pages()) == ["/", "/404.html", "/a/", "/search/"]
    assert '<img src="/files/pill.' in site.html("/a/")
    assert [finding.code for finding in findings if finding.code == "W419"] == []


@pytest.mark.parametrize("static", ["../../files", "../link"])
def test_a_static_folder_outside_the_repository_or_behind_a_link_is_not_read(
    built: Callable[..., tuple[Site, tuple[Finding, ...]]], tmp_path: Path, static: str
) -> None:
    (tmp_path / "repository/.git").mkdir(parents=True)
    (tmp_path / "repository/link").symlink_to("../files")
    site, _ = built(
        {
            "repository/content/site.yaml": f"static: {static}\n",
            "repository/content/a.md": "![Pill](/pill.png)\n",
            "files/pill.png": PIXEL,
        },
        content="repository/content",
    )
    assert "<img" not in site.html("/a/")
