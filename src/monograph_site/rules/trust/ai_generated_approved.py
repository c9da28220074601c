"""ai-generated-approved (E508)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...loader.draft import Draft
from ...loader.provenance import provenance_of
from ...model.finding import Problem
from .. import rule

_AI = ("ai_generated", "ai_assisted", "ai_or_crowd")
# A body, a tool or a role, where a person's name should stand; roles count only where nothing else
# is said.
_NOBODY = re.compile(
    r"\b(?:team|board|staff|editors?|editorial|committee|department|group|office|admin\w*|ai|gpt\S*|chatgpt|claude|gemini"
    r"|llm|model|bot|tool|system|software|reviewers?|anonymous|unknown|n/?a|tbd)\b",
    re.IGNORECASE,
)
_ROLES = frozenset(
    "a an the our medical clinical senior pharmacist doctor physician nurse expert clinician".split()
)


@rule("E508", "ai-generated-approved")
def ai_generated_approved(page: Draft) -> Iterator[Problem]:
    """A text that a language model wrote, or helped to write, is approved, and no person is named
    who approved it.

    Why it matters: such texts are fluent where they are wrong. Only a person who has checked one
    can answer for it.

    Wrong: `provenance: ai_generated` and `review: {status: approved, by: [Editorial team], on:
    2025-01-20}`

    Right: the same with `by: [{name: A. Person, credentials: PharmD}]`.

    How to fix: name the person; where nobody has read the text, write `submitted`.
    """
    review = page.fields.review
    if page.kind == "page" or not review or review.status != "approved":
        return
    origin = provenance_of(page).origin
    if origin in _AI and not any(_is_person(name) for name in review.by):
        by = f"only {', '.join(review.by)!r}" if review.by else "nobody"
        said = (
            f"The text is {origin.replace('_', ' ')!r} and approved, and {by} is named as reviewer."
        )
        key = ("by",) if review.by else ()
        yield page.in_front(
            f"{said}\nName the person who checked it, or write `submitted`.", "review", *key
        )


def _is_person(stated: str) -> bool:
    """Whether a reviewer as stated, with credentials and role behind the name, can be a person."""
    name = re.split(r"[,(]", stated)[0]
    return not _NOBODY.search(name) and not _ROLES.issuperset(name.casefold().split())
