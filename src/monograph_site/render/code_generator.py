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
import msgspec
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, optimizeconst
from jinja2.runtime import BlockReference, Context, Macro
from jinja2.utils import missing
from markupsafe import Markup

from .definitions import definitions_of

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


as_markup: Callable[[str], Markup] = partial(str.__new__, Markup)
"""A text that is HTML already."""


class FastMacro(Macro):
    """A macro whose function can be called directly with positional arguments."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.text: Any = self._func
        """Gives the HTML of the macro as a plain string, to be printed as it is."""
        self.most_arguments = -1
        """How many arguments its function takes; -1 where it must not be called directly."""
        if not (self.caller or self.catch_kwargs or self.catch_varargs):
            self.most_arguments = self._argument_count
            self.text.__defaults__ = (missing,) * self._argument_count

    def html(self, *arguments: Any) -> Markup:
        """What the macro gives where it is not printed at once."""
        return as_markup(self.text(*arguments))


class PageContext(Context):
    """What a template is filled with, and the text of its blocks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts: list[tuple[str, str]] = []
        """The text so far, in parts (see `engine.Filled`)."""

    def add_block(self, name: str, pieces: list[str]) -> None:
        """Add the text before a block that lies in nothing else, and that of the block."""
        self.parts.append(("", "".join(pieces)))
        pieces.clear()
        self.parts.append((name, "".join(self.blocks[name][0](self))))


_NEEDS_NO_CARE = (BuiltinMethodType, BlockReference)
"""What `Context.call` calls as it is: a method such as `dict.get`, and `super`."""


def direct(context: Context, function: Any, **variables: Any) -> Callable[..., Any]:
    """What to call in the place of a function that is no macro, or whose arguments need the care of
    `Context.call`."""
    if isinstance(function, _NEEDS_NO_CARE):
        return function
    return partial(context.call, function, **variables)


def printed(context: Context, function: Any, **variables: Any) -> Callable[..., str]:
    """The same, with its result escaped."""
    call = direct(context, function, **variables)
    return lambda *arguments: escape(call(*arguments))


class ExactCodeGenerator(CodeGenerator):
    """Writes the Python module of a template that does what Jinja's does."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """See `CodeGenerator.visit_Template`. The names imported here replace those of Jinja, which
        the module imports above."""
        super().visit_Template(node, frame)
        names = "direct, escape, escape_text, printed, FastMacro as Macro"
        self.writeline(f"from {__name__} import {names}")


class FastCodeGenerator(ExactCodeGenerator):
    """Writes the Python module of a template that does the same faster, or raises an exception."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._undefined: set[int] = set()
        """The `id` of attributes that need not exist."""
        self._html: set[int] = set()
        """The `id` of filters `safe` whose result is only printed."""
        self._printed: set[int] = set()
        """The `id` of calls whose result is only printed."""
        self._joined: Frame | None = None
        """The frame of a block or template whose text is collected before it is yielded."""

    def enter_frame(self, frame: Frame) -> None:
        """See `CodeGenerator.enter_frame`. A block, and a template that extends no other, collects
        its text before it yields it; a block joins it, since those around it would hand on each
        piece one by one."""
        super().enter_frame(frame)
        if frame.buffer is None and self._can_join(frame):
            self._joined = frame
            self.buffer(frame)

    def leave_frame(self, frame: Frame, with_python_scope: bool = False) -> None:
        """See `CodeGenerator.leave_frame`."""
        if frame is self._joined:
            text = f"yield concat({frame.buffer})" if frame.block else f"yield from {frame.buffer}"
            self.writeline(text)
            self._joined = None
        super().leave_frame(frame, with_python_scope)

    def _can_join(self, frame: Frame) -> bool:
        """Whether all that a frame prints goes through its buffer. What is included without context
        does not."""
        if frame.block:
            parts: nodes.Node | None = self.blocks.get(frame.block)
        else:
            parts = self._template if frame.rootlevel else None
        if parts is None or (frame.rootlevel and parts.find(nodes.Extends)):
            return False
        return all(include.with_context for include in parts.find_all(nodes.Include))

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """See `CodeGenerator.visit_Template`. The module also says what it defines."""
        self._template = node
        definitions = msgspec.msgpack.encode(definitions_of(node))
        super().visit_Template(node, frame)
        self.writeline(f"definitions = {definitions!r}")

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:
        """See `CodeGenerator.visit_Block`."""
        if frame is not self._joined or node.scoped or node.required:
            super().visit_Block(node, frame)
            return
        context = self.get_context_ref()
        if frame.rootlevel:
            self.writeline(f"{context}.add_block({node.name!r}, {frame.buffer})", node)
            return
        self.writeline(f"{frame.buffer}.extend(context.blocks[{node.name!r}][0]({context}))", node)

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
        if forward_caller or not _is_plain_call(node) or not _escapes(frame):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        variables = ", _loop_vars=_loop_vars" if frame.loop_frame else ""
        variables += ", _block_vars=_block_vars" if frame.block_frame else ""
        form, otherwise = ("text", "printed") if id(node) in self._printed else ("html", "direct")
        self.write(f"(_called.{form} if type(_called := ")
        self.visit(node.node, frame)
        self.write(f") is Macro and _called.most_arguments >= {len(node.args)}")
        self.write(" and context.eval_ctx.autoescape")
        self.write(f" else {otherwise}(context, _called{variables}))(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _escapes(frame) or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        elif _is_plain_call(node):
            self._printed.add(id(node))
        elif _is_safe_filter(node):
            self._html.add(id(node))
            self.write("(_value if type(_value := ")
        else:
            self.write("(escape_text(_value) if type(_value := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _escapes(frame) or finalize.src is not None:
            super()._output_child_post(node, frame, finalize)
        elif id(node) in self._html:
            self.write(") is str else Markup(_value))")
        elif id(node) not in self._printed:
            self.write(") is str else _value if type(_value) is Markup else escape(_value))")


def _escapes(frame: Frame) -> bool:
    """Whether what is printed there is escaped in any case."""
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


def _is_plain_call(node: nodes.Expr) -> bool:
    """Whether it is a call with positional arguments only."""
    if not isinstance(node, nodes.Call):
        return False
    return not (node.kwargs or node.dyn_args or node.dyn_kwargs)


def _is_safe_filter(node: nodes.Expr) -> bool:
    if not isinstance(node, nodes.Filter) or node.name != "safe":
        return False
    return not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)
