"""After an edit of templates, the blocks that it cannot change are taken from the published pages,
and the site is that of a clean build."""

from __future__ import annotations

import random
import re
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from helpers import differences, tree, usually
from monograph_site.build.kept_blocks import KeptBlocks
from monograph_site.build.options import Options
from monograph_site.build.pipeline import build
from monograph_site.pages.page import Page
from monograph_site.render.theme import default_folder

PAGE = "/drugs/examplin/"
FILES = {
    "site.yaml": "title: Examples\nbase_url: https://example.org/\n",
    "drugs/examplin.md": "---\ntitle: Examplin\ndescription: For pain.\nclasses: [Analgesics]\n"
    "interactions: [{with: Samplol}]\nreferences:\n"
    "  - {key: one, title: One, url: https://example.com/one}\n"
    "  - {key: two, title: Two, url: https://example.com/two}\n---\n\n"
    "## Uses\n\nPain [@one], as “µg” and [@one; @two].\n\n## Side effects\n\nSickness [@two].\n\n"
    "## FAQs\n\n### Is it sold?\n\nYes.\n",
    "drugs/samplol.md": "---\ntitle: Samplol\ndescription: For fever.\nclasses: [Analgesics]\n"
    "audience: {dose: professional}\n---\n\n## Uses\n\nFever.\n\n## Dosage\n\n5 mg.\n",
    "articles/which.md": "---\ntitle: Which one\ndescription: A choice.\n---\n\n## Question\n\n"
    "Which?\n\n## Answer\n\n[Examplin](../drugs/examplin.md).\n",
    "pages/about.md": "---\ntitle: About\ndescription: Us.\n---\n\nThis site.\n",
}


@pytest.fixture
def options(tmp_path: Path) -> Options:
    """A small site, built with a copy of the default theme."""
    for path, text in FILES.items():
        file = tmp_path / "content" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    shutil.copytree(default_folder(), tmp_path / "templates")
    folders = (tmp_path / name for name in ("content", "templates", "build", "cache"))
    options = Options("2025-06-30", *folders, keep_going=True, search=False)
    build(options)
    return options


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The names of the blocks that were kept, by address of the page."""
    notes: dict[str, list[str]] = {}
    of = KeptBlocks.of

    def noted(self: KeptBlocks, page: Page) -> dict[str, str]:
        blocks = of(self, page)
        notes[page.url.removesuffix("index.html")] = [*blocks]
        return blocks

    monkeypatch.setattr(KeptBlocks, "of", noted)
    return notes


def edit(options: Options, template: str, old: str, new: str) -> None:
    file = options.templates / template
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def assert_like_clean(options: Options) -> None:
    root = options.output.parent
    clean = replace(options, output=root / "clean", cache=root / "clean-cache")
    shutil.rmtree(clean.output, ignore_errors=True)
    shutil.rmtree(clean.cache, ignore_errors=True)
    build(clean)
    assert differences(tree(options.output), tree(clean.output)) == []


ALL = ["head", "header", "main", "footer"]
AROUND = [name for name in ALL if name != "main"]
BODY = '<body class="{% block'
EDITS = {
    "text of the layout": ("base.html", BODY, f"<!-- Edited -->{BODY}", ALL),
    "a value around the blocks": ("base.html", BODY, f"{{{{ monograph is defined }}}}{BODY}", ALL),
    "a block in one of the layout": ("base.html", '<p class="foot-note">', '<p class="x">', ALL[:3]),
    "a block of the layout": ("base.html", '<footer class="foot"', '<footer class="feet"', ALL[:3]),
    "a block of the page": ("monograph.html", "<article", "<!-- Edited --><article", AROUND),
    "what is assigned first": ("monograph.html", '_("Disclaimer")}]', '_("Notice")}]', []),
    "a macro of the header": ("_parts.html", '<form class="search', '<form class="a search', [*ALL[:1], *ALL[2:]]),
    "a macro of the text": ("_parts.html", '<section class="part', '<section class="a part', AROUND),
    "a macro of tables": ("_tables.html", "<thead>", "<thead><!-- -->", AROUND),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_blocks_that_an_edit_cannot_change_are_kept(
    options: Options, kept: dict[str, list[str]], name: str
) -> None:
    template, old, new, expected = EDITS[name]
    edit(options, template, old, new)
    build(options)
    assert kept[PAGE] == expected
    assert_like_clean(options)


def test_back_links_of_citations_stay(options: Options, kept: dict[str, list[str]]) -> None:
    page = options.output / PAGE.strip("/") / "index.html"
    links = re.findall(r'id="cite-\d+-\d+"', page.read_text("utf-8"))
    assert len(links) == 4
    edit(options, "base.html", BODY, f"<!-- Edited -->{BODY}")
    build(options)
    assert "main" in kept[PAGE]
    assert_like_clean(options)
    # Citations outside the block are counted with those in it, now and in the next build.
    cited = '<a href="#ref-1" aria-label="x">x</a>'
    for text in (f"{cited}<!-- Edited -->", "<!-- Edited -->"):
        edit(
            options,
            "base.html",
            f"{cited}<!-- Edited -->" if cited not in text else "<!-- Edited -->",
            text,
        )
        build(options)
        assert_like_clean(options)


def test_a_layout_may_lose_a_block_or_get_one(options: Options) -> None:
    for old, new in (
        ("{% block site_alerts %}{% endblock %}\n", ""),
        ("<main", "{% block site_alerts %}{{ page.title * 99 }}{% endblock %}\n<main"),
        ("{% block main %}{% endblock %}", "{% block all %}{% block main %}{% endblock %}{% endblock %}"),
    ):  # fmt: skip
        edit(options, "base.html", old, new)
        build(options)
        assert_like_clean(options)


def test_a_template_that_fails_leaves_the_site_and_is_not_taken_for_the_last(
    options: Options,
) -> None:
    edit(options, "_parts.html", '<section class="part', '<section class="a part')
    edit(options, "base.html", BODY, f"{{{{ nothing.at.all }}}}{BODY}")
    with pytest.raises(Exception, match="nothing"):
        build(options)
    edit(options, "base.html", "{{ nothing.at.all }}", "")
    build(options)
    assert_like_clean(options)


def test_a_page_that_was_changed_behind_its_signature_is_rendered_as_a_whole(
    options: Options, kept: dict[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = options.output / PAGE.strip("/") / "index.html"
    of = KeptBlocks.of

    def changed_just_now(self: KeptBlocks, asked: Page) -> dict[str, str]:
        content = page.read_bytes()
        page.write_bytes(content.replace(b"Pain", b"Gain"))
        return of(self, asked)

    edit(options, "base.html", BODY, f"<!-- Edited -->{BODY}")
    with monkeypatch.context() as patch:
        patch.setattr(KeptBlocks, "of", changed_just_now)
        build(options)
    assert kept[PAGE] == []
    assert_like_clean(options)


@pytest.mark.parametrize("change", ["offline", "language"])
def test_other_settings_are_no_edit_of_templates(options: Options, change: str) -> None:
    setting = {"offline": "offline: true\n", "language": "language: es\n"}[change]
    with (options.content / "site.yaml").open("a", encoding="utf-8") as file:
        file.write(setting)
    for word in ("One", "Two"):
        edit(options, "base.html", BODY, f"<!-- {word} -->{BODY}")
        build(options)
        assert_like_clean(options)


def places(text: str) -> list[int]:
    """Where a template prints text: in front of a start tag that is on a line outside its tags."""
    code = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
    inside = [range(*match.span()) for match in code.finditer(text)]
    return [
        match.start()
        for match in re.finditer(r"<(?:p|h1|h2|li|span|section|div|main|footer|header)\b", text)
        if not any(match.start() in code for code in inside)
    ]


@pytest.mark.parametrize("seed", range(usually(3, nightly=40)))
def test_random_edits_of_any_template(options: Options, seed: int) -> None:
    chance = random.Random(seed)
    names = sorted(path.name for path in options.templates.glob("*.html"))
    for number in range(4):
        file = options.templates / chance.choice(
            ["base.html", "monograph.html", "_parts.html", *names]
        )
        text = file.read_text("utf-8")
        if starts := places(text):
            start = chance.choice(starts)
            file.write_text(f"{text[:start]}<i>{number}</i>{text[start:]}", "utf-8")
        build(options)
        assert_like_clean(options)
