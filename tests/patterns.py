"""The regular expressions of the package, and texts on which they may be slow, made from the
expressions themselves."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import re._compiler as compiler  # type: ignore[import-not-found]
import re._constants as op  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import monograph_site
from helpers import usually
from monograph_site.regex import Regex

ROOMS = ("loader", "source", "markdown", "rules")
"""The rooms that read the text of a file."""
ANCHORED = frozenset(("match", "fullmatch"))
"""Methods of a pattern that look at one place only."""
SEARCHING = frozenset(("search", "finditer", "findall", "sub", "subn", "split"))
"""Methods that try a pattern from every place of a text."""
LIKED = usually(4, nightly=10)
"""How many characters are tried as the one that a set is filled with."""

_REPEATS = {op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT}
_MIN_LONG_REPEAT = 20
"""A repeat of at most so many times cannot become slow by itself."""
_FILLERS = ("a", " ", "*", "1", "\n", "A", ".", "-", "(", "é")
_OTHERS = "?,:[|<_#>\"'`x\t•–’“\u00ad\u200b\u202e\ufeffא中"
_ALPHABET = [chr(code) for code in range(1, 0x180)]
_BRANCHES = 3
"""How many alternatives of each group are tried."""
_MAX_CUT = 3
"""Characters that are cut off the end of a text that matches."""


@dataclass(frozen=True, slots=True)
class Used:
    """A regular expression of the package."""

    name: str
    """Where it is defined: `loader.labels._LABEL`, or module and line of a call of `re`."""
    pattern: re.Pattern[str]
    methods: frozenset[str]
    """The methods that are called of it; '' where it is handed to a function."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A text of any length: `prefix`, and `repeated` as often as need be."""

    prefix: str
    repeated: str

    def text(self, length: int, ending: str) -> str:
        """The text with about so many characters."""
        return self.prefix + self.repeated * (length // len(self.repeated)) + ending


@cache
def used_patterns() -> list[Used]:
    """Every regular expression of the rooms that read text, by name."""
    found: dict[tuple[str, int], Used] = {}

    def add(name: str, pattern: re.Pattern[str], methods: Iterable[str]) -> None:
        key = (pattern.pattern, pattern.flags)
        known = found[key].methods if key in found else ()
        found[key] = Used(name, pattern, frozenset((*known, *methods)))

    modules = list(_modules())
    uses = {module.__name__: list(_uses(module)) for module in modules}
    everywhere = [use for module in modules for use in uses[module.__name__]]
    for module in modules:
        for call in _calls(module):
            add(*call)
        for name, value in vars(module).items():
            known = uses[module.__name__] if name.startswith("_") else everywhere
            methods = {method for used_name, method in known if used_name == name} or {""}
            for pattern in _patterns_in(value):
                add(f"{_short(module)}.{name}", pattern, methods)
    return sorted(found.values(), key=lambda used: used.name)


def units(pattern: re.Pattern[str]) -> list[Unit]:
    """Texts that the expression itself suggests: the body of each repeat behind what comes before
    it, alone, and together with that; and the whole without its end."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    flags = tree.state.flags
    result: dict[Unit, None] = {}
    for liked in _FILLERS[:LIKED]:
        for branch in range(_BRANCHES):
            sampler = _Sampler(liked, branch)
            for prefix, body in sampler.repeats(tree, "", flags):
                if body:
                    texts = (Unit(prefix, body), Unit("", body), Unit("", prefix + body))
                    result.update(dict.fromkeys(texts))
            whole = sampler.sample(tree, flags)
            cuts = (whole[: len(whole) - cut] for cut in range(_MAX_CUT + 1))
            result.update(dict.fromkeys(Unit("", text) for text in (*cuts, whole[1:]) if text))
    return list(result)


class _Sampler:
    """Makes texts that parts of an expression match, as far as that can be seen from the parts one
    by one."""

    def __init__(self, liked: str, branch: int) -> None:
        self.liked, self.branch = liked, branch
        self.groups: dict[int | None, str] = {}

    def sample(self, items: Any, flags: int) -> str:
        """A text for a sequence of parts."""
        return "".join(self._text(kind, value, flags) for kind, value in items)

    def repeats(self, items: Any, before: str, flags: int) -> Iterator[tuple[str, str]]:
        """Each long repeat in a sequence of parts: what comes before it, and its body."""
        for kind, value in items:
            if kind in _REPEATS:
                if value[1] > _MIN_LONG_REPEAT:
                    yield before, self.sample(value[2], flags)
                yield from self.repeats(value[2], before, flags)
            elif kind is op.SUBPATTERN:
                yield from self.repeats(value[3], before, (flags | value[1]) & ~value[2])
            elif kind is op.BRANCH:
                for alternative in value[1]:
                    yield from self.repeats(alternative, before, flags)
            elif kind in (op.ASSERT, op.ASSERT_NOT):
                yield from self.repeats(value[1], before, flags)
            elif kind is op.ATOMIC_GROUP:
                yield from self.repeats(value, before, flags)
            before += self._text(kind, value, flags)

    def _text(self, kind: Any, value: Any, flags: int) -> str:
        if kind in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY):
            return _character(kind, repr(value), flags, self.liked, _Hidden(value))
        if kind in _REPEATS:
            return self.sample(value[2], flags) * max(1, value[0]) if value[1] else ""
        if kind is op.SUBPATTERN:
            self.groups[value[0]] = self.sample(value[3], (flags | value[1]) & ~value[2])
            return self.groups[value[0]]
        if kind is op.BRANCH:
            return self.sample(value[1][self.branch % len(value[1])], flags)
        if kind is op.ATOMIC_GROUP:
            return self.sample(value, flags)
        if kind is op.GROUPREF:
            return self.groups.get(value, "")
        if kind is op.ASSERT and value[0] < 0:
            return self.sample(value[1], flags)
        return ""


class _Hidden:
    """A value that takes no part in the key of a cache."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hidden)


@cache
def _character(kind: Any, key: str, flags: int, liked: str, value: _Hidden) -> str:
    """A character that a set matches, the liked one if it can be; '' where none was found."""
    if kind is op.LITERAL:
        return chr(value.value)
    state = parser.State()
    state.flags = flags
    matches = compiler.compile(parser.SubPattern(state, [(kind, value.value)]), flags).match
    candidates = (*liked, *_FILLERS, *_OTHERS, *_ALPHABET)
    return next((character for character in candidates if matches(character)), "")


def _modules() -> Iterator[ModuleType]:
    for room in ROOMS:
        package = importlib.import_module(f"monograph_site.{room}")
        yield package
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(info.name)


def _short(module: ModuleType) -> str:
    return module.__name__.removeprefix(f"{monograph_site.__name__}.")


def _tree(module: ModuleType) -> ast.Module:
    assert module.__file__
    return ast.parse(Path(module.__file__).read_text(encoding="utf-8"))


def _uses(module: ModuleType) -> Iterator[tuple[str, str]]:
    """Names in capitals of a module with the method that is called of each; '' for other uses, as
    an argument or with an item."""
    attributes: set[int] = set()
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            attributes.add(id(node.value))
            if node.attr in ANCHORED | SEARCHING:
                yield node.value.id, node.attr
        elif (
            isinstance(node, ast.Name)
            and isinstance(node.ctx, ast.Load)
            and node.id.upper() == node.id
            and id(node) not in attributes
        ):
            yield node.id, ""


def _calls(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str], tuple[str]]]:
    """Calls such as `re.sub("…", …)`: place, pattern and method."""
    for node in ast.walk(_tree(module)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        is_call_of_re = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
        if is_call_of_re and node.func.attr in ANCHORED | SEARCHING:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                flags = re.IGNORECASE if "IGNORECASE" in ast.unparse(node) else 0
                name = f"{_short(module)}:{node.lineno}"
                yield name, re.compile(first.value, flags), (node.func.attr,)


def _patterns_in(value: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """The patterns in a value of a module: in collections, in classes, and in instances of our
    classes."""
    if isinstance(value, re.Pattern | Regex):
        if isinstance(value.pattern, str):
            yield cast("re.Pattern[str]", value)
    elif depth < 4:
        for part in _parts(value):
            yield from _patterns_in(part, depth + 1)


def _parts(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from value.keys()
        yield from value.values()
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value
    elif getattr(type(value), "__module__", "").startswith("monograph_site"):
        names = [*getattr(type(value), "__slots__", ()), *getattr(value, "__dict__", ())]
        yield from (getattr(value, name, None) for name in names)
    elif isinstance(value, type) and value.__module__.startswith("monograph_site"):
        yield from vars(value).values()
