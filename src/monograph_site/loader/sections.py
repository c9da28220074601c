"""The canonical sections and the words that name them: one table, read by everything that
recognises a section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from ..model.strings import collapse, fold, squash

HEADINGS: dict[str, tuple[str, ...]] = {
    "uses": (
        "usage", "use", "uses", "indications", "indication", "indications and usage", "indications and uses",
        "uses and indications", "usage and indications", "indications and dosage", "therapeutic indications",
        "therapeutic uses", "medical uses", "clinical uses", "approved uses", "primary uses", "main uses",
        "common uses", "clinical indications", "clinical use", "medical use", "therapeutic use", "used for",
        "what it is used for", "what is it used for", "what is used for", "what is this medicine used for",
        "what is this drug used for", "fda-approved uses", "fda-approved indications", "off-label uses",
        "why is it prescribed", "why is this medication prescribed", "uses and benefits", "benefits and uses",
    ),
    "names": (
        "generic name", "generic names", "alternate name", "alternate names", "alternative name", "alternative names",
        "other names", "also known as", "brand name", "brand names", "trade name", "trade names", "synonyms", "names",
        "common brand names", "popular brand names", "common brands", "brands", "popular brands", "available brands",
        "brand and generic names", "generic and brand names", "international nonproprietary name", "inn",
        "generic names and individual descriptions", "name of the medicine", "name of the medicinal product",
    ),
    "how_it_works": (
        "how it works", "how does it work", "how it acts", "mechanism of action", "mode of action", "mechanism",
        "how this medicine works", "how this drug works", "how this combination works", "how they work",
        "mechanisms of action", "pharmacological action", "moa", "how the medicine works",
    ),
    "pharmacology": (
        "pharmacology", "pharmacokinetics", "pharmacodynamics", "clinical pharmacology",
        "pharmacokinetics and pharmacodynamics", "pharmacodynamics and pharmacokinetics", "pharmacodynamic properties",
        "pharmacokinetic properties", "pharmacological properties",
    ),
    "dose": (
        "dosage", "dosages", "dose", "doses", "dosing", "posology", "dosage and administration", "standard dosage",
        "dose and administration", "dosing and administration", "administration and dosage", "recommended dosage",
        "recommended dose", "typical dosage", "dosage guidelines", "dosage information", "dosing information",
        "posology and method of administration", "indications and dose", "dosage and directions", "usual dosage",
        "adult dosage", "adult dose", "pediatric dosage", "paediatric dosage", "pediatric dose", "paediatric dose",
    ),
    "renal": ("renal impairment", "use in renal impairment", "kidney impairment", "kidney problems"),
    "hepatic": ("hepatic impairment", "use in hepatic impairment", "liver impairment"),
    "how_to_take": (
        "how to take", "how to take it", "how to use", "how to use it", "how to take this medicine",
        "directions", "directions for use", "administration", "method of administration", "missed dose",
        "how should it be taken", "how is it taken", "how is it given", "how it is given", "route of administration",
        "routes of administration",
        "how to apply", "what if you miss a dose", "instructions for use", "how should i take", "how should i take it",
        "how should i use", "how should i use it", "how should this medicine be used",
        "how should this medication be used", "what should i do if i miss a dose", "what happens if i miss a dose",
        "what should i do if i forget a dose", "what if you forget to take", "what if you forget to take it",
    ),
    "contraindications": (
        "contraindications", "contraindication", "contra-indications", "contra indications", "who should not take it",
        "who should not take this medicine", "who should not use it", "who should not have it", "when not to use",
        "when not to use it", "do not take if", "who should not take", "who should avoid it",
    ),
    "warnings": (
        "precautions", "precaution", "warnings", "warning", "warnings and precautions", "precautions and warnings",
        "cautions", "special warnings and precautions", "special warnings and precautions for use", "safety advice",
        "safety information", "important safety information", "boxed warning", "black box warning",
        "special precautions",
        "warnings and cautions", "safety precautions", "safety warnings", "general precautions", "before you take it",
        "what special precautions should i follow",
    ),
    "interactions": (
        "drug interactions", "interactions", "drug interaction", "drug-drug interactions", "medicine interactions",
        "interactions with other medicines", "interactions with other medications", "interactions with other drugs",
        "drug and food interactions", "food and drug interactions", "medication interactions", "potential interactions",
        "interactions with other medicinal products", "possible interactions", "interaction with other drugs",
        "interaction with other medicines", "interaction with other medicinal products",
    ),
    "side_effects": (
        "side effects", "side effect", "side-effects", "adverse effects", "adverse effect", "adverse reactions",
        "adverse drug reactions", "undesirable effects", "possible side effects", "potential side effects",
        "side effects and adverse reactions", "side effects and risks", "adverse events", "what are the side effects",
        "what are the possible side effects", "what are the common side effects",
        "what side effects can this medication cause", "what side effects can this medicine cause",
    ),
    "pregnancy": (
        "pregnancy and breastfeeding", "pregnancy", "pregnancy and lactation", "pregnancy and breast-feeding",
        "pregnancy and breast feeding", "use in pregnancy", "pregnancy, breastfeeding and fertility",
        "use in pregnancy and lactation", "use during pregnancy", "pregnancy and nursing", "pregnancy or breastfeeding",
        "use in pregnancy and breastfeeding", "fertility, pregnancy and lactation", "pregnancy/breastfeeding",
        "pregnancy/lactation", "pregnancy, breastfeeding",
    ),
    "breastfeeding": ("breastfeeding", "breast-feeding", "breast feeding", "lactation", "nursing mothers"),
    "fertility": ("fertility", "females and males of reproductive potential"),
    "children": ("pediatric use", "paediatric use", "use in children", "children"),
    "older_people": ("geriatric use", "use in older people", "use in the elderly", "older people", "elderly"),
    "monitoring": ("monitoring", "monitoring parameters", "monitoring requirements"),
    "driving": ("driving", "driving and using machines", "driving and operating machinery"),
    "alcohol": ("alcohol", "alcohol and this medicine"),
    "food": ("food", "food and drink", "diet", "food interactions"),
    "overdose": ("overdose", "overdosage", "in case of overdose", "what happens if i overdose"),
    "stopping": ("stopping", "stopping treatment", "withdrawal", "discontinuation", "stopping the medicine"),
    "storage": (
        "storage", "how supplied", "storage and handling", "storage conditions", "how to store", "how to store it",
    ),
    "alternatives": ("alternatives", "substitutes", "other treatments", "alternative treatments"),
    "if_untreated": ("if you do not treat it", "what happens without treatment"),
    "ask_your_doctor": ("ask your doctor", "questions for your doctor", "questions to ask your doctor"),
    "combinations": ("popular combinations", "common combinations", "combinations", "combination therapy"),
    "summary": ("drug profile summary", "summary", "drug summary", "profile summary", "key facts", "at a glance"),
    "faqs": (
        "faqs", "faq", "faq's", "frequently asked questions", "common questions", "questions and answers", "q&a",
        "q and a", "frequently asked questions and answers", "commonly asked questions", "people also ask",
        "faqs and answers",
    ),
    "references": ("references", "reference", "sources", "bibliography", "citations", "references and sources"),
    "disclaimer": ("disclaimer", "disclaimers", "medical disclaimer", "important disclaimer", "legal disclaimer"),
    "note": ("note",),
}  # fmt: skip
"""Section key of the record -> the headings that name it, lower case, `&` written as `and`."""


CORE = frozenset(
    "uses names how_it_works dose side_effects contraindications interactions pregnancy summary combinations warnings "
    "faqs".split()
)
"""The sections every drug formulary has. Only these are lifted out of a deeper heading level than
the others."""


WEAK = frozenset(
    "summary note use mechanism monitoring alcohol food diet children elderly driving withdrawal alternatives "
    "reference names inn stopping sources combinations administration overdose directions dose doses".split()
) | {
    "kidney problems",
    "key facts",
    "at a glance",
    "older people",
    "food interactions",
    "common uses",
    "missed dose",
}
"""Words that name a section as a heading, but are ordinary running labels in a bold lead inside
another section."""


RUNNING = frozenset({"warning", "warnings", "pregnancy", "breastfeeding", "lactation", "interactions", "storage",
                     "precautions", "brands", "fertility", "synonyms", "indications", "indication"})  # fmt: skip
"""Words that also begin ordinary sentences ("Warning: …"): without any markup they start no
section."""


_KEYS = {heading: key for key, headings in HEADINGS.items() for heading in headings}


_NUMBERING = re.compile(
    r"^(?:\(?(?:\d{1,2}(?:\.\d{1,2})*|[ivxIVX]{1,4}|[A-Za-z])[.)]\s+|\d{1,2}(?:\.\d{1,2})+\s+"
    r"|section\s+\d+\s*[:.-]\s*)"
)


_BRACKET = re.compile(r"\s*[(\[][^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*[)\]]")


_TAIL = re.compile(r"^(.+?)\s+(?:of|for|with|in)\s+(?:\S+\s?){1,8}$")


_LINKING = re.compile(r"^(?:of|for|about|with)\s+|\s+(?:of|for|about|with|is|does|'s)$")


_DASHED = re.compile(r"^(.+?)\s[–—-]\s")


_SUPPOSED = re.compile(r"^(?:hypothetical|theoretical|speculative|combined|individual)\s+")


_BEHIND = re.compile(
    r"\s(side effects|adverse effects|adverse reactions|drug interactions|mechanism of action|contraindications)$"
)


_QUALIFIER = re.compile(
    r"^(?:common|possible|potential|main|important|general|typical|known|serious|clinical|key|major|the|"
    r"standard|primary|other|hypothetical|theoretical|speculative|combined|individual|medical|approved|reported|recommended)\s+"
)


_SIGNS = re.compile(r"^[^\w(\[]+|(?<=\w)\s*\{[#.:][^{}]*\}$")
"""What may stand around a heading's words: a picture sign before them, an anchor (`{#usage}`)
behind."""


_EDGE = " \t\n:.*_-–—•#?\u00a0\u200b"


def normalise(heading: str) -> str:
    """A heading as the table writes it: lower case, no numbering, no colon, `&` as `and`."""
    text = collapse(fold(heading)).strip(_EDGE).replace("’", "'").replace("(s)", "s")
    text = _SIGNS.sub("", text)
    text = re.sub(r"\s*&\s*", " and ", text) if text not in ("q&a", "q & a") else "q&a"
    return _NUMBERING.sub("", text).strip(_EDGE)


@lru_cache(maxsize=8192)
def key_for(heading: str, title: str = "") -> str | None:
    """The section a heading names, or None. `title` is the page's, whose words may stand around the
    section's.

    The words decide: exactly one of the table's, with at most a bracket behind (`Usage (individual
    components)`), the medicine's name before or behind (`Paracetamol side effects`, `Uses of
    paracetamol`), or an adjective before it.
    """
    plain = normalise(heading)
    if not plain or len(plain) > 120:
        return None
    for spelling in _spellings(plain, normalise(title)):
        if spelling in _KEYS:
            return _KEYS[spelling]
    bare = _bare(plain)
    unqualified = _QUALIFIER.sub("", bare)
    if _KEYS.get(unqualified) in CORE and unqualified not in WEAK:
        return _KEYS[unqualified]
    if _joined(bare):
        return _joined(bare)
    behind = _BEHIND.search(
        bare
    )  # "Ibuprofen side effects", on a page that is not about ibuprofen alone
    if behind and len(bare.split()) <= 6:
        return _KEYS[behind.group(1)]
    head = _DASHED.match(bare) or _TAIL.match(bare)
    return _KEYS.get(head.group(1)) if head and head.group(1) not in WEAK else None


def _bare(plain: str) -> str:
    """A normalised heading without what stands in brackets."""
    return collapse(_BRACKET.sub("", plain)).strip(_EDGE)


def _spellings(plain: str, name: str) -> Iterator[str]:
    """The words of a heading as the table may have them: whole, without brackets, without the
    medicine's name."""
    bare = _bare(plain)
    yield plain
    yield bare
    if not bare:
        yield plain.strip(" ()[]")
    for around in dict.fromkeys((name, _bare(name))):
        if around and around in bare:
            rest = (
                collapse(bare.replace(around, " ", 1)).strip(_EDGE).removeprefix("'s ").strip(_EDGE)
            )
            yield rest
            yield rest.replace("does work", "does it work").replace("how works", "how it works")
            yield _LINKING.sub("", rest)


def is_clear(heading: str, *, marked: bool = True) -> bool:
    """Whether a label starts a section even inside another label's section; `marked`: whether it is
    set in bold."""
    bare = _SUPPOSED.sub("", _bare(normalise(heading)))
    if bare not in _KEYS and _joined(bare):
        return True
    return bare in _KEYS and bare not in WEAK and (marked or bare not in RUNNING)


def _joined(bare: str) -> str | None:
    """The first of several sections that one heading names (`Contraindications and warnings`) and
    nothing else."""
    names = [name.strip() for name in re.split(r"\s+and\s+|\s*[,/]\s*", bare)]
    return _KEYS[names[0]] if len(names) > 1 and all(name in _KEYS for name in names) else None


SHORTEST = 5
"""Characters a word must have to be taken for another: four letters are too near too many words
(`dose`, `nose`)."""


LONGEST = 60
"""Characters of a heading that is looked at."""


_TWO_SLIPS = 9
"""Characters from which on a word may have two slips in it."""


_HEADING_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


@lru_cache(maxsize=8192)
def known_spelling(heading: str) -> str:
    """The known heading that a heading was probably meant to be; '' where it is known itself, or
    near none.

    Each word that the table does not have must be near one that it has: with the same first letter,
    which slips spare and other words (`medications`, `indications`) do not, and one or, in a long
    word, two letters off.
    """
    words = _HEADING_WORD.findall(heading.casefold()) if SHORTEST <= len(heading) <= LONGEST else ()
    if len(words) == 1 and words[0] in _run_together():
        return "" if key_for(heading) else _run_together()[words[0]]
    if not words or not all(word in _words() or _near(word) for word in words) or key_for(heading):
        return ""
    meant = " ".join(
        word if word in _words() else _near(word) for word in normalise(heading).split()
    )
    return meant if key_for(meant) else ""


@cache
def _run_together() -> dict[str, str]:
    """The headings of the table by their letters alone: `side effects` is also meant by
    `sideeffects`."""
    return {squash(heading): heading for some in HEADINGS.values() for heading in reversed(some)}


@cache
def _words() -> frozenset[str]:
    return frozenset(
        word for some in HEADINGS.values() for heading in some for word in heading.split()
    )


@lru_cache(maxsize=8192)
def _near(word: str) -> str:
    """The word of the table that is near this one; '' where none is, or only its singular or plural
    (`Caution`)."""
    from rapidfuzz.distance import OSA  # only a heading that is not known needs it

    if len(word) < SHORTEST:
        return ""
    slips = 2 if len(word) >= _TWO_SLIPS else 1
    first = "aeiou" if word[0] in "aeiou" else word[0]  # the side "affects" are effects
    like = [one for one in _words() if one[0] in first and len(one) > 3]
    distance, best = min(
        ((OSA.distance(word, one, score_cutoff=slips), one) for one in like),
        default=(slips + 1, ""),
    )
    return best if distance <= slips and best.rstrip("s") != word.rstrip("s") else ""
