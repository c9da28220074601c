"""Source → record, in one way for every convention.

Sections and questions are recognised by their words, whatever marks them, so a convention needs no
reader of its own: what differs between formularies (the keys of their front matter, the words of
their headings) is data, not code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from msgspec.structs import replace

from ..check.policy import policy_in_file
from ..config import Config
from ..config.addresses import published_address
from ..config.site_paths import is_folder_page
from ..loader.body import Body, compose_body
from ..loader.citations import take_footnotes
from ..loader.draft import Draft
from ..loader.facts import gather_facts
from ..loader.front_faqs import FrontFaqs, repair_faqs
from ..loader.front_sections import add_front_sections
from ..loader.includes import include_fragments
from ..loader.made_words import with_made_words
from ..loader.mapped_text import MappedText, relocate
from ..loader.mdx import is_mdx, read_mdx
from ..loader.outline import outline
from ..loader.record import make_record, places_of
from ..loader.right_to_left import with_isolated_doses
from ..loader.sections import key_for
from ..loader.shortcodes import expand_shortcodes
from ..loader.smart_punctuation import with_smart_punctuation
from ..loader.table_sections import add_table_sections
from ..markdown.blocks import Block, MarkdownDocument
from ..markdown.hidden import remove_hidden
from ..markdown.html import escape
from ..markdown.parser import parse, short
from ..model.claims import NO_FACTS
from ..model.excerpt import with_excerpts
from ..model.finding import Finding
from ..model.monograph import Faq, Loaded, Section
from ..model.source import Source, Span
from ..model.strings import collapse
from ..model.words import mark, words_in
from ..rules import check
from ..source.conflict import find_conflict
from ..source.data_item import front_matter_of
from ..source.decode import decode
from ..source.findings_file import CRASH
from ..source.findings_front_matter import UNKNOWN_KEY
from ..source.front_matter import FrontMatter, read_front_matter
from ..source.nested_fields import lift_nested_fields
from ..source.schema import Fields, read_fields
from ..source.schema_tables import read_tables
from ..source.suppressions import read_suppressions

_NOT_CLINICAL = frozenset(("preamble", "other", "summary", "references", "faqs"))
"""Keys of sections that plain pages have too."""
_OF_A_MEDICINE = frozenset("names dose renal hepatic interactions side_effects overdose".split())
"""Keys of sections that a text about a medicine has, and one about a disease or procedure seldom."""
_OF_ANYTHING = frozenset("how_it_works pharmacology how_to_take monitoring".split())
"""Keys of sections of a medicine whose headings other texts have too: `Mechanism`, `Classification`,
`Preparation`."""
MAX_TITLE_LEVEL = 2
"""Level of a heading that can be the title of a page."""
_BEFORE_TITLE = frozenset({"html", "rule", "paragraph", "quote", "figure", "image"})
"""Kinds of blocks that a title may follow: a logo, a motto, a line of links."""


def load_source(
    source: Source, config: Config, front: FrontMatter | None = None, *, rules: bool = True
) -> Loaded:
    """Load one content file: its record, where one can be made, and all findings about it. Nothing
    is raised, and nothing of the text is lost. `front` is its front matter, where that is known.
    Without `rules`, a record is made of any text that can be read, whatever it says, and what rules
    over several files need of it is left out."""
    try:
        return _load(source, config, front, rules)
    except RecursionError:
        message = "The file nests deeper than can be read.\nUse fewer levels of lists, quotes or brackets."
        return Loaded(None, (CRASH.at(source.path, Span(), message),))
    except Exception as error:  # one bad file costs that page, not the build
        message = (
            "An internal error keeps this file from being read "
            f"({type(error).__name__}: {collapse(str(error))}).\nPlease report it."
        )
        return Loaded(None, (CRASH.at(source.path, Span(), message),))


def load_bytes(path: str, content: bytes, config: Config, *, rules: bool = True) -> Loaded:
    """Load the bytes of a content file; each finding has its line of source (see `load_source`)."""
    source, decode_findings = decode(path, content, config.max_file_bytes)
    if source is None:
        return Loaded(None, decode_findings)
    loaded = load_source(source, config, rules=rules)
    findings = with_excerpts((*decode_findings, *loaded.findings), source)
    return replace(loaded, findings=findings)


def load_item(path: str, content: bytes, config: Config, *, rules: bool = True) -> Loaded:
    """Load an entry of a data file (see `data_file.ItemContent`) as a content file. Its places count
    from the start of the entry."""
    front, source = front_matter_of(content, path)
    loaded = load_source(source, config, front, rules=rules)
    return replace(loaded, findings=with_excerpts(loaded.findings, source))


def _load(source: Source, config: Config, front: FrontMatter | None, rules: bool) -> Loaded:
    conflict = find_conflict(source)
    if conflict:  # everything else that is wrong may be a consequence of it
        return Loaded(None, (conflict,))
    draft, schema_findings = read_draft(source, config, front)
    front, fields = draft.front, draft.fields
    if config.data_collection(source.path):  # `unmapped-keys` names these once for all entries
        schema_findings = tuple(item for item in schema_findings if item.name != UNKNOWN_KEY.name)
    findings = (*front.findings, *schema_findings)
    anchor_lines = draft.body.lines
    if any(finding.blocks_page for finding in front.findings):
        # rules would only report consequences of these
        return Loaded(None, findings, lines=anchor_lines)
    ignores = (*fields.ignore, *read_suppressions(source))
    if rules:
        findings = (*findings, *check(draft, config.optional_rules))
    if any(finding.blocks_page for finding in findings):
        return Loaded(None, findings, ignores=ignores, lines=anchor_lines)
    # Readers are not warned of what the editors have decided to ignore.
    monograph = make_record(draft, draft.slug, policy_in_file(findings, ignores, config))
    monograph = with_made_words(monograph, words_in(draft.frame_language))
    monograph = with_isolated_doses(monograph, draft.language)
    facts = gather_facts(draft, monograph) if rules else NO_FACTS
    return Loaded(monograph, findings, places_of(draft), ignores, facts, anchor_lines)


def read_draft(
    source: Source, config: Config, front: FrontMatter | None = None
) -> tuple[Draft, tuple[Finding, ...]]:
    """The draft of a content file, and the findings on the fields of its front matter. `front` is
    the front matter, where that is known."""
    front = front or lift_nested_fields(read_front_matter(source))
    fields, findings = read_fields(front, source)
    if not fields.lang and (language := config.split_path(source.path)[0]):
        fields = replace(fields, lang=language)
    return _read_body(source, front, fields, config), findings


def _read_body(source: Source, front: FrontMatter, fields: Fields, config: Config) -> Draft:
    written = MappedText(remove_hidden(front.body))
    written = read_mdx(written.text) if is_mdx(source.path, source.text) else written
    written = include_fragments(written, config.fragments)
    first_line = 1 if written.origins else front.body_line
    text, notes = take_footnotes(expand_shortcodes(written.text, config.shortcodes), first_line)

    def link(href: str) -> str:
        return published_address(href, source.path, config)

    document = parse(text, first_line, link)
    if written.origins:
        document, notes = relocate(document, notes, written, front.body_line)
    if config.smart_punctuation:
        blocks = with_smart_punctuation(document.blocks, fields.lang or config.language)
        document = document._replace(blocks=blocks)
    title = (
        collapse(fields.title)
        or _heading_title(document)
        or _file_name_title(config.split_path(source.path)[1])
    )
    stated_kind = fields.kind or _kind_by_path(source.path, config)
    outlined = outline(_visible(document.blocks), title, has_labels=stated_kind != "page")
    tables = read_tables(front)
    words = words_in(config.edition_of(fields.lang) or config.language)
    if tables.taken:
        outlined, fields = add_table_sections(outlined, tables, fields, front, words)
    parts, fields = add_front_sections(outlined, front, fields, link)
    body = compose_body(parts, title, fields.references, notes, words, link)
    front_faqs = repair_faqs(fields.faqs)
    if front_faqs.pairs and not body.faqs:
        heading = words(mark("Frequently asked questions"))
        body = _with_front_faqs(body, front_faqs, heading)
    collection = config.data_collection(source.path)
    is_part = collection is not None and collection.rows  # of another page
    kind = "page" if is_part else stated_kind or _guess_kind(fields, body, title)
    return Draft(
        source, front, fields, document, parts, body, front_faqs, title, kind, config, tables.rows,
        tables.unknown_keys,
    )  # fmt: skip


def _visible(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks without those of which nothing is left, such as a comment."""
    return tuple([block for block in blocks if block.kind != "html" or block.html.strip()])


def _heading_title(document: MarkdownDocument) -> str:
    """The first heading, where it can be the title: one of level 1 with at most a paragraph or
    picture before it, or one of level 2 that comes before all text and is the only one of its level,
    with others below it; '' for none."""
    headings = [block for block in document.blocks if block.kind == "heading"]
    if not headings:
        return ""
    first, *rest = headings
    at = next(index for index, block in enumerate(document.blocks) if block is first)
    is_top_heading = (
        at == 0
        and first.level <= MAX_TITLE_LEVEL
        and bool(rest)
        and all(other.level > first.level for other in rest)
    )
    is_early = all(block.kind in _BEFORE_TITLE for block in document.blocks[:at])
    is_title = (first.level == 1 and is_early) or (is_top_heading and key_for(first.text) is None)
    return collapse(first.text) if is_title else ""


def _file_name_title(path: str) -> str:
    pure = PurePosixPath(path)
    words = re.split(
        r"[-_\s]+", (pure.parent.name or "Home") if is_folder_page(path) else pure.stem
    )
    return " ".join(word[:1].upper() + word[1:] for word in words if word) or path


def _kind_by_path(path: str, config: Config) -> str | None:
    """The kind that a file has by its folder. `drugs/examplin/index.md` is a drug; the page of the
    folder `drugs` itself is a plain page."""
    path = config.split_path(path)[1]
    if not is_folder_page(path):
        return config.kind_for(path)
    folder, _, name = path.rpartition("/")
    if folder and name.lower().startswith("index."):
        return config.kind_for(folder) or ("page" if config.kind_for(path) else None)
    return "page"


def _guess_kind(fields: Fields, body: Body, title: str) -> str:
    """The kind of a file where neither its front matter nor site.yaml states one: a medicine only
    where several things say so. A procedure has indications too."""
    if fields.question or fields.recommendation:
        return "article"
    if fields.product.generic_slug or fields.product.combination_slug:
        return "brand"
    keys = {section.key for section in body.sections} - _NOT_CLINICAL
    names_medicine = fields.is_banned is not None or fields.ingredients or _names_medicine(fields)
    has_sections = keys & _OF_A_MEDICINE or (keys & _OF_ANYTHING and keys - _OF_ANYTHING)
    if not (body.note or names_medicine or (len(keys) > 1 and has_sections)):
        return "page"
    return "combination" if " + " in title else "drug"


def _names_medicine(fields: Fields) -> bool:
    """Whether front matter has names that only a medicine has. Any page has other names."""
    return any(name.role != "alternate" for name in fields.names)


def _with_front_faqs(body: Body, front_faqs: FrontFaqs, heading: str) -> Body:
    """A body without questions, with those of the front matter added in a section of their own."""
    faqs = []
    line_of = dict(body.lines)
    ids = {section.id for section in body.sections}
    existing = next((section for section in body.sections if section.key == "faqs"), None)
    section = existing or Section(
        "faqs",
        heading,
        "faqs" if "faqs" not in ids else "faqs-front",
        None,
        "",
        "",
    )
    for number, pair in enumerate(front_faqs.pairs, 1):
        anchor = f"q-{number}"
        answer = short(pair.answer, pair.span.line)
        faqs.append(Faq(anchor, pair.question, escape(pair.question), *answer, None, section.id))
        line_of[anchor] = pair.span.line
        line_of.setdefault(section.id, pair.span.line)
    return body._replace(
        sections=body.sections if existing else (*body.sections, section),
        faqs=tuple(faqs),
        lines=line_of,
    )
