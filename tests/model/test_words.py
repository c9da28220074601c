"""The tool's own words: what is collected from templates, scripts and code, the catalogues, and the
places in templates where words are written out instead."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import jinja2
import pytest
from babel.messages.pofile import read_po
from jinja2 import nodes

from monograph_site.model.errors import ThemeError
from monograph_site.model.words import ENGLISH, words_in

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CATALOGUES = sorted((ROOT / "src" / "monograph_site" / "model" / "words").glob("*.po"))


def _script() -> Any:
    spec = importlib.util.spec_from_file_location("words", ROOT / "scripts" / "words.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SCRIPT = _script()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_catalogue_has_every_text_and_no_other(path: Path) -> None:
    content = path.read_bytes()
    assert SCRIPT.updated(content, path.stem) == content, "run scripts/words.py"
    for entry in read_po(BytesIO(content), abort_invalid=True):
        if not entry.id:
            continue
        ids = (entry.id,) if isinstance(entry.id, str) else entry.id
        strings = (entry.string,) if isinstance(entry.string, str) else entry.string
        assert all(strings), f"{ids[0]!r} is not translated"
        assert not entry.fuzzy
        for text in strings:
            assert set(re.findall(r"\{\w*\}", text)) == set(re.findall(r"\{\w*\}", ids[0]))
            assert text.strip() == text


def test_every_kind_of_source_is_searched() -> None:
    files = {message.file.rpartition(".")[2] for message in SCRIPT.messages()}
    assert files == {"html", "js", "py"}
    assert list(SCRIPT.in_template('{{ _("A") }}{{ ngettext("{count} b", "{count} bs", n) }}')) == [
        ("A",), ("{count} b", "{count} bs"),
    ]  # fmt: skip
    code = 'mark("A")\nsite.words("B {x}", x=1)\nsite.words.count("{count} c", "{count} cs", 2)'
    assert set(SCRIPT.in_python(code)) == {("A",), ("B {x}",), ("{count} c", "{count} cs")}


_SHOWN_ATTRIBUTES = ("aria-label", "placeholder", "title", "alt", "label")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


class _Words(HTMLParser):
    """Collects the words of a page that a reader sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.texts += [value or "" for name, value in attrs if name in _SHOWN_ATTRIBUTES]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def written_out(text: str) -> Iterator[str]:
    """What a template shows without `_`: its own text, and English constants in expressions."""
    template = jinja2.Environment().parse(text)
    parser = _Words()
    classes = {
        id(node)
        for block in template.find_all(nodes.Block)
        if block.name == "body_class"
        for node in block.find_all(nodes.TemplateData)
    }
    data = (node for node in template.find_all(nodes.TemplateData) if id(node) not in classes)
    parser.feed(re.sub(r' (lang|dir)=""', "", "".join(node.data for node in data)))
    yield from (text for text in parser.texts if _LETTERS.search(text))
    translated = {
        id(argument)
        for call in template.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in ("_", "ngettext")
        for argument in call.args
    }
    translated |= {id(pair.key) for pair in template.find_all(nodes.Pair)}
    for constant in template.find_all(nodes.Const):
        value = constant.value
        is_prose = isinstance(value, str) and re.match(r"\s*[A-Z][a-z]|.*\w \w", value)
        if is_prose and id(constant) not in translated:
            yield value


@pytest.mark.parametrize(
    "text",
    [
        "<p>Search</p>", '<nav aria-label="Site">', '{{ heading("x", "On this page") }}',
        '{{ "Brand" if a else _("B") }}', "{% if a %}<p>{{ a }} entries</p>{% endif %}",
    ],
)  # fmt: skip
def test_words_written_out_are_noticed(text: str) -> None:
    assert list(written_out(text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_has_no_words_written_out(path: Path) -> None:
    words = [text for text in written_out(path.read_text("utf-8")) if text != "not reviewed"]
    assert words == []


def test_a_script_has_no_words_written_out() -> None:
    for path in (ROOT / "templates").rglob("*.js"):
        code = re.sub(r"//.*", "", path.read_text("utf-8"))
        strings = re.findall(r'(say\()?"((?:[^"\\]|\\.)*)"|`([^`]*)`', code)
        shown = [
            a or b for said, a, b in strings if not said and re.search(r"[A-Za-z] [A-Za-z]", a + b)
        ]
        assert [text for text in shown if text != "use strict"] == []


def test_words_of_a_language() -> None:
    spanish = words_in("es")
    assert spanish("Search") == "Buscar"
    assert words_in("es-MX") is spanish
    assert spanish("{status} in {place}", status="a", place="b") == "a en b"
    assert spanish("not in the catalogue") == "not in the catalogue"
    assert spanish.count("{count} entry", "{count} entries", 1) == "1 entrada"
    assert spanish.count("{count} entry", "{count} entries", 2) == "2 entradas"
    assert [words_in(name) for name in ("en", "en-GB", "de", "../es", "")] == [ENGLISH] * 5


def test_dates_and_numbers_of_a_language() -> None:
    spanish = words_in("es")
    assert [spanish.date(text) for text in ("2025-01-20", "2025-01", "2025", "soon", "2025-02-31")] == [
        "20 de enero de 2025", "enero de 2025", "2025", "soon", "2025-02-31",
    ]  # fmt: skip
    assert (ENGLISH.number(12345), spanish.number(12345)) == ("12,345", "12.345")


ARABIC = """
msgid ""
msgstr ""
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);\\n"

msgid "Search"
msgstr "بحث"

msgid "Review"
msgstr ""

#, fuzzy
msgid "Home"
msgstr "guess"

msgid "{count} entry"
msgid_plural "{count} entries"
msgstr[0] "one"
msgstr[1] "two"
msgstr[2] "{count} many"
"""


def test_a_site_has_words_of_its_own() -> None:
    arabic = words_in("ar", {"ar": ARABIC})
    assert [arabic(text) for text in ("Search", "Review", "Home")] == ["بحث", "Review", "Home"]
    counted = [arabic.count("{count} entry", "{count} entries", number) for number in (1, 2, 7)]
    assert counted == ["one", "two", "7 many"]
    changed = words_in("es", {"es": 'msgid "Search"\nmsgstr "Encontrar"\n'})
    assert (changed("Search"), changed("Home")) == ("Encontrar", "Inicio")
    assert changed.digest != words_in("es").digest
    with pytest.raises(ThemeError, match="'fr'"):
        words_in("fr", {"fr": 'msgid "Search"\nChercher\n'})
