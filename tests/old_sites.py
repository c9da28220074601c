# ruff: noqa: E501 (each content file is on one line)
"""Small sites of six other generators, each with its own configuration and in our own words, and the
addresses that its generator gave to its pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
"""A picture in PNG, one pixel wide and high."""


def drug(head: str, name: str, more: str = "") -> str:
    """A content file about a medicine."""
    return (
        f"{head}\n## Indications\n\n{name} relieves pain.\n\n## Contraindications / Avoid\n\n"
        f"Allergy to it.\n\n## Adult dosing\n\n5 mg at night.\n\n## ADRs\n\nSleep.\n{more}"
    )


def yaml(*lines: str) -> str:
    """Front matter in YAML."""
    return "\n".join(("---", *lines, "---", ""))


def toml(*lines: str) -> str:
    """Front matter in TOML."""
    return "\n".join(("+++", *lines, "+++", ""))


class OldSite(NamedTuple):
    """A site that moves in, and what becomes of it."""

    content: str
    """The content folder, from the top of the repository."""
    files: Mapping[str, str | bytes]
    old: tuple[str, ...]
    """The addresses that its generator made."""
    drugs: tuple[str, ...]
    """Addresses of the new pages that are drugs."""
    pages: tuple[str, ...]
    """Addresses of the others, listings left out."""
    absent: tuple[str, ...] = ()
    """Words of texts that are not for readers."""
    pictures: int = 0
    """Pictures that pages show."""


HUGO = OldSite(
    "content",
    {
        "hugo.toml": 'baseURL = "https://ward.example/book/"\nlanguageCode = "en-gb"\ntitle = "Ward book"\n[permalinks]\nnews = "/:year/:month/:slug/"\n[params]\ndescription = "All that the ward uses"\n[[menus.main]]\nname = "Guides"\npageRef = "/guides"\nweight = 2\n[[menus.main]]\nname = "Our drugs"\npageRef = "/drugs"\nweight = 1\n[[menus.main]]\nname = "Hospital"\nurl = "https://hospital.example/"\nweight = 3\n',
        "static/_redirects": "# of the host\n/start /guides/pain/ 301\n/all/* /drugs/:splat 301\n/shop https://shop.example/ 302\n",
        "static/img/pill.png": PIXEL,
        "archetypes/default.md": '+++\ntitle = "{{ replace .Name }}"\n+++\n',
        "content/_index.md": toml('title = "Ward book"', 'aliases = ["/home/"]') + "\nStart with [our drugs](drugs/_index.md).\n",
        "content/drugs/_index.md": toml('title = "Drugs"') + "\nAll that we keep.\n",
        "content/drugs/Examplin (oral).md": drug(toml('title = "Examplin"', "date = 2024-05-06T10:00:00+02:00", 'aliases = ["/old/examplin/", "examplin-2"]', 'tags = ["Pain relief", "night"]'), "Examplin", '\nSee [samplol]({{< ref "samplol/index.md" >}}).\n\n{{< figure src="/img/pill.png" alt="The pill" caption="White" >}}\n\n{{< note >}}\nKeep it dry.\n{{< /note >}}\n'),
        "content/drugs/samplol/index.md": drug(toml('title = "Samplol"', 'tags = ["night"]'), "Samplol", "\n![Box](box.png)\n\nTake {{< dose adult=\"5 mg\" >}} of it.\n"),
        "content/drugs/samplol/box.png": PIXEL + b" ",
        "content/drugs/testine.md": drug(toml('title = "Testine"', "draft = true"), "Testine", "\nTestine is secret.\n"),
        "content/drugs/newine.md": drug('{\n  "title": "Newine",\n  "slug": "newine-iv"\n}\n', "Newine"),
        "content/guides/pain.md": toml('title = "Pain"') + "\n## What helps & what not\n\n> [!WARNING]\n> Ask first.\n\nRest, H~2~O and ==sleep==.\n\n## Indications\n\nAny pain.\n",
        "content/guides/drains.md": toml('title = "Chest drain"') + "\n## Indications\n\nAir.\n\n- [ ] Wash hands\n- [x] Gloves\n",
        "content/news/first.md": yaml("title: First news", "date: 2023-04-05") + "\nRead [on pain](/guides/pain/#what-helps--what-not).\n",
        "content/news/second.md": yaml("title: Second news", "date: 2023-06-07", "url: /special/news.html") + "\nMore {{% undefined %}}text{{% /undefined %}}.\n",
        "content/about.md": toml('title = "About"') + "\nBy us.\n",
    },
    (
        "/", "/home/", "/drugs/", "/drugs/examplin-oral/", "/old/examplin/", "/drugs/examplin-2", "/drugs/samplol/", "/drugs/newine-iv/", "/guides/", "/guides/pain/", "/guides/drains/",
        "/news/", "/2023/04/first/", "/special/news.html", "/about/", "/start", "/shop", "/tags/", "/tags/pain-relief/", "/tags/night/",
    ),
    ("/drugs/examplin-(oral)/", "/drugs/samplol/", "/drugs/newine-iv/"),
    ("/guides/pain/", "/guides/drains/", "/2023/04/first/", "/2023/06/second/", "/about/"),
    ("secret",),
    2,
)  # fmt: skip
ZOLA = OldSite(
    "content",
    {
        "config.toml": 'base_url = "https://notes.example"\ntitle = "Notes"\ndescription = "Notes of a ward"\ndefault_language = "en"\ntaxonomies = [{name = "classes"}]\n[extra]\nmenu = [{url = "medications", name = "Meds"}, {url = "$BASE_URL/procedures/", name = "How to"}, {url = "gone", name = "Gone"}]\n',
        "static/img/pill.png": PIXEL,
        "templates/index.html": "{% block content %}{% endblock %}",
        "content/_index.md": toml('title = "Notes"', 'sort_by = "weight"') + "\nHello.\n",
        "content/medications/_index.md": toml('title = "Medications"') + "\nWhat we give.\n",
        "content/medications/examplin_oral.md": drug(toml('title = "Examplin"', "date = 2024-05-06", 'aliases = ["meds/examplin"]', "[taxonomies]", 'classes = ["Weak opioids"]'), "Examplin", "\n[Samplol](@/medications/samplol.md) is another, [testine](@/medications/testine.md#adult-dosing) too.\n\n{{ img(src=\"/img/pill.png\" alt=\"A pill\") }}\n"),
        "content/medications/samplol.md": drug(toml('title = "Samplol"'), "Samplol", "\n{% warning(title=\"Stop\") %}\nNot with {{ dose(x=1) }}alcohol.\n{% end %}\n"),
        "content/medications/testine.md": drug(toml('title = "Testine"', 'slug = "testine-iv"'), "Testine"),
        "content/medications/draftine.md": drug(toml('title = "Draftine"', "draft = true"), "Draftine", "\nIt is secret.\n"),
        "content/procedures/_index.md": toml('title = "Procedures"') + "\nHow to.\n",
        "content/procedures/Chest Drain.md": toml('title = "Drain"') + "\n## Indications\n\nAir.\n\n## Contraindications\n\nNone.[^1]\n\n[^1]: As far as known.\n",
        "content/procedures/2024-05-06-lumbar.md": toml('title = "Lumbar puncture"') + "\nSee [the drain](<./Chest Drain.md>).\n",
        "content/procedures/line/index.md": toml('title = "Line"', 'path = "lines/central"') + "\n![Line](line.png)\n\nTerm\n: A word.\n",
        "content/procedures/line/line.png": PIXEL + b" ",
    },
    (
        "/", "/medications/", "/medications/examplin-oral/", "/meds/examplin", "/medications/samplol/", "/medications/testine-iv/", "/procedures/", "/procedures/chest-drain/", "/procedures/lumbar/",
        "/lines/central/", "/classes/", "/classes/weak-opioids/",
    ),
    ("/medications/examplin_oral/", "/medications/samplol/", "/medications/testine-iv/"),
    ("/medications/", "/procedures/", "/procedures/chest-drain/", "/procedures/2024-05-06-lumbar/", "/procedures/line/"),
    ("secret",),
    2,
)  # fmt: skip
JEKYLL = OldSite(
    ".",
    {
        "_config.yml": "title: Formulary\ndescription: >-\n  Drugs of\n  a ward\nurl: https://ward.example\nbaseurl: /formulary\nlang: en\npermalink: /:categories/:title/\nplugins: [jekyll-redirect-from]\nexclude: [Gemfile, notes]\ncollections:\n  drugs:\n    output: true\n    permalink: /meds/:path/\n  internal:\n    output: false\n",
        "_data/navigation.yml": "main:\n  - title: Medicines\n    url: /drugs/\n  - title: About us\n    url: /About/\n",
        "_layouts/drug.html": "{{ content }}",
        "_includes/box.md": "Boxes are shown.\n",
        "assets/pill.png": PIXEL,
        "README.md": "# How to work on this secret site\n",
        "notes/todo.md": yaml("title: To do") + "\nA secret.\n",
        "index.md": yaml("layout: home", "title: Formulary") + "\nWelcome to [the list]({{ site.baseurl }}{% link _drugs/Examplin.md %}).\n",
        "About.md": yaml("layout: page", "title: About") + "\nBy [the ward](index.md).\n\n![Pill]({{ '/assets/pill.png' | relative_url }})\n",
        "_drugs/Examplin.md": drug(yaml("layout: drug", "title: Examplin", "redirect_from: [/e/, /old/examplin.html]"), "Examplin", "\nSee [news]({% post_url 2024-05-06-New-drug %}).\n"),
        "_drugs/pain/samplol.md": drug(yaml("title: Samplol", "status: Published"), "Samplol", "\n{% comment %}check secret{% endcomment %}\n{% include box.md text=\"x\" %}\nText.\n"),
        "_drugs/testine.md": drug(yaml("title: Testine", "published: false"), "Testine", "\nIt is secret.\n"),
        "_drugs/newine.md": drug(yaml("title: Newine", "permalink: /new/newine.html"), "Newine"),
        "_posts/2024-05-06-New-drug.md": yaml("title: A new drug", "categories: [Ward, news]") + "\nText with {{ site.baseurl }}/nothing.\n",
        "_posts/2024-06-07-move.md": yaml("title: We move") + "\nTo a new house.\n",
        "procedures/drain.md": yaml("title: Drain", "permalink: /how-to/drain/") + "\n## Indications\n\nAir.\n",
        "_drafts/idea.md": yaml("title: Idea") + "\nNot yet, secret.\n",
    },
    (
        "/", "/About/", "/meds/Examplin/", "/e/", "/old/examplin.html", "/meds/pain/samplol/", "/new/newine.html", "/ward/news/New-drug/", "/move/", "/how-to/drain/",
    ),
    ("/meds/Examplin/", "/meds/pain/samplol/", "/new/newine/"),
    ("/About/", "/ward/news/New-drug/", "/move/", "/how-to/drain/"),
    ("secret",),
    1,
)  # fmt: skip
MKDOCS = OldSite(
    "docs",
    {
        "mkdocs.yml": "site_name: Handbook\nsite_url: https://hospital.example/handbook/\nsite_description: Of a ward\nrepo_url: https://git.example/handbook\ntheme:\n  name: material\n  language: en\nnav:\n  - Home: index.md\n  - Drugs:\n      - Medications/index.md\n      - Medications/examplin.md\n  - Start here: Guides/start.md\n  - Hospital: https://hospital.example/\nplugins:\n  - search\n  - redirects:\n      redirect_maps:\n        'old/examplin.md': 'Medications/examplin.md'\n        'old/start.md': 'Guides/start.md#first-things'\n        'site.md': 'https://hospital.example/'\nmarkdown_extensions:\n  - admonition\n  - pymdownx.emoji:\n      emoji_index: !!python/name:material.extensions.emoji.twemoji\nexclude_docs: |\n  /internal/\n  *.tmpl.md\n",
        "docs/index.md": "# Handbook\n\nSee the [medications](Medications/index.md) or [one](Medications/My%20Drug%20File.md#adult-dosing).\n",
        "docs/img/pill.png": PIXEL,
        "docs/Medications/index.md": "# Medications\n\n- [Examplin](examplin.md)\n- [My drug](<My Drug File.md>)\n",
        "docs/Medications/examplin.md": drug("# Examplin\n", "Examplin", '\nUp: [all](./index.md), [home](../index.md).\n\n!!! danger "Stop"\n    Not with alcohol.\n\n![Pill](../img/pill.png){ width=200 }\n'),
        "docs/Medications/My Drug File.md": drug("# My drug\n", "My drug", '\n<a href="../examplin/">Examplin</a>\n\n??? note "More"\n    Of it, 10^9^/L.\n'),
        "docs/Medications/Samplol.md": drug("# Samplol\n", "Samplol", '\n=== "Adult"\n\n    5 mg\n\n=== "Child"\n\n    2 mg\n\n--8<-- "includes/end.md"\n'),
        "docs/Guides/README.md": "# Guides\n\nText.\n\n*[BP]: blood pressure\n\nBP is measured.\n",
        "docs/Guides/start.md": yaml("hide: [toc]", "icon: material/pill") + "\n# Start\n\n## First things\n\nBack to the [guides](README.md). :warning: :material-pill:\n",
        "docs/Guides/drain.md": "# Chest drain\n\n## Indications\n\nAir.\n\n## Contraindications\n\nNone { .small }\n",
        "docs/internal/plan.md": "# Plan\n\nA secret.\n",
        "docs/Guides/drug.tmpl.md": "# Template\n\nA secret.\n",
    },
    (
        "/", "/Medications/", "/Medications/examplin/", "/Medications/My Drug File/", "/Medications/Samplol/", "/Guides/", "/Guides/start/", "/Guides/drain/", "/old/examplin/", "/old/start/", "/site/",
    ),
    ("/Medications/examplin/", "/Medications/My-Drug-File/", "/Medications/Samplol/"),
    ("/Medications/", "/Guides/", "/Guides/start/", "/Guides/drain/"),
    ("secret",),
    1,
)  # fmt: skip
STARLIGHT = OldSite(
    "src/content/docs",
    {
        "astro.config.mjs": "// @ts-check\nimport { defineConfig } from 'astro/config';\nimport starlight from '@astrojs/starlight';\n\nexport default defineConfig({\n  site: 'https://ward.example',\n  base: '/reference', // below the ward's site\n  redirects: {\n    '/old/examplin': '/drugs/examplin/',\n    '/intro': { status: 302, destination: '/guides/introduction' },\n  },\n  integrations: [\n    starlight({\n      title: \"Reference\",\n      description: 'Drugs, and what to do',\n      social: [{ icon: 'github', label: 'GitHub', href: process.env.REPO ?? 'https://git.example' }],\n      sidebar: [\n        { label: 'Medicines', autogenerate: { directory: 'drugs' } },\n        { label: 'How to', items: ['guides/introduction', { label: 'Next', slug: 'guides/next' }] },\n        { label: 'Ward', link: 'https://ward.example/' },\n      ],\n    }),\n  ],\n});\n",
        "src/content.config.ts": "import { docsLoader } from '@astrojs/starlight/loaders';\nexport const collections = { docs: defineCollection({ loader: docsLoader() }) };\n",
        "public/img/pill.png": PIXEL,
        "src/assets/box.png": PIXEL + b" ",
        "src/content/docs/index.md": yaml("title: Reference", "template: splash", "hero: {tagline: All of it}") + "\nStart with [the first drug](drugs/examplin/).\n",
        "src/content/docs/drugs/examplin.md": drug(yaml("title: Examplin", "genericName: examplinum", "brandName: [Examplo]", "sidebar: {order: 1}", "lastUpdated: 2024-05-06"), "Examplin", "\n:::caution[Stop]\nNot with alcohol.\n:::\n\n![Pill](/img/pill.png)\n"),
        "src/content/docs/drugs/Samplol (IV)/index.md": drug(yaml("title: Samplol", "draft: false"), "Samplol", "\n[The first](/drugs/examplin/) is like it.\n\n![Box](../../../../assets/box.png)\n"),
        "src/content/docs/drugs/testine.md": drug(yaml("title: Testine", "draft: true"), "Testine", "\nIt is secret.\n"),
        "src/content/docs/drugs/newine.md": drug(yaml("title: Newine", "slug: new/newine"), "Newine"),
        "src/content/docs/guides/intro.md": yaml("title: Intro", "slug: guides/introduction") + "\nText.\n\n:::tip\nRead on.\n:::\n",
        "src/content/docs/guides/next.md": yaml("title: Next") + "\nAfter [the intro](./intro.md).\n\n<details>\n<summary>More</summary>\n\nOf **it**.\n\n</details>\n",
        "src/content/docs/guides/Chest Drain.md": yaml("title: Chest drain") + "\n## Indications\n\nAir.\n",
    },
    (
        "/", "/drugs/examplin/", "/drugs/samplol-iv/", "/new/newine/", "/guides/introduction/", "/guides/next/", "/guides/chest-drain/", "/old/examplin", "/intro",
    ),
    ("/drugs/examplin/", "/drugs/samplol-(iv)/", "/drugs/new/newine/"),
    ("/guides/introduction/", "/guides/next/", "/guides/chest-drain/"),
    ("secret",),
    2,
)  # fmt: skip
OBSIDIAN = OldSite(
    ".",
    {
        ".obsidian/app.json": '{"attachmentFolderPath": "Files", "userIgnoreFilters": ["Private/"]}',
        ".obsidian/templates.json": '{"folder": "Templates"}',
        ".obsidian/publish.json": '{"siteId": "1", "host": "publish-01.obsidian.md"}',
        "README.md": "# Vault\n\nOpen [[Examplin]].\n",
        "Files/pill.png": PIXEL,
        "Templates/Drug.md": "# {{title}}\n\nA secret.\n",
        "Private/Diary.md": "A secret.\n",
        "Pharmacology/Drugs/Examplin.md": drug(yaml("aliases: [Examplo, Ex Two]", "tags: [drug, pain]", "cssclasses: wide"), "Examplin", "\n%%to check, secret%%\nSee [[My Other Drug|the other]] and [[Pain#Causes]].\n\n![[pill.png]]\n\n> [!danger] Stop\n> Not with alcohol.\n"),
        "Pharmacology/Drugs/My Other Drug.md": drug(yaml("tags: drug"), "It", "\nLike [Examplin](Examplin.md). ==Important.==\n"),
        "Pharmacology/Drugs/Unfinished.md": yaml("status: draft") + "\nTo write, secret.\n",
        "Pharmacology/Drugs/Samplol.md": drug("", "Samplol", "\nAlso [[Ex Two]] and [[Pharmacology/Drugs/Examplin]].\n"),
        "Diseases/Pain.md": "# Pain\n\n## Causes\n\nMany, as $x^2$ shows. #pain\n\n## FAQ\n\n**Does it end?** Yes.\n",
        "Diseases/Back pain.md": "Kind of [pain](Pain.md).\n\n- [ ] Ask\n- [x] Look\n",
        "Procedures/Drain.md": "## Indications\n\nAir. ^block\n\nmood:: good\n",
    },
    (
        "/Pharmacology/Drugs/Examplin", "/Pharmacology/Drugs/My+Other+Drug", "/Pharmacology/Drugs/Samplol", "/Diseases/Pain", "/Diseases/Back+pain", "/Procedures/Drain", "/README",
    ),
    ("/Pharmacology/Drugs/Examplin/", "/Pharmacology/Drugs/My-Other-Drug/", "/Pharmacology/Drugs/Samplol/"),
    ("/Diseases/Pain/", "/Diseases/Back-pain/", "/Procedures/Drain/"),
    ("secret",),
    1,
)  # fmt: skip
OLD_SITES = {
    "Hugo": HUGO,
    "Zola": ZOLA,
    "Jekyll": JEKYLL,
    "MkDocs": MKDOCS,
    "Starlight": STARLIGHT,
    "Obsidian": OBSIDIAN,
}
