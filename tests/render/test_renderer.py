"""The bytes of a page depend on its data and on the templates it uses, and on nothing else."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from helpers import Site
from monograph_site.config import Config
from monograph_site.model.errors import RenderError, ThemeError
from monograph_site.model.monograph import Monograph, Section
from monograph_site.model.words import ENGLISH
from monograph_site.pages.page import Page
from monograph_site.render.page_key import page_key
from monograph_site.render.renderer import (
    RenderJob,
    environment,
    render,
    template_digests,
)
from monograph_site.render.theme import Theme, read_theme

CONFIG = Config(base_url="https://example.org/drugs/")
SITE = {"title": "Site"}


def theme(**templates: str) -> Theme:
    named = {f"{name}.html": text for name, text in templates.items()}
    return Theme(named, {"theme.css": b"body {}"}, {name: f"/theme/{name}" for name in named})


def show(text: str, page: Page | None = None, **data: object) -> str:
    rendered = page or Page("/x/index.html", "page.html", dict(data))
    (artifact,) = render(RenderJob((rendered,), b""), theme(page=text), CONFIG)
    assert artifact.path == "x/index.html"
    return artifact.content.decode()


def test_text_is_escaped_and_safe_html_is_not() -> None:
    assert show("{{ a }} {{ b_html|safe }}", a="<b>", b_html="<b>") == "&lt;b&gt; <b>"


def test_addresses_are_below_the_base_path() -> None:
    assert show("{{ '/a b/é/'|url }}") == "/drugs/a%20b/%C3%A9/"
    assert show("{{ 'theme.css'|asset }}").startswith("/drugs/assets/theme.")


def test_compiled_templates_serve_sites_with_other_addresses_and_assets() -> None:
    text = "{{ '/a/'|url }} {{ 'theme.css'|asset }}"
    shown = set()
    for base_url in ("/one/", "/two/"):
        for style in (b"body {}", b"p {}"):
            own = replace(theme(page=text), assets={"theme.css": style})
            page = Page("/x/index.html", "page.html")
            (artifact,) = render(RenderJob((page,), b""), own, Config(base_url=base_url))
            assert artifact.content.count(base_url.encode()) == 2
            shown.add(artifact.content)
    assert len(shown) == 4


def test_dates_in_words() -> None:
    assert show("{{ '2025-01-02'|isodate_words }}") == "2 January 2025"
    assert [ENGLISH.date(date) for date in ("2025-12", "2025", "", "2025-13-01", "soon")] == [
        "December 2025", "2025", "", "2025-13-01", "soon",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n{{ missing }}", r"/theme/page.html:2: 'missing' is undefined \(page '/x/index.html'\)"),
        ("{{ a.b.c }}", r"/theme/page.html:1: .*'b'"),
        ("{% if %}", r"/theme/page.html:1: Expected an expression"),
        ("{% include 'none.html' %}", r"page.html:1: there is no template 'none.html'"),
        ("{{ 'none.css'|asset }}", r"there is no asset 'none.css'; the theme has theme.css"),
        ("{{ 1 + 'a' }}", r"/theme/page.html:1: TypeError"),
        ("{{ [1, 2]|random }}", r"No filter named 'random'"),
    ],
)
def test_an_error_in_a_template_names_its_place(text: str, message: str) -> None:
    with pytest.raises(RenderError, match=message):
        show(text, a={})


def test_pages_without_a_template() -> None:
    pages = (
        Page("/n.json", "json", {"b": "é", "a": [1, None]}),
        Page("/t.txt", "text", {"text": "é\n"}),
        Page("/assets/theme.1.css", "asset", {"name": "theme.css"}),
    )
    artifacts = render(RenderJob(pages, b""), theme(), CONFIG)
    assert [(artifact.path, artifact.content) for artifact in artifacts] == [
        ("n.json", '{"b":"é","a":[1,null]}\n'.encode()),
        ("t.txt", "é\n".encode()),
        ("assets/theme.1.css", b"body {}"),
    ]


def test_pages_of_one_record_are_rendered_together() -> None:
    section = Section("dose", "Dose", "dose", None, "<p>one</p>", "one")
    record = msgspec.msgpack.encode(
        Monograph("a.md", "a", "drug", "a", "A & B", "", sections=(section,))
    )
    pages = (
        Page("/a/index.html", "page.html", {}, "digest"),
        Page(
            "/a/index.json",
            "monograph.json",
            {"url": "/a/", "ingredients": (), "disclaimers": ()},
            "digest",
        ),
    )
    html, machine = render(RenderJob(pages, record), theme(page="{{ monograph.title }}"), CONFIG)
    assert html.content == b"A &amp; B"
    assert msgspec.json.decode(machine.content)["sections"][0]["text"] == "one"


def test_a_template_depends_on_all_templates_it_uses() -> None:
    before = theme(
        base="{% block main %}{% endblock %}",
        page="{% extends 'base.html' %}{% block main %}{% include 'part.html' %}{% endblock %}",
        part="{% import 'macros.html' as m %}",
        macros="",
        lone="",
        any="{% include choice %}",
    )
    old = template_digests(before)

    def changed(name: str) -> set[str]:
        new = template_digests(
            replace(before, templates={**before.templates, name: "{# changed #}"})
        )
        return {each.removesuffix(".html") for each in new if new[each] != old[each]}

    assert changed("base.html") == {"base", "page", "any"}
    assert changed("macros.html") == {"macros", "part", "page", "any"}
    assert changed("lone.html") == {"lone", "any"}
    assets = template_digests(replace(before, assets={"theme.css": b"body { }"}))
    assert all(assets[name] != old[name] for name in old), "every page may print an asset's name"


@pytest.mark.parametrize(
    ("tag", "depends"),
    [
        ('{% include "a.html" %}', True),
        ("{%- include 'a.html' ignore missing -%}", True),
        ('{% include"a.html" %}', True),
        ('{% include ["b.html", "a.html"] %}', True),
        ('{% include "b.html" if x else "a.html" %}', True),
        ('{% extends "a" ~ ".html" %}', True),
        ('{%+ import "a.html" as a with context %}', True),
        ('{% from "a.html" import one, two %}', True),
        ("{% include choice %}", True),
        ('{% include "b.html" %}', False),
        ("{% if from %}{% endif %}{{ 'a.html' }}", False),
    ],
)
def test_a_template_depends_on_those_it_names_or_may_choose(tag: str, depends: bool) -> None:
    before = theme(page=tag, a="", b="")
    after = replace(before, templates={**before.templates, "a.html": "changed"})
    digests = [template_digests(each)["page.html"] for each in (before, after)]
    assert (digests[0] != digests[1]) == depends


def test_the_key_of_a_page_depends_on_its_data() -> None:
    page = Page(
        "/x/index.html",
        "page.html",
        {"a": 1, "b": {"x": (1, 2), "y": Section("k", "h", "i", None, "", "")}},
        "r",
    )
    digests = {"page.html": "1"}
    key = page_key(page, digests, "code")
    assert key == page_key(replace(page, data=dict(reversed(page.data.items()))), digests, "code")
    others = [
        page_key(replace(page, url="/y/index.html"), digests, "code"),
        page_key(replace(page, data={**page.data, "a": 2}), digests, "code"),
        page_key(replace(page, record="s"), digests, "code"),
        page_key(page, {"page.html": "2"}, "code"),
        page_key(page, digests, "other code"),
    ]
    assert len({key, *others}) == 6
    plain = replace(page, template="json")
    assert page_key(plain, digests, "code") == page_key(plain, {}, "code"), (
        "JSON does not depend on templates"
    )


def test_a_site_may_replace_a_file_or_one_block_of_it(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "theme.css").write_text("mine")
    (tmp_path / "404.html").write_text(
        "{% extends 'default/404.html' %}{% block title %}<title>Lost</title>{% endblock %}"
    )
    (tmp_path / ".hidden").write_bytes(b"\xff")
    mixed, default = read_theme(tmp_path), read_theme(None)
    assert mixed.assets["theme.css"] == b"mine"
    assert mixed.templates["default/404.html"] == default.templates["404.html"]
    assert mixed.templates["base.html"] == default.templates["base.html"]
    assert template_digests(mixed)["404.html"] != template_digests(default)["404.html"]
    assert read_theme(tmp_path / "none").digest == default.digest
    assert environment(mixed, CONFIG).get_template("404.html") is not None


def test_a_template_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"caf\xe9")
    with pytest.raises(ThemeError, match=r"page.html' is not UTF-8 at byte 3"):
        read_theme(tmp_path)


def test_every_default_template_compiles() -> None:
    default = read_theme(None)
    artifacts = environment(default, CONFIG)
    for name in default.templates:
        artifacts.get_template(name)


def test_data_for_machines_keeps_the_order_of_the_source(tmp_path: Path) -> None:
    """The page puts safety first, and shows some sections in its head; the data follows the record."""
    site = Site(tmp_path).write(
        "drugs/x.md",
        "---\ntitle: X\n---\n\n## Mechanism of action\n\nIt blocks.\n\n## Warnings\n\nTake care.\n",
    )
    page = site.build().html("/drugs/x/")
    assert page.index('id="warnings"') < page.index('id="mechanism-of-action"')
    data = page[page.index("application/ld+json") :].partition("</script>")[0]
    assert 0 < data.index('"mechanismOfAction"') < data.index('"warning"')
