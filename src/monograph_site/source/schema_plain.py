"""Front matter as most files have it: a few keys, each with a value in its plainest form. It is read
without pydantic and the forms, which take a tenth of a second to import; the result is theirs."""

from __future__ import annotations

from typing import Any

from ..model.monograph import Dates
from ..model.source import Span
from ..regex import regex
from .front_matter import FrontMatter
from .publication import DRAFT_KEYS, is_draft
from .schema import FaqText, Fields
from .schema_texts import as_instant, as_line, as_text

IGNORED_KEYS = (
    frozenset(
        "layout nav_exclude nav_order parent grand_parent has_children has_toc nav_fold_children"
        " render_with_liquid sidebar_position sidebar_label sidebar hide_title hide_table_of_contents"
        " pagination_next pagination_prev displayed_sidebar toc_max_heading_level tableOfContents"
        " editUrl pagefind template weight sort_by insert_anchor_links in_search_index generate_feed"
        " linkTitle menu toc outputs cascade bookToc bookHidden bookCollapseSection hide icon"
        " cssclass cssclasses publish search_exclude sitemap comments head hero prev next page_template"
        " postid uid uuid guid _id _type _rev _key"
        # of themes
        " banner i18nReady paginate paginate_by paginate_path paginate_reversed render"
        " featured_image featureImage feature_image thumbnail seo robots canonicalURL math mathjax katex"
        " mermaid toc_label toc_icon toc_sticky author_profile read_time path ShowToc TocOpen"
        " hidemeta hideMeta searchHidden ShowReadingTime ShowBreadCrumbs ShowPostNavLinks hideToc showToc"
        " show_toc showDate showAuthor showReadingTime no_list simple_list disable_comments"
        " disableShare page_css page_js".split()
    )
    | DRAFT_KEYS
)
"""Keys for another site generator, without meaning for readers."""
_PLACES = {"slug": "address", "title": "title", "lastModified": "imported"}
"""The name of the place of each key that has one (see `schema_places`)."""
_HALF_CHARACTER = regex("[\ud800-\udfff]")
_TEXTS = ("slug", "title", "description")
_KEYS = frozenset((*_TEXTS, "lastModified", "is_banned", "faqs")) | IGNORED_KEYS
_HALF_CHARACTER = regex("[\ud800-\udfff]")
_FAQ_KEYS = ({"question", "answer"}, {"q", "a"})


def plain_fields(front: FrontMatter) -> Fields | None:
    """What `read_fields` gives for plain front matter, on which there are no findings; None for any
    other."""
    data = front.data
    if not is_plain(front):
        return None
    try:
        imported = as_instant(data.get("lastModified", ""))
    except ValueError:
        return None
    pairs = [_question_and_answer(faq) for faq in data.get("faqs", ())]
    faqs = tuple(
        FaqText(as_text(question), as_text(answer), front.span_of("faqs", number))
        for number, (question, answer) in enumerate(pairs)
    )
    return Fields(
        slug=as_line(data.get("slug")),
        title=as_line(data.get("title")),
        description=as_line(data.get("description")),
        is_banned=data.get("is_banned"),
        dates=Dates(imported=imported),
        draft=is_draft(data),
        faqs=faqs,
    )


def plain_places(front: FrontMatter) -> dict[str, Span] | None:
    """What `places_in` gives for front matter with plain keys only; None for any other. Whatever
    their values are, they have the same places."""
    if not front.data.keys() <= _KEYS:
        return None
    return {place: front.span_of(key) for key, place in _PLACES.items() if key in front.data}


def is_plain(front: FrontMatter) -> bool:
    """Whether front matter has only keys, and under them only kinds of values, that are read here."""
    data = front.data
    faqs = data.get("faqs", [])
    return (
        data.keys() <= _KEYS
        and all(_is_text(data[key]) for key in _TEXTS if key in data)
        and data.get("lastModified", "") is not None
        and ("is_banned" not in data or data["is_banned"] is False)
        and isinstance(faqs, list)
        and all(map(_is_plain_faq, faqs))
    )


def _is_plain_faq(faq: Any) -> bool:
    return isinstance(faq, dict) and faq.keys() in _FAQ_KEYS and all(map(_is_text, faq.values()))


def _is_text(value: Any) -> bool:
    """Whether a value is a text that can be published: UTF-8 has no half of a character."""
    return isinstance(value, str) and (value.isascii() or _HALF_CHARACTER.search(value) is None)


def _question_and_answer(faq: dict[str, str]) -> tuple[str, str]:
    return (faq["q"], faq["a"]) if "q" in faq else (faq["question"], faq["answer"])
