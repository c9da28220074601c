# ruff: noqa: E501 (each content file is on one line)
"""Small folders in the manner of six other tools, in our own words: built without any settings, every
page is made under its kind, nothing is delisted, no link is dead, and the findings are few."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pytest
from test_links import dangling

from helpers import Site
from old_sites import drug, toml, yaml


class Convention(NamedTuple):
    """A folder, and what becomes of it."""

    files: Mapping[str, str]
    drugs: tuple[str, ...]
    """Addresses of the pages that are drugs."""
    pages: tuple[str, ...] = ()
    """Addresses of the others."""
    absent: tuple[str, ...] = ()
    """Addresses of files that are not for readers."""


HUGO = Convention(
    {
        "_index.md": toml('title = "Ward book"') + "\nStart with [our drugs](drugs/_index.md).\n",
        "drugs/_index.md": toml('title = "Drugs"', "weight = 1") + "\nAll that we keep.\n",
        "drugs/examplin.md": drug(
            toml('title = "Examplin"', "date = 2024-05-06T10:00:00+02:00", "draft = false", 'aliases = ["/old/examplin/"]', "[params]", 'keeper = "Ward 3"'),
            "Examplin",
            "\nSee also [the other one](../samplol/) and [pain](/guides/pain/#what-helps--what-not).\n",
        ),
        "drugs/samplol/index.md": drug(
            toml('title = "Samplol"', 'tags = ["pain"]', 'publishDate = "2024-01-01"'), "Samplol"
        ),
        "drugs/testine.md": drug(toml('title = "Testine"', "draft = true"), "Testine"),
        "drugs/oldine.md": drug(toml('title = "Oldine"', "expiryDate = 2020-01-01"), "Oldine"),
        "drugs/newine.md": drug('{\n  "title": "Newine",\n  "weight": 3\n}\n', "Newine"),
        "guides/_index.md": toml('title = "Guides"') + "\nRead [on pain](pain.md).\n",
        "guides/pain.md": toml('title = "Pain"') + "\n## What helps & what not\n\nRest.\n\n## Indications\n\nAny pain.\n",
        "about.md": toml('title = "About"') + "\nBy us.\n",
    },
    ("/drugs/examplin/", "/drugs/samplol/", "/drugs/newine/"),
    ("/guides/", "/guides/pain/", "/about/"),
    ("/drugs/testine/", "/drugs/oldine/"),
)  # fmt: skip
ZOLA = Convention(
    {
        "_index.md": toml('title = "Notes"', 'sort_by = "weight"') + "\nHello.\n",
        "medications/_index.md": toml('title = "Medications"', "insert_anchor_links = 'right'") + "\nWhat we give.\n",
        "medications/examplin.md": drug(
            toml('title = "Examplin"', "date = 2024-05-06", "[taxonomies]", 'classes = ["opioids"]', "[extra]", 'reviewed = "yes"'),
            "Examplin",
            "\n[Samplol](@/medications/samplol.md) is another, [testine](testine.md) too.\n".replace("@/", "/"),
        ),
        "medications/samplol.md": drug(toml('title = "Samplol"', "updated = 2024-05-07"), "Samplol"),
        "medications/testine.md": drug(toml('title = "Testine"', 'slug = "testine-iv"'), "Testine"),
        "procedures/_index.md": toml('title = "Procedures"') + "\nHow to.\n",
        "procedures/drain.md": toml('title = "Drain"') + "\n## Indications\n\nAir.\n\n## Contraindications\n\nNone.\n",
    },
    ("/medications/examplin/", "/medications/samplol/", "/medications/testine-iv/"),
    ("/medications/", "/procedures/", "/procedures/drain/"),
)  # fmt: skip
JEKYLL = Convention(
    {
        "index.md": yaml("layout: home", "title: Formulary") + "\nWelcome to it.\n",
        "drugs/examplin.md": drug(
            yaml("layout: drug", "title: Examplin", "permalink: /meds/examplin/", "published: true", "date: 06-05-2024 ", "categories: pain", "redirect_from: /e/"),
            "Examplin",
        ),
        "drugs/samplol.md": drug(yaml("title: Samplol", "status: Published", "kind: Analgesic"), "Samplol", "\n{% comment %}check{% endcomment %}\nSee [examplin](examplin.html).\n"),
        "drugs/testine.md": drug(yaml("title: Testine", "published: false"), "Testine"),
        "_drafts/idea.md": yaml("title: Idea") + "\nNot yet.\n",
        "about.md": yaml("layout: page", "title: About") + "\nBy [the ward](index.md).\n",
    },
    ("/meds/examplin/", "/drugs/samplol/"),
    ("/about/",),
    ("/drugs/testine/", "/_drafts/idea/", "/idea/"),
)  # fmt: skip
MKDOCS = Convention(
    {
        "index.md": "# Handbook\n\nSee the [medications](Medications/index.md) or [one](Medications/My%20Drug%20File.md#adult-dosing).\n",
        "Medications/index.md": "# Medications\n\n- [Examplin](examplin.md)\n- [My drug](<My Drug File.md>)\n",
        "Medications/examplin.md": drug("# Examplin\n", "Examplin", "\nUp: [all](./index.md), [home](../index.md).\n"),
        "Medications/My Drug File.md": drug("# My drug\n", "My drug", '\n<a href="../examplin/">Examplin</a>\n'),
        "Guides/README.md": "# Guides\n\nText.\n",
        "Guides/start.md": yaml("hide: [toc]", "icon: material/pill") + "\n# Start\n\nBack to the [guides](README.md).\n",
    },
    ("/medications/examplin/", "/medications/my-drug-file/"),
    ("/medications/", "/guides/", "/guides/start/"),
)  # fmt: skip
STARLIGHT = Convention(
    {
        "index.md": yaml("title: Reference", "template: splash", "hero: {tagline: All of it}") + "\nStart with [the first drug](drugs/examplin/).\n",
        "drugs/examplin.md": drug(
            yaml("title: Examplin", "genericName: examplinum", "brandName: [Examplo]", "drugClass: opioid", "sidebar: {order: 1}", "lastUpdated: 2024-05-06", "reviewedBy: A. Nurse", "lastReviewed: 2024-05-06", "keyPoints: [Works fast, 'Sedates, at night']"),
            "Examplin",
        ),
        "drugs/samplol/index.md": drug(yaml("title: Samplol", "draft: false"), "Samplol", "\n[The first](/drugs/examplin/) is like it.\n"),
        "guides/intro.md": yaml("title: Intro", "slug: guides/introduction") + "\nText.\n",
        "guides/next.md": yaml("title: Next") + "\nAfter [the intro](./intro.md).\n",
    },
    ("/drugs/examplin/", "/drugs/samplol/"),
    ("/guides/next/",),
)  # fmt: skip
OBSIDIAN = Convention(
    {
        "README.md": "# Vault\n\nOpen [[Examplin]].\n",
        "Pharmacology/Drugs/Examplin.md": drug(
            yaml("aliases: [Examplo, Ex Two]", "tags: [drug, pain]", "cssclasses: wide"), "Examplin", "\n%%to check%%\nSee [[My Other Drug|the other]] and [[Pain#Causes]].\n"
        ),
        "Pharmacology/Drugs/My Other Drug.md": drug(yaml("tags: drug"), "It", "\nLike [Examplin](Examplin.md).\n"),
        "Pharmacology/Drugs/Unfinished.md": yaml("status: draft") + "\nTo write.\n",
        "Diseases/Pain.md": "# Pain\n\n## Causes\n\nMany.\n\n## FAQ\n\n**Does it end?** Yes.\n",
        "Diseases/Back pain.md": "Kind of [pain](Pain.md).\n",
    },
    ("/pharmacology/drugs/examplin/", "/pharmacology/drugs/my-other-drug/"),
    ("/diseases/pain/", "/diseases/back-pain/"),
    ("/pharmacology/drugs/unfinished/",),
)  # fmt: skip
CONVENTIONS = {
    "Hugo": HUGO,
    "Zola": ZOLA,
    "Jekyll": JEKYLL,
    "MkDocs": MKDOCS,
    "Starlight": STARLIGHT,
    "Obsidian": OBSIDIAN,
}


@pytest.mark.parametrize("name", CONVENTIONS)
def test_a_folder_of_another_tool(tmp_path: Path, name: str) -> None:
    convention = CONVENTIONS[name]
    site = Site(tmp_path)
    for path, text in convention.files.items():
        site.write(path, text)
    site.build()
    assert dangling(site, "/") == []
    for url in (*convention.drugs, *convention.pages):
        assert site.file(url).is_file(), url
    for url in convention.absent:
        assert not site.file(url).is_file(), url
    kinds = {
        url: site.json(url)["kind"]
        for url in (*convention.drugs, *convention.pages)
        if site.file(url, "index.json").is_file()
    }
    assert {url for url, kind in kinds.items() if kind == "drug"} == set(convention.drugs)
    assert not [url for url in convention.drugs if "This is not a monograph" in site.html(url)]
    assert not [url for url in convention.drugs if 'content="noindex' in site.html(url)]
    warnings = {
        finding["name"] for finding in site.summary["diagnostics"] if finding["severity"] != "info"
    }
    assert warnings <= {"foreign-value", "review-overdue"}
    texts = [site.html(url) for url in site.pages()]
    assert not [
        mark
        for mark in ("%%", "+++", "[[", "{%", "to check")
        if any(mark in text for text in texts)
    ]
