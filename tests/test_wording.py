"""Everything that people read is in plain English: manuals, messages, help, templates, documents."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers import ROOT
from monograph_site.check.kinds import findings

PACKAGE = ROOT / "src" / "monograph_site"
HABITS = re.compile(
    r"\bmend(?:s|ed|ing)?\b|\bgrav(?:e|er|est)\b|\blets? (?:\w+ )?pass\b|\bdrawn\b|\bstands?\b"
    r"|\banew\b|\bnobody\b|\bwants\b|\btold\b|\b(?:put|set|left|leave) aside\b|\bleads? (?:to|nowhere)\b"
    r"|(?<!here )\bis no (?!longer\b|more\b)[a-z]|\bsays? so to\b"
    r"|(?<!plus )(?<!minus )(?<!dollar )(?<!micro )(?<!\w-)\bsigns?\b(?! of\b)",
    re.IGNORECASE,
)
"""Words that a reader of English stumbles over, and what they replace: fix, serious, allow,
rendered, is, again, goes to, asks for, character."""
REGULAR_EXPRESSION = re.compile(r"\\[bdsw]|\(\?|\[\^|\[a-z")
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/messages.md",
    "docs/promises.md",
    "docs/web.md",
)


def habits(text: str) -> list[str]:
    """Each habit word with the words around it."""
    text = " ".join(text.split())
    return [text[max(0, m.start() - 40) : m.end() + 30] for m in HABITS.finditer(text)]


def messages(module: Path) -> Iterator[str]:
    """The texts of a module that can be shown: its strings of several words, without docstrings and
    regular expressions."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        is_statement = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if is_statement and isinstance(node.value.value, str):
            node.value.value = ""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value
            if " " in text.strip() and not REGULAR_EXPRESSION.search(text):
                yield text


def visible(template: str) -> str:
    """The words of a template or script: without comments, tags and code."""
    template = re.sub(
        r"\{#.*?#\}|/\*.*?\*/|(?m:^|\s)//[^\n]*|<!--.*?-->", " ", template, flags=re.DOTALL
    )
    return re.sub(r"<[^<>]*>", " ", template)


def test_the_words_are_recognised() -> None:
    bad = (
        "It leads to a page. ISMP wants a space. The link is no link. An odd sign. It stands here."
    )
    assert len(habits(bad)) == 5
    assert habits("There is no page. Signs of a rash. A dollar sign. It is no longer here.") == []


def test_manuals() -> None:
    found = {kind.name: words for kind in findings() if (words := habits(kind.manual))}
    assert found == {}


@pytest.mark.parametrize("room", sorted(path.name for path in PACKAGE.iterdir() if path.is_dir()))
def test_messages(room: str) -> None:
    modules = (PACKAGE / room).rglob("*.py")
    found = {
        module.name: words
        for module in modules
        if (words := [habit for text in messages(module) for habit in habits(text)])
    }
    assert found == {}


def test_help() -> None:
    texts = [
        ast.get_docstring(node) or ""
        for module in (PACKAGE / "cli").glob("*.py")
        for node in ast.parse(module.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.decorator_list
    ]
    assert [habit for text in texts for habit in habits(text)] == []


def test_templates_and_the_preview() -> None:
    folders = (ROOT / "templates", PACKAGE / "preview" / "server" / "assets")
    files = [
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".html", ".js")
    ]
    assert files
    found = {
        path.name: words
        for path in files
        if (words := habits(visible(path.read_text(encoding="utf-8"))))
    }
    assert found == {}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents(name: str) -> None:
    assert habits((ROOT / name).read_text(encoding="utf-8")) == []
