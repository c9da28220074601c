"""Faults in the templates of a site's own theme, without rendering every page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import jinja2
from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

from ..config import Config
from ..model.errors import MonographError, RenderError
from ..model.suggest import did_you_mean
from ..pages.page import Page
from ..pages.page_data import PAGE_DATA
from .code_generator import MAY_BE_UNDEFINED
from .definitions import reachable
from .page_key import PLAIN
from .renderer import RenderJob, environment, render
from .theme import DEFAULT, Theme

_RECORD_NAMES = frozenset({"monograph", "json_ld", "head", "left_out"})
"""Names that templates of pages with a record get besides the page's data."""


class TemplateFault(NamedTuple):
    """What is wrong in a line of a template file."""

    file: str
    line: int
    text: str
    """What is wrong and, after a line end, what to do."""


def template_faults(
    theme: Theme, config: Config, pages: Iterable[Page], record: Callable[[str], bytes]
) -> tuple[TemplateFault, ...]:
    """Faults in the site's own templates: of syntax, of names that do not exist (variables, filters,
    templates, blocks), and what rendering one page of each template shows.

    `pages` are all pages of the site; `record` returns the record with a digest. There is no fault
    where the site has no templates of its own.
    """
    own = [name for name in theme.files if _is_own(theme, name)]
    if not own:
        return ()
    samples = _samples(pages)
    reader = _Reader(theme, config, samples)
    faults = [fault for name in own for fault in reader.faults(name)]
    if not faults:
        faults += _render_faults(theme, config, samples.values(), record)
    return tuple(faults)


def _is_own(theme: Theme, name: str) -> bool:
    """Whether a template is the site's, and not the same as that of the default theme."""
    is_copy = theme.templates.get(DEFAULT + name) == theme.templates[name]
    return not name.startswith(DEFAULT) and not is_copy


def _samples(pages: Iterable[Page]) -> dict[str, Page]:
    """The first page of each template."""
    samples: dict[str, Page] = {}
    for page in pages:
        if page.template not in PLAIN:
            samples.setdefault(page.template, page)
    return samples


class _Reader:
    """Reads templates, and knows what they may refer to."""

    def __init__(self, theme: Theme, config: Config, samples: Mapping[str, Page]) -> None:
        self._theme, self._samples = theme, samples
        self._environment = environment(theme, config)
        self._trees: dict[str, nodes.Template | None] = {}

    def faults(self, name: str) -> Iterator[TemplateFault]:
        """The faults in a template of the site."""
        file = self._theme.files[name]
        try:
            tree = self._environment.parse(self._theme.templates[name], name, file)
            self._environment.compile(tree, name, file)
        except jinja2.TemplateSyntaxError as error:
            yield TemplateFault(
                file, error.lineno, f"{str(error.message).rstrip('.')}.\nCorrect this line."
            )
            return
        if not self._is_used(name):
            message = f"{name!r} replaces no file of the theme, and no template uses it."
            hint = did_you_mean(name, self._samples) or "Rename or remove it."
            yield TemplateFault(file, 1, f"{message}\n{hint}")
        yield from self._missing_templates(tree, file)
        yield from self._unknown_blocks(tree, file, name)
        yield from self._unknown_names(tree, file, name)

    def _is_used(self, name: str) -> bool:
        """Whether a page or another template uses a template."""
        if DEFAULT + name in self._theme.files or name in self._samples:
            return True
        return any(
            name in self._references(other) for other in self._theme.templates if other != name
        )

    def _references(self, name: str) -> set[str]:
        """The templates that a template extends, includes or imports."""
        return {target for target, _ in _referenced(self._tree(name))}

    def _tree(self, name: str) -> nodes.Template | None:
        if name not in self._trees:
            try:
                self._trees[name] = self._environment.parse(self._theme.templates[name])
            except (jinja2.TemplateSyntaxError, KeyError):
                self._trees[name] = None
        return self._trees[name]

    def _missing_templates(self, tree: nodes.Template, file: str) -> Iterator[TemplateFault]:
        for target, line in _referenced(tree):
            if target not in self._theme.templates:
                hint = did_you_mean(target, self._theme.templates) or "Correct the name."
                yield TemplateFault(file, line, f"There is no template {target!r}.\n{hint}")

    def _unknown_blocks(
        self, tree: nodes.Template, file: str, name: str
    ) -> Iterator[TemplateFault]:
        """Blocks of a template that extends another one, where that does not have them."""
        parents = self._ancestors(name)
        if not parents:
            return
        known = {
            block.name
            for parent in parents
            if (parent_tree := self._tree(parent))
            for block in parent_tree.find_all(nodes.Block)
        }
        own_nested = {
            inner.name
            for block in tree.find_all(nodes.Block)
            for inner in block.find_all(nodes.Block)
        }
        for block in tree.find_all(nodes.Block):
            if block.name not in known and block.name not in own_nested:
                message = f"{parents[0]!r} has no block {block.name!r}, so this one is never shown."
                hint = did_you_mean(block.name, known) or "Correct the name."
                yield TemplateFault(file, block.lineno, f"{message}\n{hint}")

    def _ancestors(self, name: str) -> list[str]:
        """The templates that a template extends, the nearest first; those that exist."""
        ancestors: list[str] = []
        while True:
            tree = self._tree(ancestors[-1] if ancestors else name)
            extends = tree.find(nodes.Extends) if tree else None
            target = extends.template if extends else None
            if not isinstance(target, nodes.Const) or target.value in ancestors:
                return ancestors
            if target.value not in self._theme.templates:
                return ancestors
            ancestors.append(str(target.value))

    def _unknown_names(self, tree: nodes.Template, file: str, name: str) -> Iterator[TemplateFault]:
        """Variables, and fields of `page` and `site`, that no page with this template has."""
        pages = [page for page in self._samples.values() if self._uses(page.template, name)]
        if not pages:
            return
        data: dict[str, Any] = {}
        known = {*_RECORD_NAMES, *self._environment.globals, *_assigned_names(tree)}
        for page in pages:
            data |= page.data
            known |= {*page.data, *getattr(PAGE_DATA.get(page.template), "__annotations__", ())}
            for template in (page.template, *self._ancestors(page.template)):
                known |= _assigned_names(self._tree(template))
        unknown = find_undeclared_variables(tree) - known - _optional_names(tree)
        for variable in tree.find_all(nodes.Name):
            if variable.name in unknown:
                unknown.discard(variable.name)
                message = f"There is no variable {variable.name!r}."
                hint = did_you_mean(variable.name, known) or "Correct the name."
                yield TemplateFault(file, variable.lineno, f"{message}\n{hint}")
        for field in tree.find_all(nodes.Getattr):
            holder = field.node.name if isinstance(field.node, nodes.Name) else ""
            values = data.get(holder) if holder in ("page", "site") else None
            if (
                isinstance(values, dict)
                and field.attr not in values
                and not hasattr(dict, field.attr)
            ):
                message = f"{holder!r} has no field {field.attr!r}."
                hint = did_you_mean(field.attr, values) or "Correct the name."
                yield TemplateFault(file, field.lineno, f"{message}\n{hint}")

    def _uses(self, template: str, name: str) -> bool:
        """Whether a template is another one, or extends, includes or imports it, directly or not."""
        return name in reachable({template}, self._references)


def _assigned_names(tree: nodes.Template | None) -> set[str]:
    """The variables that a template sets or imports. Its blocks have them, and so have those of
    the templates that it extends."""
    if tree is None:
        return set()
    names: set[str] = set()
    targets = (node.target for node in tree.find_all(nodes.Assign))
    block_targets = (node.target for node in tree.find_all(nodes.AssignBlock))
    for target in (*targets, *block_targets):
        parts = (target, *target.find_all(nodes.Name))
        names |= {part.name for part in parts if isinstance(part, nodes.Name)}
    for node in tree.find_all(nodes.FromImport):
        names |= {name if isinstance(name, str) else name[1] for name in node.names}
    names |= {node.target for node in tree.find_all(nodes.Import)}
    return names | {node.name for node in tree.find_all(nodes.Macro)}


def _optional_names(tree: nodes.Template) -> set[str]:
    """The variables of which a template tests whether they are defined, or has a default."""
    return {
        node.node.name
        for node in tree.find_all((nodes.Filter, nodes.Test))
        if node.name in MAY_BE_UNDEFINED and isinstance(node.node, nodes.Name)
    }


def _referenced(tree: nodes.Template | None) -> Iterator[tuple[str, int]]:
    """The names of the templates that a template refers to, with their lines."""
    kinds = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    for node in tree.find_all(kinds) if tree else ():
        target = getattr(node, "template", None)
        if isinstance(target, nodes.Const) and not getattr(node, "ignore_missing", False):
            yield str(target.value), node.lineno


def _render_faults(
    theme: Theme, config: Config, pages: Iterable[Page], record: Callable[[str], bytes]
) -> Iterator[TemplateFault]:
    """The errors of rendering some pages, each once."""
    seen: set[tuple[str, int]] = set()
    for page in pages:
        content = record(page.record) if page.record else b""
        try:
            render(RenderJob((page,), content), theme, config)
        except RenderError as error:
            if (error.file, error.line) not in seen:
                seen.add((error.file, error.line))
                yield TemplateFault(error.file, error.line, f"{error}.\nCorrect this line.")
        except MonographError:
            return
