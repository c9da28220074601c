"""The manual of a finding, read from its docstring: what it finds, why that matters, wrong and right, how to mend."""

from __future__ import annotations

import re
from dataclasses import dataclass
from inspect import cleandoc

from .diagnostics import Finding
from .text import collapse

LABELS = {"why": "Why it matters", "wrong": "Wrong", "right": "Right", "fix": "How to fix"}
_LABEL = re.compile(rf"({'|'.join(LABELS.values())}): ")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z`(])")


@dataclass(frozen=True, slots=True)
class Manual:
    """The parts of a manual: Markdown, each paragraph on one line, paragraphs parted by blank lines."""

    what: str
    why: str = ""
    wrong: str = ""
    right: str = ""
    fix: str = ""

    @property
    def first(self) -> str:
        """The first sentence of what it finds."""
        return _SENTENCE.split(self.what, maxsplit=1)[0]

    def parts(self) -> list[tuple[str, str]]:
        """The labelled parts there are, with their labels."""
        return [(label, text) for key, label in LABELS.items() if (text := getattr(self, key))]

    def text(self) -> str:
        """The whole as plain text."""
        return "\n\n".join([self.what, *(f"{label}: {text}" for label, text in self.parts())])

    def markdown(self) -> str:
        """The whole as Markdown."""
        return "\n\n".join([self.what, *(f"**{label}:** {text}" for label, text in self.parts())])


def manual(finding: Finding) -> Manual:
    """The manual of a finding."""
    keys = {label: key for key, label in LABELS.items()}
    parts: dict[str, list[str]] = {"what": []}
    key = "what"
    for paragraph in cleandoc(finding.manual).split("\n\n"):
        label = _LABEL.match(paragraph)
        key = keys[label.group(1)] if label else key
        text = paragraph[label.end() :] if label else paragraph
        # A paragraph that is indented is a sample of several lines.
        parts.setdefault(key, []).append(text if text.startswith("    ") else collapse(text))
    return Manual(**{key: "\n\n".join(paragraphs) for key, paragraphs in parts.items()})
