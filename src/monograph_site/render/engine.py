"""The template engine: Jinja2 with autoescape, faster where pages spend their time.

A page prints some two hundred values and calls some sixty macros. Generated code calls the `escape`
and `Macro` of this module in place of Jinja's: the same text with fewer objects. Compiled templates
are kept between runs, since compiling those of one page takes longer than rendering a hundred.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jinja2
import jinja2.compiler
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.compiler import CodeGenerator, Frame
from jinja2.filters import do_urlencode
from jinja2.nodes import Template
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup
from markupsafe import escape as escape_to_markup

from ..model.files import signature_of
from ..model.strings import digest
from ..model.words import ENGLISH, Words
from .translation import PLURAL_FORM, translate

MAX_CACHED_TEXT = 200
"""Characters of a text whose escaped form may be kept: titles, labels, ids, addresses."""
MAX_COMPILED = 128
"""Compiled templates kept on disk."""
_PREFIX = "template-"
"""What the names of their files begin with."""
_CHECKSUM_BYTES = 16


@lru_cache(maxsize=16_384)
def _escape_short(text: str) -> str:
    return str(escape_to_markup(text))


def escape(value: object) -> str:
    """What `markupsafe.escape` gives, as a plain string: generated code only joins it to others."""
    if type(value) is str:
        if len(value) <= MAX_CACHED_TEXT:
            return _escape_short(value)
    elif type(value) is Markup:
        return value
    elif type(value) is int:
        return str(value)
    return str(escape_to_markup(value))


class _Macro(Macro):
    """A macro that says whether it takes positional arguments only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_plain = not (self.caller or self.catch_kwargs or self.catch_varargs)
        self.defaults = (missing,) * self._argument_count
        self.function = self._func


class _Context(Context):
    """The variables of a template."""

    def call(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """See `Context.call`. A macro with positional arguments needs none of its preparations."""
        if type(function) is _Macro and function.is_plain and self.eval_ctx.autoescape:
            if kwargs:
                kwargs.pop("_loop_vars", None)
                kwargs.pop("_block_vars", None)
            if not kwargs and len(args) <= len(function.defaults):
                arguments = args + function.defaults[len(args) :]
                return str.__new__(Markup, function.function(*arguments))
        return super().call(function, *args, **kwargs)


class _CodeGenerator(CodeGenerator):
    """Writes the Python module of a template."""

    def visit_Template(self, node: Template, frame: Frame | None = None) -> None:
        """See `CodeGenerator.visit_Template`. The names imported here replace those of Jinja, which
        the module imports above."""
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import escape, _Macro as Macro")


@lru_cache(maxsize=16_384)
def _url_quote(text: str) -> str:
    return do_urlencode(text)


def urlencode(value: object) -> str:
    """The filter of that name, which remembers the texts it has quoted: ids of sections recur."""
    return _url_quote(value) if type(value) is str else do_urlencode(value)  # type: ignore[arg-type]


class Environment(jinja2.Environment):
    """Jinja's environment with autoescape, strict about undefined variables."""

    code_generator_class = _CodeGenerator
    context_class = _Context

    def __init__(self, load_text: Callable[[str], str | None], words: Words = ENGLISH) -> None:
        """`load_text` gives the text of a template by its name; None where there is none. `words`
        are those that templates print.

        In tracebacks of templates, the name of the template takes the place of a file.
        """

        def load(name: str) -> tuple[str, str, None] | None:
            text = load_text(name)
            return None if text is None else (text, name, None)

        self.words = words
        super().__init__(
            loader=jinja2.FunctionLoader(load),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=_CompiledTemplates(
                Path(__file__).with_name("__pycache__"), words.digest
            ),
        )
        self.filters["urlencode"] = urlencode
        self.filters["isodate_words"] = lru_cache(maxsize=4_096)(words.date)
        self.filters["grouped"] = words.number
        self.globals[PLURAL_FORM] = words.form_of
        # These are random, and the same input must give the same bytes.
        del self.filters["random"], self.globals["lipsum"]

    def _parse(self, source: str, name: str | None, filename: str | None) -> Template:
        return translate(super()._parse(source, name, filename), self.words)


class _CompiledTemplates(BytecodeCache):
    """Compiled templates, beside the compiled modules of this package.

    They are never kept in the cache folder of a site: somebody else may have written that, and
    nothing in it may be executed. Who can write to the package can change the program anyway. Where
    the package cannot be written to, every run compiles its templates.
    """

    def __init__(self, folder: Path, words_digest: str = "") -> None:
        """`words_digest` is that of the catalogue of words that templates are compiled with."""
        self._folder, self._words_digest = folder, words_digest

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """A digest of the name and of the compiler. The text is the checksum."""
        return digest(_compiler(), self._words_digest, name, filename or "")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code from its file, where there is one and it is not damaged."""
        try:
            content = self._path(bucket).read_bytes()
        except OSError:
            return
        checksum, data = content[:_CHECKSUM_BYTES], content[_CHECKSUM_BYTES:]
        if checksum == _checksum(data):
            bucket.code = marshal.loads(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the code to a file, which exists completely or not at all."""
        data = marshal.dumps(bucket.code)
        with suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            self._remove_oldest()
            handle, temporary = tempfile.mkstemp(".tmp", _PREFIX, self._folder)
            with os.fdopen(handle, "wb") as file:
                file.write(_checksum(data) + data)
            os.replace(temporary, self._path(bucket))

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"{_PREFIX}{digest(bucket.key, bucket.checksum)}"

    def _remove_oldest(self) -> None:
        present = sorted(self._folder.glob(f"{_PREFIX}*"), key=lambda path: path.stat().st_mtime_ns)
        for path in present[: 1 - MAX_COMPILED]:
            path.unlink()


@cache
def _compiler() -> str:
    """A digest of what compiles a template: Python, Jinja, and this room, since the compiler
    applies filters to constants."""
    folders = (Path(jinja2.compiler.__file__).parent, Path(__file__).parent)
    files = (str(path) for folder in folders for path in sorted(folder.glob("*.py")))
    return digest(sys.version, *(f"{path} {signature_of(path)}" for path in files))


def _checksum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_CHECKSUM_BYTES).digest()
