"""`audience` as a mapping in front matter: whom the sections of each key are for."""

from __future__ import annotations

from typing import Any

from ..model.finding import Finding
from ..model.monograph import SECTION_AUDIENCES
from ..model.source import Source
from ..model.suggest import closest, did_you_mean
from .findings_front_matter import FOREIGN_VALUE, UNKNOWN_KEY
from .front_matter import FrontMatter
from .schema_errors import describe_value

KEY = "audience"
MARKABLE_SECTIONS = frozenset(
    "uses names how_it_works pharmacology dose renal hepatic how_to_take contraindications warnings "
    "interactions side_effects pregnancy breastfeeding fertility children older_people monitoring "
    "driving alcohol food overdose stopping storage alternatives if_untreated ask_your_doctor "
    "combinations summary faqs prices".split()
)
"""Keys of the sections that can be for one audience: those of the vocabulary but the closing ones,
and that of the prices."""


def is_by_section(value: Any) -> bool:
    """Whether the value of `audience` says whom sections are for: a mapping with a key of a section,
    or with one that is nearly one. Any other mapping is another tool's."""
    return isinstance(value, dict) and any(
        isinstance(key, str) and (key in MARKABLE_SECTIONS or closest(key, MARKABLE_SECTIONS))
        for key in value
    )


def read_section_audiences(value: Any) -> tuple[tuple[str, str], ...]:
    """The keys of sections and their audiences, as far as they are right; none where `audience` is
    not stated by section."""
    if not is_by_section(value):
        return ()
    return tuple((key, _audience(each)) for key, each in value.items() if _is_right(key, each))


def wrong_section_audiences(
    stated: dict[Any, Any], front: FrontMatter, source: Source
) -> tuple[dict[Any, Any], tuple[Finding, ...]]:
    """What has no effect in such a mapping, and the findings on that."""
    wrong = {key: value for key, value in stated.items() if not _is_right(key, value)}
    findings: list[Finding] = []
    for key, value in wrong.items():
        if key in MARKABLE_SECTIONS:
            message = (
                f"{KEY}.{key}: {describe_value(value)} is not an audience of a section, so the "
                "section is for everyone.\nWrite 'patient' or 'professional'."
            )
            findings.append(FOREIGN_VALUE.at(source.path, front.span_of(KEY, key), message))
            continue
        hint = did_you_mean(str(key), MARKABLE_SECTIONS)
        hint = hint or f"Known here: {', '.join(sorted(MARKABLE_SECTIONS))}."
        message = f"{KEY}.{key}: unknown section.\n{hint}"
        span = front.key_span_of(KEY, key)
        findings.append(UNKNOWN_KEY.at(source.path, span, message, len(str(key))))
    return wrong, tuple(findings)


def _audience(value: Any) -> str:
    return value.strip().lower() if isinstance(value, str) else ""


def _is_right(key: Any, value: Any) -> bool:
    return key in MARKABLE_SECTIONS and _audience(value) in SECTION_AUDIENCES
