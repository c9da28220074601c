"""Python code of templates, faster than Jinja's where pages spend their time.

A page prints some two hundred values, reads five hundred attributes and calls sixty macros. The
code does this without the functions that Jinja calls each time. It gives the same text, or raises an
exception: what only those functions can do (an item with the name of an attribute, something
undefined that is never printed) is left to the code of `ExactCodeGenerator`, with which
`engine.Environment` then renders the page.
"""

from __future__ import annotations

import keyword
from collections.abc import Callable
from functools import partial
from types import BuiltinMethodType
from typing import Any

import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup

MAY_BE_UNDEFINED = frozenset({"default", "d", "defined", "undefined"})
"""Filters and tests of what need not exist."""


def _escape_text(text: str) -> str:
    return str(markupsafe.escape(text))


escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", _escape_text)
"""What `markupsafe.escape` gives for a `str`, as a plain string. Of its own function for this, which
takes a tenth of the time, only the name is private."""


def escape(value: object) -> str:
    """What `markupsafe.escape` gives, as a plain string: generated code only joins it to others."""
    if type(value) is str:
        return escape_text(value)
    if type(value) is Markup:
        return value
    if type(value) is int:
        return str(value)
    return str(markupsafe.escape(value))


as_markup = partial(str.__new__, Markup)
"""A text that is HTML already."""


class FastMacro(Macro):
    """A macro whose function can be called directly with positional arguments."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.function: Any = self._func
        self.most_arguments = -1
        """How many arguments its function takes; -1 where it must not be called directly."""
        if not (self.caller or self.catch_kwargs or self.catch_varargs):
            self.most_arguments = self._argument_count
            self.function.__defaults__ = (missing,) * self._argument_count

    def _invoke(self, arguments: list[Any], autoescape: bool) -> str:
        text: str = self._func(*arguments)
        return text if autoescape else "".join((text,))  # not a Markup


def direct(context: Context, function: Any, **variables: Any) -> Callable[..., Any]:
    """What to call in the place of a function that is no macro, or whose arguments need the care of
    `Context.call`."""
    if type(function) is BuiltinMethodType:
        return function
    return partial(context.call, function, **variables)


class ExactCodeGenerator(CodeGenerator):
    """Writes the Python module of a template that does what Jinja's does."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """See `CodeGenerator.visit_Template`. The names imported here replace those of Jinja, which
        the module imports above."""
        super().visit_Template(node, frame)
        names = "as_markup, direct, escape, escape_text, FastMacro as Macro"
        self.writeline(f"from {__name__} import {names}")

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        """See `CodeGenerator.return_buffer_contents`. What a macro returns is always HTML: see
        `FastMacro._invoke`."""
        if force_unescaped:
            self.writeline(f"return as_markup(concat({frame.buffer}))")
        else:
            super().return_buffer_contents(frame)


class FastCodeGenerator(ExactCodeGenerator):
    """Writes the Python module of a template that does the same faster, or raises an exception."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._undefined: set[int] = set()
        """The `id` of attributes that need not exist."""
        self._html: set[int] = set()
        """The `id` of filters `safe` whose result is only printed."""

    @optimizeconst
    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """An attribute, or the item of a dictionary."""
        name = node.attr
        is_plain = name.isascii() and name.isidentifier() and not keyword.iskeyword(name)
        if not is_plain or id(node) in self._undefined:
            super().visit_Getattr(node, frame)
            return
        if hasattr(dict, name):  # of a dictionary too, the method comes first
            self.write("(")
            self.visit(node.node, frame)
            self.write(f").{name}")
            return
        self.write(f"(_holder[{name!r}] if type(_holder := ")
        self.visit(node.node, frame)
        self.write(f") is dict else _holder.{name})")

    @optimizeconst
    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        """See `CodeGenerator.visit_Filter`."""
        self._note_undefined(node)
        if id(node) in self._html and node.node is not None:
            self.visit(node.node, frame)
        else:
            super().visit_Filter(node, frame)

    @optimizeconst
    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:
        """See `CodeGenerator.visit_Test`."""
        self._note_undefined(node)
        super().visit_Test(node, frame)

    def _note_undefined(self, node: nodes.Filter | nodes.Test) -> None:
        if node.name in MAY_BE_UNDEFINED and isinstance(node.node, nodes.Getattr):
            self._undefined.add(id(node.node))

    @optimizeconst
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """A call; a macro with positional arguments is called directly."""
        has_names = forward_caller or node.kwargs or node.dyn_args or node.dyn_kwargs
        if has_names or frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        variables = ", _loop_vars=_loop_vars" if frame.loop_frame else ""
        variables += ", _block_vars=_block_vars" if frame.block_frame else ""
        self.write("(_called.function if type(_called := ")
        self.visit(node.node, frame)
        self.write(f") is Macro and _called.most_arguments >= {len(node.args)}")
        self.write(" and context.eval_ctx.autoescape")
        self.write(f" else direct(context, _called{variables}))(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not self._is_escaped(frame, finalize):
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("(_value if type(_value := ")
        if _is_safe_filter(node):
            self._html.add(id(node))

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not self._is_escaped(frame, finalize):
            super()._output_child_post(node, frame, finalize)
        elif id(node) in self._html:
            self.write(") is str else Markup(_value))")
        else:
            self.write(") is Markup else escape_text(_value) if type(_value) is str")
            self.write(" else escape(_value))")

    def _is_escaped(self, frame: Frame, finalize: Any) -> bool:
        context = frame.eval_ctx
        return bool(context.autoescape) and not context.volatile and finalize.src is None


def _is_safe_filter(node: nodes.Expr) -> bool:
    if not isinstance(node, nodes.Filter) or node.name != "safe":
        return False
    return not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)
