"""A module imports only from floors below its own, plug-ins never import each other, imports stand at the top."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "monograph_site"

# From the ground up; a package of several modules stands on one floor. A new module goes on the lowest line it can.
FLOORS = (
    "__init__ text signature registry problems mistakes watch",
    "diagnostics cache execution html",
    "faults excerpts fingerprints manuals changes facts",
    "model page blocks encoding validation safe_yaml theme reading",
    "config report parts runs tokens inputs output selection baseline",
    "frontmatter markdown vocabulary reviews citations pairs summary lookalikes",
    "structured_data description prose spelling hyperlinks",
    "schema site labels linking",
    "ahead questions planning relations front_faqs",
    "outline body collisions",
    "draft",
    "claims disputes destinations names_on_site notation readability coverage provenance standing",
    "asked broken_off described speech",
    "names gathering",
    "rules site_rules pages record",
    "known",
    "judging lookup reference",
    "load catalogue render publish state",
    "loading amend",
    "inspection",
    "plan stock",
    "drawing snapshot background",
    "build showing",
    "live",
    "server",
    "commands",
    "cli",
    "__main__",
)
PLUG_INS = ("rules", "site_rules", "pages")
FLOOR = {module: floor for floor, modules in enumerate(FLOORS) for module in modules.split()}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports(tree: ast.AST, package: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], int]]:
    """What a module imports of this package, as dotted parts below `monograph_site`, with the line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            start = ("monograph_site", *package)[: 2 + len(package) - node.level] if node.level else ()
            module = (*start, *(node.module or "").split(".")) if node.module else start
            names = [(*module, alias.name) for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [tuple(alias.name.split(".")) for alias in node.names]
        else:
            continue
        yield from ((name[1:] or ("__init__",), node.lineno) for name in names if name[0] == "monograph_site")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_down(path: Path) -> None:
    inside = path.relative_to(PACKAGE)
    own = inside.with_suffix("").parts
    assert own[0] in FLOOR, f"{own[0]!r} has no floor yet: add it to FLOORS"
    for parts, line in imports(ast.parse(path.read_text(encoding="utf-8")), own[:-1]):
        target = parts[0] if parts[0] in FLOOR else "__init__"
        if target == own[0]:
            sibling = target in PLUG_INS and len(parts) > 1 and (PACKAGE / target / f"{parts[1]}.py").exists()
            assert not sibling or own[-1] == "__init__", f"{inside}:{line}: plug-in imports plug-in {parts[1]!r}"
        else:
            assert FLOOR[target] < FLOOR[own[0]], f"{inside}:{line}: imports {target!r}, which is no floor below"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_local_imports_give_their_reason(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = ["", *text.splitlines()]
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    for node in (inner for function in functions for inner in ast.walk(function)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            # One reason serves a group of imports that stand together.
            first = node.lineno
            while lines[first - 1].lstrip().startswith(("import ", "from ", "#")):
                first -= 1
            given = any("#" in line for line in lines[first : node.end_lineno + 1])
            assert given, f"{path.name}:{node.lineno}: why is this import not at the top?"
