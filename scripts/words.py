"""Bring the catalogues of words up to date: `python scripts/words.py`.

Collects the texts that templates, scripts and pages say, and writes each catalogue of
src/monograph_site/model/words/ again with exactly these. New ones have an empty translation.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import jinja2
from babel.messages import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import nodes

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES, PACKAGE = ROOT / "templates", ROOT / "src" / "monograph_site"
CATALOGUES = PACKAGE / "model" / "words"
HEADER = """\
# The words of the tool in another language: msgid is the English text, msgstr the translation.
# Keep what is in braces, such as {date}, as it is. scripts/words.py brings the entries up to date."""
_SAID = re.compile(r'\bsay\("([^"]+)"')


class Message(NamedTuple):
    """A text to translate."""

    texts: tuple[str, ...]
    """The text; of one with a number, that for one and that for many."""
    file: str


def messages() -> list[Message]:
    """All texts, in the order of their files; each once for each file."""
    found: dict[Message, None] = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        found |= dict.fromkeys(Message(texts, _name(path)) for texts in in_template(_read(path)))
    for path in sorted(TEMPLATES.rglob("*.js")):
        found |= dict.fromkeys(Message((text,), _name(path)) for text in _SAID.findall(_read(path)))
    for path in sorted(PACKAGE.rglob("*.py")):
        found |= dict.fromkeys(Message(texts, _name(path)) for texts in in_python(_read(path)))
    return list(found)


def in_template(text: str) -> Iterator[tuple[str, ...]]:
    """The texts of a template: arguments of `_` and `ngettext`."""
    for call in jinja2.Environment().parse(text).find_all(nodes.Call):
        name = call.node.name if isinstance(call.node, nodes.Name) else ""
        count = {"_": 1, "ngettext": 2}.get(name, 0)
        texts = [
            argument.value for argument in call.args[:count] if isinstance(argument, nodes.Const)
        ]
        if texts:
            yield tuple(texts)


def in_python(text: str) -> Iterator[tuple[str, ...]]:
    """The texts of a module: arguments of `mark`, of `words`, and of `words.count`."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).split(".")
            count = (
                2 if name[-2:] == ["words", "count"] else 1 if name[-1] in ("mark", "words") else 0
            )
            texts = [
                argument.value
                for argument in node.args[:count]
                if isinstance(argument, ast.Constant)
            ]
            if texts:
                yield tuple(texts)


def updated(content: bytes, language: str) -> bytes:
    """A catalogue with exactly the texts of the program, in the order of their files."""
    old = read_po(BytesIO(content)) if content else Catalog(locale=language)
    new = Catalog(fuzzy=False)
    new.mime_headers = [("Plural-Forms", old.plural_forms)]
    for message in messages():
        known = old.get(message.texts[0])
        string = known.string if known else ""
        id_ = message.texts if len(message.texts) > 1 else message.texts[0]
        new.add(id_, string or "", locations=[(message.file, None)])
    result = BytesIO()
    write_po(result, new, width=100, include_lineno=False, omit_header=True)
    header = f'{HEADER}\nmsgid ""\nmsgstr ""\n"Language: {language}\\n"\n'
    header += '"Content-Type: text/plain; charset=utf-8\\n"\n'
    header += f'"Plural-Forms: {old.plural_forms}\\n"\n\n'
    return header.encode() + result.getvalue().lstrip(b"\n")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def main() -> int:
    """Write every catalogue, those named on the command line too; say what is not translated."""
    languages = {path.stem for path in CATALOGUES.glob("*.po")} | set(sys.argv[1:])
    for language in sorted(languages):
        path = CATALOGUES / f"{language}.po"
        path.write_bytes(updated(path.read_bytes() if path.exists() else b"", language))
        empty = [entry.id for entry in read_po(BytesIO(path.read_bytes())) if not entry.string]
        print(f"{path.relative_to(ROOT)}: {len(empty)} without a translation")
    return 0


if __name__ == "__main__":
    sys.exit(main())
