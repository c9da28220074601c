"""The template engine gives the text that Jinja gives, and lets nothing unescaped through."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import jinja2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from markupsafe import escape as escape_to_markup

from monograph_site.render import engine
from monograph_site.render.code_generator import escape
from monograph_site.render.engine import Environment

HOSTILE = "<b a='1' c=\"2\">&amp;</b>"
TEMPLATES = {
    "output.html": "{{ value }}|{{ value ~ 'x' }}|{{ value|upper }}|{{ value|safe }}|{{ value|e }}",
    "macros.html": (
        "{% macro plain(a, b='<i>') %}{{ a }}{{ b }}{% endmacro %}"
        "{% macro calling(a) %}{{ a }}{{ caller() }}{% endmacro %}"
        "{% macro varying() %}{{ varargs|join(',') }}{{ kwargs.k }}{% endmacro %}"
        "{{ plain(value) }}{{ plain(value, value) }}{{ plain(b=value, a=1) }}"
        "{{ varying(value, k=value) }}"
        "{% call calling(value) %}{{ value }}{% endcall %}"
        "{% for item in [value, 2, none, true, 1.5] %}{{ loop.index }}{{ plain(item) }}{% endfor %}"
        "{% set kept = plain(value) %}{{ kept }}{{ kept ~ value }}{{ kept|length }}"
        "{% set block %}{{ value }}{% endset %}{{ block }}"
        "{% filter upper %}{{ value }}{% endfilter %}"
    ),
    "unescaped.html": (
        "{% macro plain(a) %}{{ a }}{% endmacro %}"
        "{% autoescape false %}{{ value }}{{ plain(value) }}"
        "{% set kept = plain(value) %}{% autoescape true %}{{ kept }}{% endautoescape %}"
        "{% endautoescape %}{{ value }}"
    ),
    "child.html": "{% extends 'parent.html' %}{% block main %}{{ super() }}{{ value }}{% endblock %}",
    "parent.html": (
        "{% import 'imported.html' as parts %}"
        "{{ self.main() }}{% block main %}{{ parts.link(value) }}{% endblock %}"
        "{% include 'imported.html' %}"
    ),
    "blocks.html": (
        "{% block a %}{{ value }}{% block b %}{{ value }}{% endblock %}"
        "{% if value %}{% block c %}<i>{{ value }}{% endblock %}{% endif %}"
        "{% for item in [value, 2] %}{% block d scoped %}{{ item }}{% endblock %}{% endfor %}"
        "{% include 'imported.html' %}{{ value }}{% endblock %}{{ self.b() }}"
    ),
    "without_context.html": (
        "{% block main %}{{ value }}{% include 'imported.html' without context %}"
        "{{ value }}{% endblock %}{{ self.main() }}"
    ),
    "imported.html": "{% macro link(a) %}<a href='#{{ a|urlencode }}'>{{ a }}</a>{% endmacro %}-",
    "attributes.html": "{{ value.upper() }}{{ {'k': value}.k }}{{ [value][0] }}{{ value|urlencode }}",
}


def as_jinja_renders(name: str, value: object, templates: dict[str, str] = TEMPLATES) -> str:
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(templates), autoescape=True, undefined=jinja2.StrictUndefined
    )
    return environment.get_template(name).render(value=value)


@pytest.mark.parametrize("name", TEMPLATES)
@settings(deadline=None)
@given(value=st.text(alphabet="<>&'\"aä#{% \u2028", max_size=12) | st.sampled_from([HOSTILE]))
def test_the_text_is_that_of_jinja(name: str, value: str) -> None:
    assert Environment(TEMPLATES.get).get_template(name).render(value=value) == as_jinja_renders(
        name, value
    )


@settings(deadline=None)
@given(st.text() | st.integers() | st.floats() | st.none() | st.booleans() | st.builds(Markup))
def test_escape_is_that_of_markupsafe(value: object) -> None:
    assert str(escape(value)) == str(escape_to_markup(value))


class HasHtml(str):
    """A text that says itself what it is in HTML."""

    def __html__(self) -> str:
        return "<i>"


class OtherText(str):
    """A text that is not exactly a `str`."""


@pytest.mark.parametrize(
    "value", [OtherText(HOSTILE), HasHtml(HOSTILE), Markup(HOSTILE), [HOSTILE]]
)
def test_kinds_of_text_are_told_apart(value: object) -> None:
    escape(str(HOSTILE))  # an equal text that was escaped before must not be mistaken for it
    assert str(escape(value)) == str(escape_to_markup(value))


def test_no_value_is_printed_unescaped() -> None:
    """Every special character of a value is escaped in every way to print it but `safe`."""
    for name in ("macros.html", "child.html", "attributes.html"):
        text = Environment(TEMPLATES.get).get_template(name).render(value=HOSTILE)
        assert "<b" not in text.lower()


def test_a_macro_complains_as_in_jinja() -> None:
    templates = {"x": "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}"}
    with pytest.raises(TypeError, match="not more than 1 argument"):
        Environment(templates.get).get_template("x").render()


def test_an_undefined_value_is_an_error() -> None:
    with pytest.raises(jinja2.UndefinedError):
        Environment({"x": "{{ nothing }}"}.get).get_template("x").render()
    templates = {"x": "{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}"}
    with pytest.raises(jinja2.UndefinedError, match="parameter 'a' was not provided"):
        Environment(templates.get).get_template("x").render()


# short cuts of the code


class Pair(NamedTuple):
    """A tuple whose parts have names."""

    key: str
    count: str


@dataclass(frozen=True, slots=True)
class Thing:
    """A record."""

    key: str
    parts: tuple[object, ...] = ()


THING = Thing("<a>", (Thing("x"), Pair("x", "n"), {"key": "y", "items": "<i>"}))
EXPRESSIONS = (
    "value.key",
    "value['key']",
    "value.parts[1].key",
    "value.parts[2].key",
    "value.parts[2].items()|list",
    "value.parts[2]['items']",
    "value.missing|default('-')",
    "value.missing is defined",
    "value.parts[2].missing is undefined",
    "value.missing is none",
    "(value.parts|first).missing|default(value.key)|upper",
    "value.parts|map(attribute='key')|join('<')",
    "['<', 'a']|join('<')",
    "['<', 'a'|safe]|join('<')",
    "['<', 1]|join('<'|safe)",
    "['ab', '<']|map('length')|list",
    "['ab', '<']|map('replace', 'a', '>')|join",
    "[['a', 'b']]|map('join', '<')|list",
    "value.parts|map(attribute='missing', default='-')|list",
    "value.parts|selectattr('key', 'equalto', 'x')|list|length",
    "value.parts|rejectattr('key', 'in', ['y'])|list|length",
    "value.parts|selectattr('key')|list|length",
    "[0, 1, '', 'a']|select|list",
    "[0, 1, 2]|reject('odd')|list",
    "[1, 'n']|select('filter')|list",
    "none|select|list",
    "value.parts|rejectattr('key', 'none')|map(attribute='key')|list",
    "[{'k': {'l': 1}}]|selectattr('k.l')|list",
    "'<'.join(['a', 'b'])",
    "value.key.upper().lower()",
    "value.key|safe",
    "value|safe",
    "none|safe",
    "(value.key|safe) ~ value.key",
    "[value.key].copy()",
    "(1).items|default('-')",
)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_expressions_have_the_value_that_they_have_in_jinja(expression: str) -> None:
    text = f"{{{{ {expression} }}}}{{% for n in [1] %}}{{{{ {expression} }}}}{{% endfor %}}"
    templates = {"x": text}
    assert Environment(templates.get).get_template("x").render(value=THING) == as_jinja_renders(
        "x", THING, templates
    )


def test_a_page_that_needs_exact_code_gets_it() -> None:
    """Other pages of the same template are rendered as before."""
    templates = {"x": "{% set kept = value.missing %}{{ value.key }}{{ kept is none }}"}
    environment = Environment(templates.get)
    for thing in (THING, Pair("<", "n"), THING):
        text = environment.get_template("x").render(value=thing)
        assert text == as_jinja_renders("x", thing, templates)
    assert environment.without_short_cuts == {"x"}


@pytest.mark.parametrize(
    "text",
    [
        "{{ value.missing }}",
        "{{ value.parts[2].missing }}",
        "{% import 'y' as y %}{{ y.macro(value) }}",
        "{{ value.parts|map(attribute='missing')|join }}",
        "{{ value.parts|selectattr('missing')|list }}",
        "{{ value.parts|selectattr('key', 'unknown')|list }}",
        "{{ nothing.key }}",
        "{{ nothing|safe }}",
        "{{ value.key|safe(1) }}",
        "{{ 1.items }}",
        "{{ value.parts[1].items }}",
        "{{ value() }}",
        "{% include 'z' %}",
    ],
)
def test_errors_are_those_of_jinja(text: str) -> None:
    templates = {"x": text, "y": "{% macro macro(m) %}\n{{ m.missing.more }}{% endmacro %}"}
    template = Environment(templates.get).get_template("x")
    assert error_of(lambda: template.render(value=THING)) == error_of(
        lambda: as_jinja_renders("x", THING, templates)
    )


def error_of(render: Callable[[], str]) -> tuple[str, str]:
    try:
        return "rendered", render()
    except Exception as error:
        return type(error).__name__, str(error)


def test_macros_within_unescaped_text() -> None:
    templates = {
        "x": "{% macro inner(a) %}{{ a }}{% endmacro %}"
        "{% macro outer(a) %}{{ inner(a) }}|{{ inner(a) ~ a }}{% endmacro %}"
        "{% autoescape false %}{{ outer(value) }}{{ outer(value) ~ value }}{% endautoescape %}"
        "{{ outer(value) }}{{ outer(value) ~ value }}"
    }
    text = Environment(templates.get).get_template("x").render(value=HOSTILE)
    assert text == as_jinja_renders("x", HOSTILE, templates)


def test_values_by_an_attribute() -> None:
    text = "{% for key, values in value.parts|by('key')|items %}{{ key }}{{ values|length }}{% endfor %}"
    assert Environment({"x": text}.get).get_template("x").render(value=THING) == "x2y1"


# compiled templates


def environment_in(folder: Path, text: str) -> Environment:
    environment = Environment({"x.html": text}.get)
    environment.bytecode_cache = engine._CompiledTemplates(folder)
    return environment


def compiled(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def test_a_compiled_template_is_used_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment_in(tmp_path, "{{ 1 }}a").get_template("x.html").render() == "1a"
    monkeypatch.setattr(Environment, "_generate", None)  # compiling would fail
    assert environment_in(tmp_path, "{{ 1 }}a").get_template("x.html").render() == "1a"
    with pytest.raises(TypeError):
        environment_in(tmp_path, "{{ 1 }}b").get_template("x.html")


@pytest.mark.parametrize(
    "damage", [lambda data: data[:-1], lambda data: b"", lambda data: data[::-1]]
)
def test_a_damaged_file_is_not_executed(tmp_path: Path, damage: object) -> None:
    environment_in(tmp_path, "{{ 1 }}a").get_template("x.html")
    (path,) = compiled(tmp_path)
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    assert environment_in(tmp_path, "{{ 1 }}a").get_template("x.html").render() == "1a"


def test_few_files_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MAX_COMPILED", 3)
    for number in range(6):
        environment_in(tmp_path, f"{number}").get_template("x.html")
    assert len(compiled(tmp_path)) == 3


def test_a_folder_that_cannot_be_written_to_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    environment = environment_in(tmp_path / "file", "{{ 1 }}a")
    assert environment.get_template("x.html").render() == "1a"


def test_nothing_is_kept_where_the_program_has_changed_since_it_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment_in(tmp_path / "kept", "a").get_template("x.html")
    monkeypatch.setattr(engine, "IMPORTED_AT", 0)
    engine._compiler.cache_clear()
    try:
        monkeypatch.setattr(engine._CompiledTemplates, "_path", None)  # nothing may ask for a file
        assert environment_in(tmp_path / "new", "a").get_template("x.html").render() == "a"
    finally:
        engine._compiler.cache_clear()
    assert compiled(tmp_path) == [tmp_path / "kept"]
