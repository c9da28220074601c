"""The words of the tool itself on pages (`On this page`, `Approved on …`), in the languages that
have a catalogue.

English is the source: the code and the templates have the English texts, and a catalogue has what
each becomes in another language. A catalogue is a gettext file beside this module (`es.po`); a site
can add languages, and change words of these, in the folder `words/` of its own theme.
"""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from msgspec import Struct, field

from ..errors import ThemeError
from ..strings import digest

SOURCE_LANGUAGE = "en"
"""The language of the texts in code and templates."""
_FOLDER = Path(__file__).parent
_MONTHS = (
    "January February March April May June July August September October November December".split()
)


def _english_form(count: int) -> int:
    return int(count != 1)


class Words(Struct, frozen=True):
    """The texts of one language."""

    language: str = SOURCE_LANGUAGE
    texts: Mapping[str, str] = field(default_factory=dict)
    """By English text."""
    forms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By English singular: the forms of a text with a number."""
    form_of: Callable[[int], int] = _english_form
    """Which of the forms a number has (`Plural-Forms` of gettext)."""
    digest: str = ""
    """Digest of the catalogue; '' for English."""

    def __call__(self, text: str, **values: object) -> str:
        """An English text in this language, with values in place of `{name}`."""
        text = self.texts.get(text, text)
        return text.format(**values) if values else text

    def count(self, one: str, many: str, count: int, **values: object) -> str:
        """A text with a number, given in English for one and for many (`{count} entries`)."""
        forms = self.forms.get(one, (one, many))
        return forms[min(self.form_of(count), len(forms) - 1)].format(count=count, **values)

    def number(self, number: int) -> str:
        """A whole number, its digits grouped as the language does."""
        if self.language == SOURCE_LANGUAGE:
            return f"{number:,}"
        from babel.numbers import format_decimal  # only sites in other languages need it

        return format_decimal(number, locale=_locale(self.language))

    def date(self, iso: str) -> str:
        """`2025-01-20` as `20 January 2025`, `2025-01` as `January 2025`; other texts unchanged."""
        text = str(iso)[:10]
        parts = text.split("-")
        is_date = len(parts) in (2, 3) and all(part.isdecimal() for part in parts)
        if not is_date or not 1 <= int(parts[1]) <= 12:
            return str(iso)
        if self.language != SOURCE_LANGUAGE:
            return self._cldr_date([int(part) for part in parts]) or str(iso)
        day = f"{int(parts[2])} " if len(parts) == 3 else ""
        return f"{day}{_MONTHS[int(parts[1]) - 1]} {parts[0]}"

    def _cldr_date(self, parts: list[int]) -> str:
        """A day or month as CLDR writes it at length; '' where there is no such day."""
        from babel.dates import format_date, format_skeleton  # see `number`

        try:
            day = date(*(parts if len(parts) == 3 else (*parts, 1)))
        except ValueError:
            return ""
        locale = _locale(self.language)
        if len(parts) == 3:
            return format_date(day, "long", locale=locale)
        return format_skeleton("yMMMM", day, locale=locale)


ENGLISH = Words()


def mark(text: str) -> str:
    """The text itself. For the tools that collect words: it is translated where it is shown."""
    return text


def words_in(language: str, own: Mapping[str, str] | None = None) -> Words:
    """The words of a language (BCP 47); of its main language, such as `es` for `es-MX`, where it has
    no catalogue of its own; else English.

    `own` are the catalogues of a site, by language. Their entries come before those of the package.
    Raises ThemeError for one that cannot be parsed.
    """
    if not own:
        return _package_words(language)
    for name in (language, language.partition("-")[0].lower()):
        words = _read(name, own.get(name, ""))
        if words is not None:
            return words
    return ENGLISH


@lru_cache(maxsize=32)  # each page asks several times
def _package_words(language: str) -> Words:
    main = language.partition("-")[0].lower()
    return _read(language, "") or _read(main, "") or ENGLISH


@lru_cache(maxsize=32)
def _read(language: str, own: str) -> Words | None:
    path = _FOLDER / f"{language}.po"
    is_file_name = language.replace("-", "").isalnum()
    text = path.read_text(encoding="utf-8") if is_file_name and path.is_file() else ""
    if not text and not own:
        return None
    words = Words(language, digest=digest(text, own))
    for content in filter(None, (text, own)):
        words = _with_catalogue(words, content)
    return words


def _with_catalogue(words: Words, content: str) -> Words:
    """Words with the translated entries of a catalogue added, and its rule for plurals."""
    # Its parser knows the format to the letter, and is needed for no site in English only.
    from babel.messages.pofile import PoFileError, read_po

    try:
        catalogue = read_po(BytesIO(content.encode()), abort_invalid=True)
        has_rule = "Plural-Forms:" in content
        form_of = gettext.c2py(catalogue.plural_expr) if has_rule else words.form_of
    except (PoFileError, ValueError) as problem:
        raise ThemeError(f"the catalogue of words in {words.language!r}: {problem}") from None
    texts, forms = dict(words.texts), dict(words.forms)
    for message in catalogue:
        if not message.id or not message.string or message.fuzzy:
            continue
        if isinstance(message.id, str):
            texts[message.id] = str(message.string)
        elif all(message.string):
            forms[message.id[0]] = tuple(message.string)
    return Words(words.language, texts, forms, form_of, words.digest)


def language_name(language: str) -> str:
    """The name of a language in that language itself, such as `Español`; its tag where CLDR has no
    name for it."""
    from babel import Locale, UnknownLocaleError  # see `Words.number`

    try:
        name = Locale.parse(language, sep="-").get_display_name() or language
    except (ValueError, UnknownLocaleError):
        return language
    return name[:1].upper() + name[1:]


def _locale(language: str) -> str:
    """The name of a language's CLDR data; that of English where CLDR has none for it."""
    from babel import Locale, UnknownLocaleError  # see `Words.number`

    for name in (language, language.partition("-")[0]):
        try:
            return str(Locale.parse(name, sep="-"))
        except (ValueError, UnknownLocaleError):
            continue
    return SOURCE_LANGUAGE
