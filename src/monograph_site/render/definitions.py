"""What the blocks of a template are made of: after an edit of a template, the others are those of the
last build.

A compiled template says what it defines: its blocks, its macros, and the code outside them that
blocks see the results of. From these follows the digest of a block on a page: of its own code, and
of all that it may use. Where that cannot be told from the code, nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from typing import Any, TypeVar

from jinja2 import nodes
from jinja2.nodes import Const, Node
from msgspec import Struct

from ..model.strings import digest

Item = TypeVar("Item")

_TOP, _AROUND, _WHOLE = "top", "around", "whole"
"""The code outside blocks and macros that they see the results of; all code outside them; a template
with all that it prints."""
_WITH_MEMORY = frozenset({"cycler", "joiner", "namespace"})
"""Functions whose results change while a page is rendered."""
_CHANGING = frozenset(
    "add append clear discard extend insert pop popitem remove reverse setdefault sort update".split()
)
"""Methods that change a list, a dictionary or a set."""
_REFERRING = (nodes.Extends, nodes.FromImport, nodes.Import, nodes.Include)
_DEFINING = (nodes.Assign, nodes.AssignBlock, nodes.Block, nodes.Macro, *_REFERRING)


class Definition(Struct, frozen=True, array_like=True):
    """A block, a macro, or the code around them."""

    digest: str
    """Of its code."""
    names: tuple[str, ...]
    """The names it uses, such as `page`; `parts.menu` for an attribute of one."""
    blocks: tuple[str, ...]
    """The blocks in it."""
    templates: tuple[str, ...]
    """The templates that it refers to as a whole."""


class Definitions(Struct, frozen=True):
    """What a template defines."""

    extends: str
    """The template that it extends; '' for none."""
    modules: dict[str, str]
    """The templates that it imports, by the name it gives them."""
    members: dict[str, tuple[str, str]]
    """What it imports from others: template and macro, by the name it gives them."""
    outer: tuple[str, ...]
    """The blocks that lie in nothing else."""
    parts: dict[str, Definition]
    """By name, such as `block main` and `macro menu`."""
    is_clear: bool
    """Whether its code says what it depends on, and nothing in it changes what others see."""


def definitions_of(tree: nodes.Template) -> Definitions:
    """What a template defines."""
    extends, modules, members = "", dict[str, str](), dict[str, tuple[str, str]]()
    for node in tree.body:
        match node:
            case nodes.Extends(template=Const(value=str(name))):
                extends = name
            case nodes.Import(template=Const(value=str(name)), with_context=False):
                modules[node.target] = name
            case nodes.FromImport(template=Const(value=str(name)), with_context=False):
                pairs = (pair if isinstance(pair, tuple) else (pair, pair) for pair in node.names)
                members |= {target: (name, macro) for macro, target in pairs}
    known = {extends, *modules.values(), *(template for template, _ in members.values())}
    apart = [node for node in tree.body if isinstance(node, (nodes.Block, nodes.Macro))]
    around = [node for node in tree.body if node not in apart]
    top = [node for node in around if isinstance(node, _DEFINING) or any(node.find_all(_DEFINING))]
    macros = (node for node in apart if isinstance(node, nodes.Macro))
    parts = {_TOP: _definition(top, known), _AROUND: _definition(around, known)}
    parts[_WHOLE] = _definition(tree.body)
    parts |= {f"block {node.name}": _definition([node]) for node in tree.find_all(nodes.Block)}
    parts |= {f"macro {node.name}": _definition([node]) for node in macros}
    return Definitions(
        extends,
        modules,
        members,
        tuple(node.name for node in apart if isinstance(node, nodes.Block)),
        parts,
        is_clear=_names_its_templates(tree, extends)
        and _keeps_no_memory(around)
        and _changes_only_its_own(around)
        and all(_changes_only_its_own([node]) for node in apart),
    )


def _definition(parts: Sequence[Node], known: Iterable[str] = ()) -> Definition:
    """That of some nodes; the templates of `known` are not counted as a whole."""
    code = "".join(node.dump() for node in parts)  # without the numbers of lines
    templates = {str(getattr(node.template, "value", "")) for node in _all(parts, *_REFERRING)}
    return Definition(
        digest(code),
        tuple(sorted(_names(parts))),
        tuple(sorted({node.name for node in _all(parts, nodes.Block)})),
        tuple(sorted(templates.difference(known))),
    )


def _all(parts: Iterable[Node], *kinds: type[Node]) -> Iterator[Any]:
    """All nodes of some kinds among others and in them."""
    for part in parts:
        if isinstance(part, kinds):
            yield part
        yield from part.find_all(kinds)


def _names(parts: Iterable[Node]) -> set[str]:
    """See `Definition.names`."""
    of_attributes = [node for node in _all(parts, nodes.Getattr) if _is_name(node.node)]
    owners = {id(node.node) for node in of_attributes}
    names = {f"{node.node.name}.{node.attr}" for node in of_attributes}
    loaded = (node for node in _all(parts, nodes.Name) if node.ctx == "load")
    return names | {node.name for node in loaded if id(node) not in owners}


def _is_name(node: Node) -> bool:
    return isinstance(node, nodes.Name)


def _names_its_templates(tree: nodes.Template, extends: str) -> bool:
    """Whether each tag names one template, and none calls a block as `self.name()`."""
    referring = [*_all(tree.body, *_REFERRING)]
    are_named = all(isinstance(getattr(node.template, "value", None), str) for node in referring)
    extending = [node for node in referring if isinstance(node, nodes.Extends)]
    return are_named and len(extending) == bool(extends) and not _uses(tree.body, {"self"})


def _keeps_no_memory(around: Sequence[Node]) -> bool:
    """Whether code outside blocks and macros calls nothing whose result changes."""
    return not _uses(around, _WITH_MEMORY)


def _uses(parts: Sequence[Node], names: Set[str]) -> bool:
    return any(name.partition(".")[0] in names for name in _names(parts))


def _changes_only_its_own(unit: Sequence[Node]) -> bool:
    """Whether a block, a macro, or the code around them, changes only what it has assigned itself."""
    targets = [node.target for node in _all(unit, nodes.Assign)]
    own = {node.name for node in _all(targets, nodes.Name)}
    changed = [node.name for node in _all(unit, nodes.NSRef)]
    called = (node.node for node in _all(unit, nodes.Call))
    for method in called:
        if isinstance(method, nodes.Getattr) and method.attr in _CHANGING:
            changed.append(method.node.name if isinstance(method.node, nodes.Name) else "")
    return own.issuperset(changed)


def reachable(start: Set[Item], following: Callable[[Item], Iterable[Item]]) -> set[Item]:
    """Some items with all that are reached from them; `following` gives the next ones of each."""
    found: set[Item] = set()
    added = {*start}
    while added:
        found |= added
        added = {item for each in added for item in following(each)} - found
    return found


class UnknownError(Exception):
    """What a block depends on cannot be told."""


class Blocks:
    """The blocks of a page, as its template and those that this one extends have them."""

    def __init__(self, load: Callable[[str], Definitions | None], template: str) -> None:
        """`load` gives what a template defines, None where there is no such template. Raises
        UnknownError."""
        self._load = load
        self._known: dict[str, Definitions] = {}
        self._used: dict[tuple[str, str], frozenset[tuple[str, str]]] = {}
        self._extended: list[str] = []
        while template and template not in self._extended:
            self._extended.append(template)
            template = self._definitions(template).extends

    @property
    def outer(self) -> tuple[str, ...]:
        """The blocks that lie in nothing else."""
        return self._definitions(self._extended[-1]).outer

    def digest(self, block: str) -> str:
        """The digest of a block: with the same digest and the same data, it gives the same text.
        Raises UnknownError."""
        found = sorted(self._reached(self._code_of([block])))
        parts = ((*part, self._definitions(part[0]).parts[part[1]].digest) for part in found)
        return digest(*(text for part in parts for text in part))

    def names_without(self, kept: Set[str]) -> frozenset[str]:
        """The names that a page uses whose blocks are `kept` (see `Definition.names`). Raises
        UnknownError."""
        start = self._code_of([block for block in self.outer if block not in kept])
        reached = self._reached({*start, (self._extended[-1], _AROUND)})
        parts = (self._definitions(template).parts[name] for template, name in reached)
        return frozenset(name for part in parts for name in part.names)

    def _definitions(self, template: str) -> Definitions:
        known = self._known.get(template)
        if known is None:
            known = self._load(template)
            if known is None or not known.is_clear:
                raise UnknownError
            self._known[template] = known
        return known

    def _code_of(self, blocks: Iterable[str]) -> set[tuple[str, str]]:
        """The definitions of some blocks, and what is done before them."""
        top = {(template, _TOP) for template in self._extended}
        return top.union(*map(self._all_named, blocks))

    def _reached(self, start: Set[tuple[str, str]]) -> set[tuple[str, str]]:
        """Some definitions, by template and name, and all that they may use."""
        return reachable(start, lambda part: self._uses(*part))

    def _all_named(self, block: str) -> Iterator[tuple[str, str]]:
        """The blocks of a name: the first may print what the next one does."""
        for template in self._extended:
            if f"block {block}" in self._definitions(template).parts:
                yield template, f"block {block}"

    def _uses(self, template: str, name: str) -> frozenset[tuple[str, str]]:
        """What a definition of a template may use."""
        key = template, name
        if key not in self._used:
            part = self._definitions(template).parts[name]
            used = {(template, _TOP), *((other, _WHOLE) for other in part.templates)}
            used.update(other for block in part.blocks for other in self._all_named(block))
            for scope in {template, *self._extended}:
                used.update(other for name in part.names for other in self._named(scope, name))
            self._used[key] = frozenset(used)
        return self._used[key]

    def _named(self, scope: str, name: str) -> Iterator[tuple[str, str]]:
        """The macros or templates that a name stands for, if it does, in a template."""
        definitions, (name, _, attribute) = self._definitions(scope), name.partition(".")
        if name in definitions.modules:
            yield self._macro(definitions.modules[name], attribute)
        if name in definitions.members:
            yield self._macro(*definitions.members[name])
        if f"macro {name}" in definitions.parts:
            yield scope, f"macro {name}"

    def _macro(self, template: str, name: str) -> tuple[str, str]:
        """A macro of a template, or the template as a whole for something else in it."""
        macro = f"macro {name}"
        return template, macro if macro in self._definitions(template).parts else _WHOLE
