"""The corrections of each kind of finding: from a finding to the spans that it changes.

Most findings carry the text to write instead (`Finding.replacement`). The functions here correct the
others. Each changes only what is certain, and yields nothing where it is not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cached_property

from msgspec import Struct

from ..build.load import load_bytes, read_draft
from ..config import Config
from ..loader.description import is_usable
from ..loader.draft import Draft
from ..loader.front_faqs import certain_repair
from ..markdown.inline import without_bold_marks
from ..markdown.repairs import unclosed_labels
from ..model.finding import Finding
from ..model.monograph import Loaded, Monograph
from ..model.source import Source
from ..model.strings import collapse, squash
from ..regex import regex
from ..source.decode import certain_repairs, decode
from ..source.front_matter import FrontMatter, read_front_matter
from ..source.suppressions import suppression_at
from .text import Edit, FileText, place_as_written
from .yaml_spans import remove_entry, replace_text

_NOTATION = "6"
"""The first digit of the codes of findings on how doses are written."""
_LINE_BREAKING = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f\u2028\u2029")
"""Control characters that divide text as a line end does: a space takes their place."""
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Invisible characters that take the room of a letter: a space takes their place."""
_SOFT_HYPHEN = "\u00ad"
_LATIN = str.maketrans(
    "АВЕКМНОРСТУХаеорсухі" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲ", "ABEKMHOPCTYXaeopcyxi" + "ABEZHIKMNOPTYXoc"
)
"""Latin letters for the Cyrillic and the Greek ones that look the same."""
_FULL_WIDTH = regex("[\uff10-\uff5a]")
_OTHER_WORD = regex("[\u0370-\u03ff]{2}|[\u0400-\u04ff]{2}")
"""Part of a word in Greek or Cyrillic letters: in such a text, one letter may be a word."""
_WORD = regex(r"\w+")
_HEADING = regex(r"([ ]{0,3}#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_BOLD_LEAD = regex(r"(\*\*|__)(?P<label>[^*_]+?)[\s:]*\1[\s:]*(?P<rest>\S.*)")
_PLAIN_LEAD = regex(r"(?P<label>[^:*_]+?)\s*:\s*(?P<rest>\S.*)")
_INDENT = regex(r"[ \t]{4,}")
_BOLD_LABEL = regex(r"(?:[ \t>]|[*+-][ \t])*\*\*[^*:]{1,60}:(?=\s)")
_LIST_MARK = regex(r"[ \t]*[*+-][ \t]")
_CUT = regex(r"\s*(?:\.\.\.|…|:)\s*$")
_PLAIN_MARKUP = regex(
    r"\[([^\]\n]*)\]\([^)\s]*\)|(?<![\w*])\*(\w[^*\n]{0,80})\*|`|</?[a-z]{1,6}>|^#{1,6} ",
    re.MULTILINE,
)


class Page(Struct, frozen=True, dict=True, eq=False):
    """A content file whose findings are corrected."""

    path: str
    file: FileText
    config: Config

    @cached_property
    def loaded(self) -> Loaded:
        """What the file became."""
        return load_bytes(self.path, self.file.content, self.config)

    @property
    def monograph(self) -> Monograph | None:
        """Its record."""
        return self.loaded.monograph

    @cached_property
    def source(self) -> Source:
        """The text as it is read."""
        return decode(self.path, self.file.content).source or Source(self.path, "")

    @cached_property
    def front(self) -> FrontMatter:
        """Its front matter as written; empty where the file is repaired from mis-encoding, so that
        places in it are not those of the file."""
        return read_front_matter(self.source if not self.source.raw else Source(self.path, ""))

    @cached_property
    def draft(self) -> Draft:
        """What the rules look at."""
        return read_draft(self.source, self.config)[0]

    @property
    def text(self) -> str:
        """The text of the file."""
        return self.file.text

    def edit(self, finding: Finding, start: int, end: int, text: str) -> Edit:
        """An edit that corrects a finding."""
        return Edit(start, end, text, finding.name)


Fix = Callable[[Page, Finding], Iterator[Edit]]
_FIXES: dict[str, Fix] = {}
NEUTRAL = frozenset(
    "description-cut description-list description-colon faq-repaired heading-swallows-paragraph"
    " list-as-code missing-space-after-bold mis-encoded-text".split()
)
"""Names of the findings of which the page shows what was meant already: correcting them changes
nothing in the record."""


def edits_for(page: Page, finding: Finding) -> list[Edit]:
    """The edits that correct a finding; none where the correction is not certain."""
    fix = _FIXES.get(finding.name)
    if fix is not None:
        return list(fix(page, finding))
    if finding.replacement is None:
        return []
    start = page.file.offset(finding.span)
    if page.text[start : start + finding.length] != finding.quoted:
        return []
    edit = page.edit(finding, start, start + finding.length, finding.replacement)
    return [edit, *_in_faqs(page, edit)] if finding.code[1] == _NOTATION else [edit]


def _in_faqs(page: Page, edit: Edit) -> Iterator[Edit]:
    """The same change of notation in the questions of the front matter, which repeat the text."""
    document = page.front.document
    if document is None or "faqs" not in page.front.data or not document.root:
        return
    for key, value in document.root.value:
        if key.value == "faqs":
            written = re.escape(page.text[edit.start : edit.end])
            places = re.compile(rf"(?<![\w.,/^-]){written}(?![\w/])")
            end = document.offset + value.end_mark.index
            for match in places.finditer(page.text, document.offset + value.start_mark.index, end):
                yield edit._replace(start=match.start(), end=match.end())


def _fix(*names: str) -> Callable[[Fix], Fix]:
    def register(function: Fix) -> Fix:
        _FIXES.update(dict.fromkeys(names, function))
        return function

    return register


@_fix("mis-encoded-text")
def _decode(page: Page, finding: Finding) -> Iterator[Edit]:
    """The characters that were meant."""
    start, line = page.file.line(finding.span.line)
    repair = certain_repairs(line).get(finding.span.column - 1)
    if repair:
        at = start + finding.span.column - 1
        yield page.edit(finding, at, at + len(repair[0]), repair[1])


@_fix("control-character")
def _control(page: Page, finding: Finding) -> Iterator[Edit]:
    """A space for what divides text; nothing for the rest, unless two words would become one. Codes
    from 80 on are left: in Windows-1252 they are dashes and quotation marks."""
    at = page.file.offset(finding.span)
    character = page.text[at : at + 1]
    if character in _LINE_BREAKING:
        yield page.edit(finding, at, at + 1, " ")
    elif character == "\ufeff" or (character < "\x80" and not _is_in_word(page.text, at)):
        yield page.edit(finding, at, at + 1, "")


def _is_in_word(text: str, at: int) -> bool:
    return text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum()


@_fix("invisible-character", "bidi-control")
def _invisible(page: Page, finding: Finding) -> Iterator[Edit]:
    """Nothing, or a space for what takes the room of a letter."""
    at = page.file.offset(finding.span)
    yield page.edit(finding, at, at + 1, " " if page.text[at] in _FILLERS else "")


@_fix("soft-hyphen")
def _soft_hyphens(page: Page, finding: Finding) -> Iterator[Edit]:
    for match in re.finditer(_SOFT_HYPHEN, page.text):
        yield page.edit(finding, match.start(), match.end(), "")


@_fix("mixed-scripts")
def _homoglyphs(page: Page, finding: Finding) -> Iterator[Edit]:
    """The Latin letters of a word that has no other letters than Latin ones and their doubles."""
    at = page.file.offset(finding.span)
    word = _WORD.search(page.text, _word_start(page.text, at))
    if word is None:
        return
    may_be_word = len(word.group()) == 1 and not _FULL_WIDTH.match(word.group())
    if may_be_word and _OTHER_WORD.search(page.text):
        return
    latin = unicodedata.normalize("NFKC", word.group().translate(_LATIN))
    if latin.isascii() and latin != word.group() and len(latin) == len(word.group()):
        yield page.edit(finding, *word.span(), latin)


def _word_start(text: str, at: int) -> int:
    while at > 0 and _WORD.match(text[at - 1]):
        at -= 1
    return at


@_fix("name-runs-into-dose")
def _space_before_dose(page: Page, finding: Finding) -> Iterator[Edit]:
    at = page.file.offset(finding.span)
    yield page.edit(finding, at, at, " ")


@_fix("missing-space-after-bold")
def _spaces_after_bold(page: Page, finding: Finding) -> Iterator[Edit]:
    draft = page.draft
    for offset in unclosed_labels(draft.prose, draft.body_start):
        at = page.file.offset(place_as_written(draft.source, offset))
        yield page.edit(finding, at, at, " ")


@_fix("heading-swallows-paragraph")
def _text_below_heading(page: Page, finding: Finding) -> Iterator[Edit]:
    """The text of the line in a paragraph of its own."""
    start, line = page.file.line(finding.span.line)
    heading = _HEADING.match(line)
    lead = heading and (_BOLD_LEAD.fullmatch(heading[2]) or _PLAIN_LEAD.fullmatch(heading[2]))
    if heading and lead:
        end = start + len(line)
        is_followed = page.text[end : end + 2].strip("\n") != ""
        text = f"{heading[1]} {lead['label'].strip()}\n\n{lead['rest']}" + "\n" * is_followed
        yield page.edit(finding, start, end, text)


@_fix("list-as-code")
def _dedent_list(page: Page, finding: Finding) -> Iterator[Edit]:
    """The lines of the list, moved to the left by the indentation of its first one."""
    number = finding.span.line
    first = _INDENT.match(page.file.line(number)[1])
    if first is None:
        return
    last = page.text.count("\n") + 1
    while number <= last:
        start, line = page.file.line(number)
        if line.strip() and not line.startswith(first.group()):
            return
        if line.strip():
            yield page.edit(finding, start, start + first.end(), "")
        number += 1


@_fix("unbalanced-bold")
def _close_label(page: Page, finding: Finding) -> Iterator[Edit]:
    """Asterisks behind the colon of a label that opens in bold, where the paragraph has no others:
    `**Warning: do not …`."""
    start, line = page.file.line(finding.span.line)
    label = _BOLD_LABEL.match(line)
    following = page.text[start + len(line) :]
    paragraph = (
        line + re.split(r"\n[ \t]*(?:\n|[*+-][ \t]|\d+[.)][ \t]|#)", following, maxsplit=1)[0]
    )
    if label and paragraph.count("**") == 1:
        at = start + label.end()
        yield page.edit(finding, at, at, "**")


@_fix("unbalanced-emphasis")
def _space_after_bullet(page: Page, finding: Finding) -> Iterator[Edit]:
    """The space behind an asterisk that begins a line between two items with the same mark."""
    number = finding.span.line
    start, line = page.file.line(number)
    if not line.lstrip(" ").startswith("*") or line.count("*") != 1:
        return
    last = page.text.count("\n") + 1
    beside = [page.file.line(near)[1] for near in (number - 1, number + 1) if 0 < near <= last]
    if any(near.lstrip(" ").startswith("* ") for near in beside):
        at = start + line.index("*") + 1
        yield page.edit(finding, at, at, " ")


@_fix("description-cut", "description-list", "description-colon")
def _description(page: Page, finding: Finding) -> Iterator[Edit]:
    """The description that the site shows instead; where it has to break off too, none. Only where
    the text has the words of the present one."""
    stated, shown = (
        page.front.data.get("description"),
        page.monograph and page.monograph.description,
    )
    if not isinstance(stated, str) or not shown or not _is_in_text(page, stated):
        return
    if is_usable(shown) and shown != stated:
        yield from replace_text(page.source, page.front, ["description"], shown, finding.name)
    else:
        yield from remove_entry(page.source, page.front, ["description"], finding.name)


@_fix("description-markup")
def _plain_description(page: Page, finding: Finding) -> Iterator[Edit]:
    """The description without its markup."""
    stated = page.front.data.get("description")
    if not isinstance(stated, str):
        return
    if not is_usable(stated) and _is_in_text(page, stated):
        yield from _description(page, finding)
        return
    plain = collapse(without_bold_marks(_PLAIN_MARKUP.sub(r"\1\2", stated)))
    if plain != collapse(stated) and squash(plain):
        yield from replace_text(page.source, page.front, ["description"], plain, finding.name)


def _is_in_text(page: Page, description: str) -> bool:
    """Whether the sections have all words of a description, in their order."""
    if page.monograph is None:
        return False
    words = squash(_CUT.sub("", description))
    return words in squash(" ".join(section.text for section in page.monograph.sections))


@_fix("faq-repaired")
def _faqs(page: Page, finding: Finding) -> Iterator[Edit]:
    """The questions and answers as the page shows them, where the repair is certain."""
    entries = page.front.data.get("faqs")
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        for keys in (("q", "a"), ("question", "answer")):
            question, answer = map(entry.get, keys) if isinstance(entry, dict) else (None, None)
            if not (isinstance(question, str) and isinstance(answer, str)):
                continue
            repaired = certain_repair(question, answer) or (question.strip(), answer.strip())
            for key, old, new in zip(keys, (question, answer), repaired, strict=True):
                place = ["faqs", number, key]
                if old.strip() != new:
                    yield from replace_text(page.source, page.front, place, new, finding.name)


@_fix("unused-ignore")
def _unused_ignore(page: Page, finding: Finding) -> Iterator[Edit]:
    """The suppression: its comment, if it names nothing else, its word in a list, or its key."""
    at = page.file.offset(finding.span)
    if page.text[at : at + finding.length] != finding.quoted:  # the file has changed since
        return
    comment = suppression_at(page.text, at)
    if comment:
        yield page.edit(finding, *comment, "")
        return
    words = page.front.data.get("ignore")
    if isinstance(words, str):
        yield from remove_entry(page.source, page.front, ["ignore"], finding.name)
    elif isinstance(words, list):
        for number in range(len(words)):
            if page.front.span_of("ignore", number) == finding.span:
                place = ["ignore", number]
                yield from remove_entry(page.source, page.front, place, finding.name)
