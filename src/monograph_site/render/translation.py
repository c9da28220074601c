"""Words of templates, put in place when a template is compiled.

A template has its texts in English, as arguments of `_` and `ngettext`. The compiler replaces each
call by the text in the language of the environment, so that a page costs the same in every
language, and in English what it would without any calls.
"""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.visitor import NodeTransformer

from ..model.words import Words
from ..regex import regex

_PLACE = regex(r"\{(\w*)\}")
_IN_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
PLURAL_FORM = "_plural_form"
"""The name of the global function that says which form of a text a number has."""


def translate(template: nodes.Template, words: Words) -> nodes.Template:
    """A parsed template with its words in a language; the template itself is changed.

    Raises TemplateSyntaxError for a text that is no constant, or has another value than `{name}`.
    """
    _Translator(words).visit(template)
    return template


class _Translator(NodeTransformer):
    def __init__(self, words: Words) -> None:
        self._words = words
        self._is_one_or_many = all(words.form_of(count) == (count != 1) for count in range(200))

    def visit_Output(self, node: nodes.Output) -> nodes.Output:
        """What a template prints. The constant parts of a text become text of the template."""
        children: list[nodes.Expr] = []
        for child in node.nodes:
            if _called(child) == "_":
                assert isinstance(child, nodes.Call)
                children += [self._printed(part) for part in self._parts(child)]
            else:
                children.append(self.visit(child))
        node.nodes = children
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:
        """A text inside an expression."""
        name = _called(node)
        if name == "_":
            return _joined(self._parts(node), node.lineno)
        if name == "ngettext":
            return self._plural(node)
        return self.generic_visit(node)  # type: ignore[return-value]

    def _printed(self, part: nodes.Expr) -> nodes.Expr:
        if isinstance(part, nodes.Const):
            text = part.value.translate(_IN_HTML)
            return nodes.TemplateData(text, lineno=part.lineno)
        return part

    def _parts(self, node: nodes.Call) -> list[nodes.Expr]:
        """The translated text of a call to `_`, divided at its values."""
        (text,) = _constants(node, 1)
        values = {keyword.key: self.visit(keyword.value) for keyword in node.kwargs}
        return _divided(self._words(text), values, node.lineno)

    def _plural(self, node: nodes.Call) -> nodes.Expr:
        """A call to `ngettext`: a choice between the forms that the text has in the language."""
        if len(node.args) != 3:
            raise TemplateSyntaxError("ngettext takes two texts and a number", node.lineno)
        one, many = _constants(node, 2)
        count = self.visit(node.args[2])
        forms = self._words.forms.get(one, (one, many))
        *first, last = (
            _joined(_divided(form, {"count": count}, node.lineno), node.lineno) for form in forms
        )
        if self._is_one_or_many:
            return nodes.CondExpr(_equals(count, 1), *first, last, lineno=node.lineno)
        function = nodes.Name(PLURAL_FORM, "load", lineno=node.lineno)
        form_of_count = nodes.Call(function, [count], [], None, None, lineno=node.lineno)
        choice = last
        for number, form in reversed(list(enumerate(first))):
            is_form = _equals(form_of_count, number)
            choice = nodes.CondExpr(is_form, form, choice, lineno=node.lineno)
        return choice


def _equals(value: nodes.Expr, number: int) -> nodes.Compare:
    operand = nodes.Operand("eq", nodes.Const(number))
    return nodes.Compare(value, [operand], lineno=value.lineno)


def _called(node: nodes.Node) -> str:
    is_named = isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name)
    return node.node.name if is_named else ""  # type: ignore[attr-defined]


def _constants(node: nodes.Call, count: int) -> list[str]:
    texts = [argument.value for argument in node.args if isinstance(argument, nodes.Const)]
    if len(texts) != count or len(node.args) < count:
        raise TemplateSyntaxError("a text to translate must be written out", node.lineno)
    return texts


def _divided(text: str, values: dict[str, nodes.Expr], lineno: int) -> list[nodes.Expr]:
    """A text with values in it as a list of constants and expressions."""
    parts: list[nodes.Expr] = []
    for index, piece in enumerate(_PLACE.split(text)):
        if index % 2 and piece not in values:
            raise TemplateSyntaxError(f"there is no value for {{{piece}}} in {text!r}", lineno)
        if index % 2:
            parts.append(values[piece])
        elif piece:
            parts.append(nodes.Const(piece, lineno=lineno))
    return parts


def _joined(parts: Iterable[nodes.Expr], lineno: int) -> nodes.Expr:
    parts = list(parts)
    return parts[0] if len(parts) == 1 else nodes.Concat(parts, lineno=lineno)
