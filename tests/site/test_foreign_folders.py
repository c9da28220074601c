"""Content as other tools keep it: every page is made, and no link that `check` passes is dead."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from test_links import dangling

from helpers import Site, run_cli

FRONT = "---\ntitle: {}\n---\n\n"
USES = "## Indications\n\nFor pain.\n\n## Side effects & risks\n\nSleep.\n"


def site_of(folder: Path, files: Mapping[str, str], *options: str) -> Site:
    site = Site(folder)
    for path, text in files.items():
        site.write(path, text)
    site.build(*options)
    return site


def body_links(*links: str) -> str:
    return "# Examplin\n\n## Indications\n\n" + " and\n".join(links) + ".\n"


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("[other page](épi.md)", "/med/drugs/%C3%A9pi/"),
        ("[other page](%C3%A9pi.md)", "/med/drugs/%C3%A9pi/"),
        ("[other page](<two words.md>)", "/med/drugs/two-words/"),
        ("[other page](two%20words.md#side-effects--risks)", "/med/drugs/two-words/#side-effects-risks"),
        ("[other page](two%20words)", "/med/drugs/two-words/"),
        ("[other page](two-words)", "/med/drugs/two-words/"),
        ("[other page](./My%20Drug%20File.md)", "/med/drugs/my-drug-file/"),
        ("[other page](my%20drug%20file)", "/med/drugs/my-drug-file/"),
        ("[other page](/drugs/two%20words.md)", "/med/drugs/two-words/"),
        ("[other page](moved.md)", "/med/elsewhere/"),
        ("[other page](moved.md#indications)", "/med/elsewhere/#indications"),
        ("[other page](../drugs/)", "/med/drugs/"),
        ("[other page](../cardio)", "/med/cardio/"),
        ("[other page](../cardio/README.md)", "/med/cardio/"),
        ("[other page](heart.html)", None),
        ("[other page](../cardio/heart.html)", "/med/cardio/heart/"),
        ("[other page](../cardio/heart/)", "/med/cardio/heart/"),
        ("[this page](#Indications)", "#indications"),
        ('<a href="two%20words.md">other page</a>', "/med/drugs/two-words/"),
        ('<a href="/cardio/heart/">other page</a>', "/med/cardio/heart/"),
        ('<a name="Here"></a> [this page](#Here)', "#here"),
    ],
)  # fmt: skip
def test_a_link_leads_to_the_page_of_the_file_it_names(
    tmp_path: Path, link: str, address: str | None
) -> None:
    files = {
        "drugs/examplin.md": body_links(link),
        "drugs/épi.md": FRONT.format("Epi") + USES,
        "drugs/two words.md": FRONT.format("Two words") + USES,
        "drugs/My Drug File.md": FRONT.format("My drug") + USES,
        "drugs/moved.md": "---\ntitle: Moved\npermalink: /elsewhere/\n---\n" + USES,
        "cardio/README.md": "# Cardio\n\nRead [the heart](heart).\n",
        "cardio/heart.md": "# Heart\n\nText.\n",
    }
    site = Site(tmp_path)
    for path, text in files.items():
        site.write(path, text)
    site.build("--base-url", "/med/", "--keep-going", code=0 if address else 1)
    page = site.html("/drugs/examplin/index.html")
    findings = {finding["name"] for finding in site.summary["diagnostics"]}
    if address is None:
        assert "broken-link" in findings
        return
    assert not {"broken-link", "broken-anchor"} & findings
    assert f'href="{address}"' in page
    assert dangling(site, "/med/") == []


def test_the_page_of_a_folder_introduces_its_list(tmp_path: Path) -> None:
    files = {
        "_index.md": "+++\ntitle = 'Ward notes'\n+++\nWelcome to the ward. See [drugs](drugs/_index.md).\n",
        "README.md": "# About the repository\n\nHow to edit.\n",
        "drugs/_index.md": "+++\ntitle = 'All our drugs'\n+++\nWe give [Examplin](examplin.md).\n",
        "drugs/examplin.md": FRONT.format("Examplin") + USES,
        "drugs/leafin/index.md": FRONT.format("Leafin") + "## Overview\n\nUp: [it](../examplin.md).\n",
        "guides/index.md": "# Guides\n\nRead [the first](first.md).\n",
        "guides/first.md": "# First\n\nBack to [all](index.md) or [home](../README.md).\n",
        "guides/all.md": "# Guides\n\nThe title of the folder's page.\n",
    }  # fmt: skip
    site = site_of(tmp_path, files)
    assert dangling(site, "/") == []
    home, drugs = site.html("/index.html"), site.html("/drugs/index.html")
    assert "Welcome to the ward." in home
    assert "<h1>All our drugs</h1>" in drugs
    assert 'We give <a href="/drugs/examplin/">' in drugs
    assert drugs.count("<li><h2><a href=") == 2, "Examplin and Leafin"
    assert "kind-drug" in site.html("/drugs/leafin/index.html")
    assert "How to edit." in site.html("/readme/index.html")
    assert {url for url in site.pages() if "index/" in url} == set()
    findings = run_cli("check", "--format", "line", cwd=site.root).stdout
    assert " E" not in findings
    assert "duplicate-title" not in findings


def test_an_alias_takes_no_page_away(tmp_path: Path) -> None:
    files = {
        "drugs/ok.md": FRONT.format("Okin") + USES,
        "drugs/other.md": "---\ntitle: Otherin\naliases: [/drugs/ok/, /a-z/, /old/]\n---\n" + USES,
    }
    site = site_of(tmp_path, files)
    assert "Okin" in site.html("/drugs/ok/index.html")
    assert "Otherin" in site.html("/drugs/other/index.html")
    assert "/drugs/other/" in site.html("/old/index.html")
    findings = run_cli("check", "--format", "line", cwd=site.root).stdout
    assert findings.count("W423 alias-in-use") == 2


@pytest.mark.parametrize(
    ("slug", "address"),
    [("a/b", "/drugs/a/b/"), ("/guides/start", "/guides/start/"), ("/", "/drugs/examplin/")],
)
def test_a_slug_that_is_a_path(tmp_path: Path, slug: str, address: str) -> None:
    text = f"---\ntitle: Examplin\nslug: {slug}\n---\n{USES}"
    site = site_of(
        tmp_path,
        {
            "drugs/examplin.md": text,
            "drugs/b.md": body_links("[the other page](examplin.md)").replace("Examplin", "Befin"),
        },
    )
    assert "Examplin" in site.html(f"{address}index.html")
    assert dangling(site, "/") == []


def test_a_link_to_a_page_without_a_translation_leads_to_the_original(tmp_path: Path) -> None:
    built = site_of(
        tmp_path,
        {
            "site.yaml": "languages: [es]\n",
            "guides/a.md": "---\ntitle: A\n---\n## Part\n\nText.\n",
            "es/guides/b.md": "---\ntitle: B\n---\nVea [la guía](/es/guides/a/#part).\n",
        },
    )
    assert 'href="/guides/a/#part"' in built.html("/es/guides/b/")
    assert dangling(built, "/") == []
