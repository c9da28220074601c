"""What import-linter's contracts (in pyproject.toml) do not say of the structure of the package."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "monograph_site"
MODULES = sorted(PACKAGE.rglob("*.py"))
RULES = [
    path for path in MODULES if path.parent.parent.name == "rules" and not path.name.startswith("_")
]


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_rule_shares_only_helpers_with_the_rules_of_its_theme(path: Path) -> None:
    imports = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
    ]
    siblings = [node.module or node.names[0].name for node in imports if node.level == 1]
    assert all(name.startswith("_") for name in siblings), f"{path.name} imports {siblings}"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_local_imports_give_their_reason(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = ["", *text.splitlines()]
    functions = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    for node in (inner for function in functions for inner in ast.walk(function)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            # One reason serves a group of imports that stand together.
            first = node.lineno
            while lines[first - 1].lstrip().startswith(("import ", "from ", "#")):
                first -= 1
            given = any("#" in line for line in lines[first : node.end_lineno + 1])
            assert given, f"{path.name}:{node.lineno}: why is this import not at the top?"
