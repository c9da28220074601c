"""Whether a text breaks off in mid-sentence."""

from __future__ import annotations

from ..regex import regex

ENDING_LENGTH = 20
"""Characters at the end of a text that show whether it is whole."""
_ENDS = regex(r"[.!?:;)\]\"'”’…%]\W*$")
STOPS = frozenset(".!?:;)")
"""Characters with which a text is whole."""
_OPEN_WORDS = "a|an|the|and|or|but|than|their|its|such|because|especially|including|which|while"
"""Words with which no English text ends."""
_LINKING_WORDS = (
    "of|for|to|in|on|with|by|from|as|at|that|who|is|are|was|were|be|can|may|might|should|will|if"
    "|when|this|these|those|not|some|any|into|about|due"
)
"""Words with which few English sentences end, but many phrases (`What it is used for`)."""
_DANGLING = tuple(f"{_OPEN_WORDS}|{_LINKING_WORDS}".split("|"))
_LAST_LETTERS = frozenset(word[-2:] for word in _DANGLING)
_BREAKS_OFF = regex(
    rf"(?:,|\(|\*\*|(?:\s|[a-z]{{3}})[-–]|(?<![-\w])(?:{_OPEN_WORDS}|(?P<linking>{_LINKING_WORDS}))"
    rf"|[.!?:;] (?i:{_OPEN_WORDS}|{_LINKING_WORDS}))\W*$"
)
"""Words in capitals are names (`Vitamin A`, `and To`), except at the start of a sentence."""
_MAY_END = regex(
    r"\b(?:(?:vitamin|hepatitis|factor|type|group|class|grade|phase|stage|toxin|influenza|coenzyme"
    r"|schedule|alpha|beta) a"
    r"|if any|or not|if not|and so on|(?:as|than) (?:you|they|it) can"
    r"|, (?:\w+ )?(?:history|presence|risk|signs|type|use) of(?: or)?"
    r"|(?:\w+ed|made|taken|given|ask|care|look|watch|wait|think|talk|know|rely|depend|aware|allergic"
    r"|sensitive|come|go|deal|cope|out|what to|how to)"
    r" (?:for|of|on|in|with|by|from|at|to|about|as|into)"
    r"|(?:it|this|that|they|you|there|he|she|what|who|how|where) (?:is|are|was|were|can|may|might"
    r"|should|will|to be)"
    r"|(?:like|than|after|before|of|for|do|does|doing|with|to|about|in|know|on|by|from|at|is|all)"
    r" (?:this|that|these|those|some|any))\W*$"
)
"""Ends of English phrases and sentences that are whole."""
_MIN_SENTENCE = 6
"""Words of a text that can be a sentence; a shorter one may be a phrase that ends as it likes."""
_MAX_QUOTED = 40
"""Characters of a text's end that a message quotes."""


def ends(text: str) -> bool:
    """Whether a stripped text ends as a sentence, a remark in brackets or a quotation does."""
    last = text[-1:]
    return last in STOPS or (not last.isalnum() and _ENDS.search(text[-ENDING_LENGTH:]) is not None)


def dangles(text: str) -> bool:
    """Whether an English text ends with a word or character that cannot end a sentence: `with`,
    `the`, a comma."""
    # Most texts end with a full stop or another word; that is found out much faster than by the
    # patterns.
    if text[-1:] in STOPS:
        return False
    end = text[-_MAX_QUOTED:].lower()
    if end[-1:].isalnum() and (
        _LAST_LETTERS.isdisjoint((end[-2:], end[-1:])) or not end.endswith(_DANGLING)
    ):
        return False
    if ends(text):
        return False
    match = _BREAKS_OFF.search(text[-40:])
    if match is None or _MAY_END.search(text[-40:]):
        return False
    is_phrase = match["linking"] is not None and match["linking"] != "that"
    return not is_phrase or len(text.split()) >= _MIN_SENTENCE


def last_words(text: str) -> str:
    """The end of a text's last line, starting with a whole word."""
    line = text.rsplit("\n", 1)[-1]
    return line[-_MAX_QUOTED:].split(" ", 1)[-1] if len(line) > _MAX_QUOTED else line
