"""ai-generated-approved (E508)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.provenance import provenance_of
from ...model.finding import Problem
from ...regex import regex
from .. import _subjects, rule

_AI_ORIGINS = ("ai_generated", "ai_assisted", "ai_or_crowd")
_NOT_A_PERSON = regex(
    r"\b(?:team|board|staff|editors?|editorial|committee|department|group|office|admin\w*|ai|gpt\S*"
    r"|chatgpt|claude|gemini|llm|model|bot|tool|system|software|reviewers?|anonymous|unknown|n/?a"
    r"|tbd)\b",
    re.IGNORECASE,
)
"""A body, a tool or a placeholder instead of a person's name."""
_ROLES = frozenset(
    "a an the our medical clinical senior pharmacist doctor physician nurse expert "
    "clinician".split()
)
"""Words of a role, which is not a name where there is nothing else."""


@rule("E508", "ai-generated-approved", about=_subjects.review)
def ai_generated_approved(page: Draft) -> Iterator[Problem]:
    """A text that a language model wrote, or helped to write, is approved, but no person is named
    as reviewer.

    Why it matters: such texts are fluent even where they are wrong. Only a person who has checked
    one can take responsibility for it.

    Wrong: `provenance: ai_generated` and `review: {status: approved, by: [Editorial team], on:
    2025-01-20}`

    Right: the same with `by: [{name: A. Person, credentials: PharmD}]`.

    How to fix: name the person; if the text has not been reviewed, write `submitted`.
    """
    review = page.fields.review
    if page.kind == "page" or not review or not review.is_signed:
        return  # `unsigned-approval` reports an approval without a name
    origin = provenance_of(page).origin
    if origin not in _AI_ORIGINS or any(_is_person(name) for name in review.by):
        return
    reviewer = f"only {', '.join(review.by)!r}"
    message = (
        f"The text is {origin.replace('_', ' ')!r} and approved, but {reviewer} is named as "
        "reviewer.\nName the person who checked it, or write `submitted`."
    )
    yield page.in_front(message, "review", "by")


def _is_person(reviewer: str) -> bool:
    """Whether a reviewer, with credentials and role after the name, can be a person."""
    name = re.split(r"[,(]", reviewer)[0]
    return not _NOT_A_PERSON.search(name) and not _ROLES.issuperset(name.casefold().split())
