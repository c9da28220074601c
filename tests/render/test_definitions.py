"""What a block of a page depends on: an edit changes its digest where it may change its text, and
only there."""

from __future__ import annotations

import jinja2
import pytest

from monograph_site.render.definitions import (
    Blocks,
    Definitions,
    UnknownError,
    definitions_of,
)

TEMPLATES = {
    "base.html": '{% import "parts.html" as parts %}{% set language = parts.language(site) %}'
    "<html>{% block head %}<title>{{ page.title }}</title>{% block more %}{% endblock %}{% endblock %}"
    "<body>{% block header %}{{ parts.menu(site) }}{% endblock %}"
    "{% block main %}{% endblock %}{% block footer %}<p>{{ language }}</p>{% endblock %}</html>",
    "page.html": '{% extends "base.html" %}{% import "parts.html" as parts %}{% set items = toc %}'
    "{% block more %}<meta>{% endblock %}"
    "{% block main %}{{ parts.heading(items) }}{{ super() }}{% endblock %}",
    "parts.html": '{% import "icons.html" as icons %}{% set sizes = [1, 2] %}'
    "{% macro icon() %}{{ icons.mark() }}{% endmacro %}"
    "{% macro menu(site) %}{{ icon() }}{% endmacro %}"
    "{% macro language(site) %}{{ site.language }}{% endmacro %}"
    "{% macro heading(items) %}<h1>{{ items[sizes[0]] }}</h1>{% endmacro %}",
    "icons.html": "{% macro mark() %}<svg></svg>{% endmacro %}{% macro arrow() %}-{% endmacro %}",
    "box.html": "<p>Box</p>",
}
OUTER = ["head", "header", "main", "footer"]


def defined(templates: dict[str, str]) -> dict[str, Definitions]:
    parse = jinja2.Environment().parse
    return {name: definitions_of(parse(text)) for name, text in templates.items()}


def digests(templates: dict[str, str]) -> dict[str, str]:
    blocks = Blocks(defined(templates).get, "page.html")
    return {name: blocks.digest(name) for name in blocks.outer}


def edited(template: str, old: str, new: str) -> dict[str, str]:
    text = TEMPLATES[template]
    assert text.count(old) == 1
    return {**TEMPLATES, template: text.replace(old, new)}


@pytest.mark.parametrize(
    ("template", "old", "new", "changed"),
    [
        ("base.html", "<body>", "<body id=x>", []),
        ("base.html", "<html>", "{# A comment #}<html>\n", []),
        ("base.html", "<title>", "<title>X", ["head"]),
        ("page.html", "<meta>", "<meta name=x>", ["head"]),
        ("base.html", "{{ parts.menu(site) }}", "Menu", ["header"]),
        ("base.html", "<p>{{ language", "<p>In {{ language", ["footer"]),
        ("base.html", "{% block main %}", "{% block main %}<hr>", ["main"]),  # see `super`
        ("page.html", "{{ super() }}", "", ["main"]),
        ("page.html", "{% set items = toc %}", "{% set items = [] %}", OUTER),
        ("base.html", "parts.language(site)", "'en'", OUTER),
        ("base.html", "{% import", "{% if x %}{% set y = 1 %}{% endif %}{% import", OUTER),
        ("base.html", "{% import", "{% if x %}y{% endif %}{% import", []),
        ("parts.html", "<h1>", "<h2>", ["main"]),
        ("parts.html", "{{ icon() }}", "{{ icon() }}!", ["header"]),
        ("parts.html", "{{ site.language }}", "{{ site.dir }}", OUTER),  # for `language`
        ("parts.html", "[1, 2]", "[1]", OUTER),
        ("icons.html", "<svg>", "<svg id=x>", ["header"]),
        ("icons.html", "-", "_", []),
        ("box.html", "Box", "Bag", []),
    ],
)
def test_an_edit_changes_the_blocks_that_it_can_change(
    template: str, old: str, new: str, changed: list[str]
) -> None:
    before, after = digests(TEMPLATES), digests(edited(template, old, new))
    assert [*before] == OUTER
    assert [name for name in before if after[name] != before[name]] == changed


def test_what_is_included_or_taken_by_another_name_counts_as_a_whole() -> None:
    uses = {
        "{% include 'box.html' %}": "box.html",
        "{% import 'box.html' as box %}{{ box.x }}": "box.html",
        "{% from 'box.html' import x as y %}{{ y }}": "box.html",
        "{% set own = parts %}{{ own.arrow }}": "icons.html",  # it may be any macro
    }
    for use, target in uses.items():
        using = edited("page.html", "{{ super() }}", use)
        changed = {**using, target: f"{TEMPLATES[target]}More"}
        before, after = digests(using), digests(changed)
        assert [name for name in before if after[name] != before[name]] == ["main"], use


def test_a_block_in_another_is_part_of_it_wherever_it_is_defined() -> None:
    three = {
        **TEMPLATES,
        "page.html": TEMPLATES["page.html"].replace("base.html", "middle.html"),
        "middle.html": "{% extends 'base.html' %}{% block footer %}{{ super() }}"
        "{% block deep %}{% endblock %}{% endblock %}",
    }
    deep = {**three, "page.html": three["page.html"] + "{% block deep %}x{% endblock %}"}
    before, after = digests(three), digests(deep)
    assert [name for name in before if after[name] != before[name]] == ["footer"]


@pytest.mark.parametrize(
    "main",
    [
        "{% include other %}",
        "{% include ['box.html', 'other.html'] %}",
        "{{ self.head() }}",
        "{% set shared.count = 1 %}",
        "{{ page.items.append(1) }}",
        "{% set name = page.names.pop() %}",
        "{% include 'nowhere.html' %}",
        "{% import 'nowhere.html' as other %}{{ other.x() }}",
    ],
)
def test_nothing_is_said_of_code_that_does_not_tell_what_it_does(main: str) -> None:
    with pytest.raises(UnknownError):
        digests(edited("page.html", "{{ super() }}", main))


@pytest.mark.parametrize(
    "top", ["{% set n = namespace() %}", "{% set n = cycler(1) %}", "{% set n = joiner() %}"]
)
def test_nothing_is_said_where_blocks_may_share_what_changes(top: str) -> None:
    with pytest.raises(UnknownError):
        digests(edited("page.html", "{% set items = toc %}", f"{top}{{% set items = toc %}}"))
    own = edited("page.html", "{{ super() }}", top)
    assert digests(own).keys() == digests(TEMPLATES).keys(), "a block may have one of its own"


def test_a_list_of_its_own_may_grow() -> None:
    main = (
        "{% set own = [] %}{{ own.append(1) }}{% set count = namespace(n=0) %}{% set count.n = 1 %}"
    )
    assert digests(edited("page.html", "{{ super() }}", main))


def test_templates_that_extend_each_other() -> None:
    loop = {**TEMPLATES, "base.html": "{% extends 'page.html' %}"}
    assert digests(loop) == {}


def test_the_names_that_a_page_uses_beside_kept_blocks() -> None:
    blocks = Blocks(defined(TEMPLATES).get, "page.html")
    assert "page.title" in blocks.names_without({"main"})
    assert "page.title" not in blocks.names_without({"head", "main"})
    assert "toc" in blocks.names_without({*OUTER}), "it is assigned before the blocks"
    around = edited("base.html", "<body>", "<body>{{ parts.heading(other) }}")
    assert "other" in Blocks(defined(around).get, "page.html").names_without({*OUTER})
