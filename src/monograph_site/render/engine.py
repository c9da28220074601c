"""The template engine: Jinja2 with autoescape, faster where pages spend their time.

Templates become Python code that takes short cuts (see `code_generator`). Compiled templates are
kept between runs, since compiling those of one page takes longer than rendering a hundred.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, MutableMapping, Set
from contextlib import suppress
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path
from typing import Any, TypeAlias, cast

import jinja2
import jinja2.compiler
import msgspec
from jinja2.bccache import Bucket, BytecodeCache
from jinja2.filters import do_urlencode
from jinja2.nodes import Template as TemplateNode

from ..model.files import is_racy, signature_of
from ..model.monograph import is_in_text_of, title_anchor
from ..model.strings import digest
from ..model.words import ENGLISH, Words
from ..model.words import __file__ as words_file
from . import IMPORTED_AT
from .code_generator import ExactCodeGenerator, FastCodeGenerator, PageContext
from .definitions import Blocks, Definitions
from .filters import list_filters
from .translation import PLURAL_FORM, translate

MAX_COMPILED = 128
"""Compiled templates kept on disk."""
_PREFIX = "template-"
"""What the names of their files begin with."""
_CHECKSUM_BYTES = 16
_decode_definitions = msgspec.msgpack.Decoder(Definitions).decode
_COMPILED = Path(__file__).with_name("__pycache__")


@lru_cache(maxsize=16_384)
def _url_quote(text: str) -> str:
    return do_urlencode(text)


def urlencode(value: object) -> str:
    """The filter of that name. Ids of sections recur, and are remembered."""
    return _url_quote(value) if type(value) is str else do_urlencode(value)  # type: ignore[arg-type]


Filled: TypeAlias = list[tuple[str, str]]
"""What a template makes of its data: the text of a page in parts that follow one another. With each is
the name of the block that it is, or '' for what is around the blocks."""


def text_of(filled: Filled) -> str:
    """The whole text of a page."""
    return "".join(text for _, text in filled)


class _Template(jinja2.Template):
    """A template whose code may raise an exception where Jinja's would not."""

    environment: Environment
    definitions: bytes
    """What it defines, encoded."""

    @classmethod
    def _from_namespace(
        cls, environment: jinja2.Environment, namespace: Any, globals: Any
    ) -> jinja2.Template:
        result = super()._from_namespace(environment, namespace, globals)
        cast("_Template", result).definitions = namespace["definitions"]
        return result

    def render(self, *args: Any, **kwargs: Any) -> str:
        """See `jinja2.Template.render`."""
        return text_of(self.fill(dict(*args, **kwargs)))

    def fill(self, data: Mapping[str, Any]) -> Filled:
        """The text of a page. After an exception, the code without short cuts renders the page, or
        says what is wrong with it."""
        environment = self.environment
        if self.name not in environment.without_short_cuts:
            try:
                return self.fill_around({}, data)
            except Exception:  # a template may raise anything
                environment.without_short_cuts.add(self.name)
        return [("", environment.exact.get_template(self.name or "").render(data))]

    def fill_around(self, kept: Mapping[str, str], data: Mapping[str, Any]) -> Filled:
        """The text of a page of which the texts of some blocks are known. May raise anything."""
        context = cast("PageContext", self.new_context(dict(data)))
        for name, text in kept.items():
            context.blocks[name] = [partial(_text_of_block, text)]
        rest = "".join(self.root_render_func(context))  # before that, there are no parts
        return [*context.parts, ("", rest)]


def _text_of_block(text: str, _: jinja2.runtime.Context) -> Iterator[str]:
    """A block whose text is known."""
    yield text


class Environment(jinja2.Environment):
    """Jinja's environment with autoescape, strict about undefined variables."""

    code_generator_class: type[ExactCodeGenerator] = FastCodeGenerator
    template_class = _Template
    context_class = PageContext

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
            bytecode_cache=_CompiledTemplates(_COMPILED, words.digest),
        )
        self.without_short_cuts: set[str | None] = set()
        """Names of templates whose pages cannot be rendered with them."""
        self._names: dict[tuple[str, frozenset[str]], frozenset[str]] = {}
        """What pages use beside kept blocks, by template and names of the blocks."""
        self.filters.update(list_filters())
        self.filters["urlencode"] = urlencode
        self.filters["isodate_words"] = lru_cache(maxsize=4_096)(words.date)
        self.filters["grouped"] = words.number
        self.filters["title_anchor"] = title_anchor
        self.tests["in_text_of"] = is_in_text_of
        self.globals[PLURAL_FORM] = words.form_of
        # These are random, and the same input must give the same bytes.
        del self.filters["random"], self.globals["lipsum"]

    @cached_property
    def exact(self) -> jinja2.Environment:
        """The same environment, whose templates do exactly what Jinja's do."""
        result = self.overlay(
            bytecode_cache=_CompiledTemplates(_COMPILED, f"{self.words.digest} exact")
        )
        result.code_generator_class = ExactCodeGenerator
        result.template_class = jinja2.Template
        return result

    def fill(self, name: str, data: Mapping[str, Any]) -> Filled:
        """What a template makes of its data."""
        return cast("_Template", self.get_template(name)).fill(data)

    def fill_around(
        self, kept: Mapping[str, str], name: str, data_for: Callable[[Set[str]], Mapping[str, Any]]
    ) -> Filled | None:
        """The same where the texts of some blocks are known; `data_for` gives the data for the names
        that the rest uses. None for a template that it cannot be done with."""
        key = name, frozenset(kept)
        try:
            if key not in self._names:
                self._names[key] = self.blocks(name).names_without(key[1])
            data = data_for(self._names[key])
            return cast("_Template", self.get_template(name)).fill_around(kept, data)
        except Exception:  # whatever it is: rendering the whole page meets it again
            return None

    def blocks(self, name: str) -> Blocks:
        """The blocks of a page with a template. Raises UnknownError."""
        return Blocks(self._definitions, name)

    def _definitions(self, name: str) -> Definitions | None:
        try:
            return _decode_definitions(cast("_Template", self.get_template(name)).definitions)
        except jinja2.TemplateError:  # rendering reports it
            return None

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """See `jinja2.Environment.make_globals`. Templates have no globals of their own: a plain
        dictionary is faster."""
        return {**self.globals, **d} if d else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> TemplateNode:
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
        if not _compiler():
            return
        try:
            content = self._path(bucket).read_bytes()
        except OSError:
            return
        checksum, data = content[:_CHECKSUM_BYTES], content[_CHECKSUM_BYTES:]
        if checksum == _checksum(data):
            bucket.code = marshal.loads(data)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Write the code to a file, which exists completely or not at all."""
        if not _compiler():
            return
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
    """A digest of what compiles a template: Python, Jinja, and the rooms whose filters the compiler
    applies to constants. '' where one of their files may have changed since this process has read
    it: what is in memory is then unknown, and no compiled template is read or kept."""
    folders = (Path(module).parent for module in (jinja2.compiler.__file__, __file__, words_file))
    files = [str(path) for folder in folders for path in sorted(folder.glob("*.py"))]
    signatures = [signature_of(path) for path in files]
    if any(signature is None or is_racy(signature, IMPORTED_AT) for signature in signatures):
        return ""
    return digest(sys.version, *map(str, zip(files, signatures, strict=True)))


def _checksum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_CHECKSUM_BYTES).digest()
