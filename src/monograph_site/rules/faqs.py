"""What can be wrong with questions (MS301 to MS304)."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostics import Diagnostic, Finding, Severity
from ..draft import Draft
from ..front_faqs import same
from ..text import squash
from . import RULES

REPAIRED = Finding("MS301", "faq-repaired", Severity.INFO)
UNANSWERED = Finding("MS302", "faq-unanswered", Severity.WARNING)
DISAGREES = Finding("MS303", "faq-disagrees", Severity.WARNING)
FRAGMENT = Finding("MS304", "faq-fragment", Severity.WARNING)


@RULES.named("faq-repaired")
def faq_repaired(page: Draft) -> Iterator[Diagnostic]:
    """Questions in front matter hold their answers, or answers their mark (`A:**`). One finding a file.

    Why it matters: other tools that read the front matter show the damage.

    Example: `q: "Is it safe?**\\n\\n**A:** Yes."`
    """
    count = page.front_faqs.repaired
    if count:
        damaged = f"{count} of {len(page.front_faqs.pairs)} questions here are damaged"
        message = f"{damaged}; the text's own are shown. Remove `faqs`."
        yield page.in_front(REPAIRED, message, "faqs")


@RULES.named("faq-unanswered")
def faq_unanswered(page: Draft) -> Iterator[Diagnostic]:
    """A question without an answer. It is shown as such.

    Example: a heading `### Q3: Is it safe?` directly above the next question.
    """
    for faq, pair in zip(page.body.faqs, page.body.pairs, strict=False):
        if not faq.answer_text.strip():
            yield page.at(UNANSWERED, pair.line, f"{faq.question!r} has no answer. Answer it, or remove the question.")


@RULES.named("faq-disagrees")
def faq_disagrees(page: Draft) -> Iterator[Diagnostic]:
    """Front matter and text answer one question differently. The text's answer is shown.

    Example: `a: 10 mg` in front matter, `20 mg` in the text.
    """
    answers: dict[str, list[str]] = {}
    for faq in page.body.faqs:
        answers.setdefault(squash(faq.question), []).append(faq.answer_text)
    for pair in page.front_faqs.pairs if page.body.pairs else ():
        found = answers.get(squash(pair.question))
        if (
            found
            and pair.answer
            and not any(same(pair.answer, one) or squash(one) in squash(pair.answer) for one in found)
        ):
            message = (
                f"{pair.question!r} is answered differently in the text, which is shown. Remove `faqs` or mend it."
            )
            yield DISAGREES.at(page.source.path, pair.span, message)


@RULES.named("faq-fragment")
def faq_fragment(page: Draft) -> Iterator[Diagnostic]:
    """Entries of `faqs` that are no questions but pieces of a section. They are not shown as questions.

    Why it matters: an importer cut the text at the wrong places.

    Example: `q: "Adults:** * Initial dose: 4 mg once daily."`
    """
    if page.front_faqs.fragments:
        first = page.front_faqs.fragments[0]
        count = len(page.front_faqs.fragments)
        message = f"{count} entries of `faqs` are no questions, such as {first.question[:40]!r}. Remove them."
        yield FRAGMENT.at(page.source.path, first.span, message)
