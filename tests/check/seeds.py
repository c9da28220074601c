"""Faults that people and programs make, each seeded into a sound page.

The character ⟦ is removed; it shows the line at which the fault must be named.
"""

from __future__ import annotations

from typing import NamedTuple

PAGE = """\
---
id: examplin
kind: drug
title: Examplin
names: {inn: examplin, synonyms: [Testol]}
description: Examplin lowers the blood pressure of adults and of children over six.
provenance: {origin: human}
audience: both
review: {status: draft}
sources:
  - {key: label, type: label, title: Examplin label, url: "https://example.org/label"}
---
## Uses

Examplin is used for high blood pressure in adults [^label].

## Dosage

Adults take 5 mg once a day. The maximum daily dose is 20 mg.

| Patients | Dose |
| --- | --- |
| Adults | 5 mg |
| Children | 2.5 mg |

## Contraindications

- Severe liver disease
- Allergy to examplin

## Warnings

Tell your doctor if you have kidney problems. See [the dosage](#dosage) and [samplol](samplol.md).

## Interactions

Lithium levels may rise.

## Side effects

### Common

- Headache
- Dry mouth

### Rare

- Rash

## Pregnancy and breastfeeding

Examplin is not recommended during pregnancy.

## FAQs

### Can I drink alcohol with it?

Drink no more than one glass a day.

### Can I drive?

Do not drive until you know how it affects you.
"""
OTHER_PAGE = (
    PAGE.replace("Examplin", "Samplol")
    .replace("examplin", "samplol")
    .replace("samplol.md", "examplin.md")
    .replace("Testol", "Mixol")
)


class Seed(NamedTuple):
    """One fault: what replaces what, and the finding that must name it."""

    name: str
    old: str
    new: str
    finding: str
    words: str = ""
    """Part of the message or of the hint."""
    also: str = ""
    """Codes of findings that follow from it, with spaces between."""


USES = "Examplin is used for high blood pressure in adults [^label]."
ADULTS = "Adults take 5 mg once a day."
MAXIMUM = "The maximum daily dose is 20 mg."
KIDNEY = "Tell your doctor if you have kidney problems."
SOURCE = """{key: label, type: label, title: Examplin label, url: "https://example.org/label"}"""
LONG = (
    "This long paragraph on lithium says in many words what the one before it says: that its level "
    "in the blood may rise."
)
LITHIUM = "Lithium levels may rise."
PREGNANCY = "Examplin is not recommended during pregnancy."
GLASS = "Drink no more than one glass a day."
DRIVE = "Do not drive until you know how it affects you."


def rows(text: str) -> tuple[str, str]:
    """What states typed rows in the front matter."""
    return "sources:\n", f"{text}\nsources:\n"


def after(old: str, new: str) -> tuple[str, str]:
    """What replaces a text where another one follows it."""
    return old, f"{old}\n\n{new}"


SEEDS = (
    # front matter
    Seed(
        "no opening line", "---\nid: examplin", "⟦id: examplin", "E027", "no opening line", "W418"
    ),
    Seed("no closing line", 'label"}\n---\n', 'label"}\n⟦\n', "E017", "no end"),
    Seed(
        "a bracket that is not closed",
        "synonyms: [Testol]}",
        "synonyms: ⟦[Testol}",
        "E010",
        "closed",
    ),
    Seed("a quote that is not closed", "title: Examplin\n", 'title: ⟦"Examplin\n', "E010", "quote"),
    Seed("a dose without a unit", *rows("doses: [{dose: ⟦500}]"), "W050", "500"),
    Seed("a range backwards", *rows("doses: [{dose: ⟦10–5 mg}]"), "E051", "greater"),
    Seed("a maximum below the dose", *rows("doses: [{dose: ⟦5 g, maximum: 4 g}]"), "E052", "4 g"),
    Seed(
        "a dose without a route",
        *rows("doses: [{dose: 1 g, route: oral}, {dose: 2 g, route: iv},\n  ⟦{dose: 3 g}]"),
        "W057",
        "route",
    ),
    Seed(
        "a word against its number",
        *rows("side_effects: [{effect: Rash, frequency: ⟦common (20 %)}]"),
        "W053",
        "1 in 100 to 1 in 10",
    ),
    Seed(
        "a frequency in other words",
        *rows("side_effects: [{effect: Rash, frequency: ⟦often}]"),
        "W054",
        "'often'",
    ),
    Seed(
        "an interaction twice",
        *rows("interactions: [{with: Mixol},\n  {with: ⟦mixol}]"),
        "W055",
        "already",
    ),
    Seed(
        "a misspelt severity",
        *rows("interactions: [{with: Mixol, severity: ⟦sever}]"),
        "W056",
        "'severe'",
    ),
    Seed(
        "a price of no currency", *rows("prices: [⟦{region: India, amount: 5}]"), "W058", "currency"
    ),
    Seed("a tab as indent", "  - {key", "⟦\t- {key", "E010", "tab"),
    Seed("a key twice", "audience: both", "audience: both\n⟦audience: patient", "E011", "audience"),
    Seed("a colon without a space", "kind: drug", "⟦kind:drug", "E010", "kind"),
    Seed("a misspelt key", "audience: both", "⟦audiance: both", "W021", "'audience'"),
    Seed(
        "a misspelt key in a mapping",
        "{status: draft}",
        "{⟦staus: draft, status: draft}",
        "W021",
        "'status'",
    ),
    Seed(
        "an unknown key in a mapping",
        "{status: draft}",
        "{status: draft, ⟦colour: red}",
        "W021",
        "review.colour",
    ),
    Seed(
        "an unknown key in provenance",
        "{origin: human}",
        "{origin: human, ⟦mood: good}",
        "W021",
        "provenance.mood",
    ),
    Seed("a status that is no status", "status: draft", "status: ⟦aproved", "E020", "'approved'"),
    Seed("a kind that is no kind", "kind: drug", "kind: ⟦drag", "W029", "kind"),
    Seed(
        "a date in another order",
        "audience: both",
        "audience: both\nlastModified: ⟦01/02/2025",
        "W029",
        "YYYY-MM-DD",
    ),
    Seed(
        "a list where a text belongs",
        "title: Examplin\n",
        "title: ⟦[Examplin, Testol]\n",
        "W029",
        "one text",
    ),
    Seed(
        "a source without a title", SOURCE, "⟦{key: label, type: label}", "W029", "Add one of them"
    ),
    Seed(
        "an address without https",
        '"https://example.org/label"',
        "⟦example.org",
        "W029",
        "https://",
    ),
    Seed(
        "a source key twice",
        "sources:\n",
        "sources:\n  - {key: label, title: Other}\n",
        "E024",
        "label",
    ),
    Seed(
        "a number for a brand", "audience: both", "audience: both\nbrands: ⟦5", "W028", "not a name"
    ),
    Seed(
        "a text for sources",
        f"\n  - {SOURCE}",
        " ⟦see the label",
        "W028",
        "not a list",
        "W403 W418",
    ),
    Seed(
        "a list in one text",
        "audience: both",
        "audience: both\nbrands: ⟦Examplo, Samplo",
        "W026",
        "one text",
    ),
    Seed("a comment in a value", "title: Examplin\n", "title: Examplin ⟦#1\n", "W025", "#1"),
    Seed(
        "a price without a currency",
        "audience: both",
        "audience: both\nprice: ⟦120.50",
        "W023",
        "currency",
    ),
    Seed(
        "a ban that is denied",
        "audience: both",
        "audience: both\nis_banned: ⟦false\nstatus: banned",
        "W022",
        "banned",
        "W510",
    ),
    Seed(
        "a ban without a reason",
        "audience: both",
        "audience: both\nstatus: ⟦banned",
        "W510",
        "reason",
    ),
    Seed(
        "an approval that nobody signed",
        "review: {status: draft}",
        "review: ⟦approved",
        "E521",
        "'by' and 'on'",
    ),
    Seed(
        "a review that is due before it took place",
        "{status: draft}",
        "{status: draft, on: 2025-02-01, next_due: ⟦2025-01-01}",
        "W515",
        "2025-01-01",
        "W511",
    ),
    Seed(
        "a review in the future",
        "{status: draft}",
        "{status: draft, on: ⟦2026-01-01}",
        "W505",
        "2026-01-01",
    ),
    Seed(
        "a suppression of nothing",
        "audience: both",
        "audience: both\nignore: [⟦placeholder]",
        "W901",
        "placeholder",
    ),
    Seed(
        "a suppression of an unknown finding",
        "audience: both",
        "audience: both\nignore: [⟦placholder]",
        "W902",
        "'placeholder'",
    ),
    Seed(
        "an alias with a question mark",
        "audience: both",
        'audience: both\naliases: [⟦"/old?id=3"]',
        "E413",
        "'/old?id=3'",
    ),
    Seed(
        "a permalink that leaves the site",
        "audience: both",
        "audience: both\npermalink: ⟦/../secret/",
        "E412",
        "address",
    ),
    Seed(
        "an unknown drug of a brand",
        "kind: drug",
        "kind: brand\ngeneric_slug: ⟦samplool",
        "W411",
        "'samplol'",
    ),
    # files and characters
    Seed(
        "a merge conflict",
        LITHIUM,
        f"⟦<<<<<<< HEAD\n{LITHIUM}\n=======\nLithium levels may fall.\n>>>>>>> edit",
        "E008",
        "merge conflict",
    ),
    Seed(
        "a merge conflict in front matter",
        "audience: both",
        "⟦<<<<<<< HEAD\naudience: both\n=======\naudience: patient\n>>>>>>> edit",
        "E008",
        "merge conflict",
    ),
    Seed(
        "text in the wrong encoding", LITHIUM, "⟦Lithium levels may rise to 5 Âµmol.", "W004", "µ"
    ),
    Seed("a lost character", LITHIUM, "⟦Lithium levels may rise to 5 �mol.", "W217", "�"),
    Seed("a control character", LITHIUM, "⟦Lithium levels\x0b may rise.", "W003", ""),
    Seed("an invisible character", LITHIUM, "⟦Lith\u200bium levels may rise.", "W214", "U+200B"),
    Seed("a direction mark", LITHIUM, "⟦Lithium \u202elevels may rise.", "E215", "U+202E"),
    Seed(
        "letters of another script in a word",
        LITHIUM,
        "⟦Lithium lеvels may rise.",
        "W220",
        "cyrillic",
    ),
    Seed("a soft hyphen", LITHIUM, "⟦Lith\u00adium levels may rise.", "I216", ""),
    # structure
    Seed("a heading without a space", "## Dosage", "⟦##Dosage", "W119", "No space", "E406"),
    Seed(
        "a misspelt heading",
        "## Contraindications",
        "⟦## Contraindicatons",
        "W106",
        "'Contraindications'",
    ),
    Seed(
        "an unknown heading",
        "## Interactions",
        "⟦## What else happens",
        "I104",
        "What else happens",
    ),
    Seed(
        "an empty section",
        f"## Interactions\n\n{LITHIUM}\n\n",
        "⟦## Interactions\n\n",
        "W112",
        "is empty",
    ),
    Seed(
        "a section twice",
        "## Side effects",
        "## Adverse reactions\n\nFever.\n\n⟦## Side effects",
        "W113",
        "repeats",
    ),
    Seed("a title that differs", "---\n## Uses", "---\n⟦# Exampline\n\n## Uses", "W102", "differ"),
    Seed(
        "two titles",
        "---\n## Uses",
        "---\n# Examplin\n\n⟦# Another\n\n## Uses",
        "W117",
        also="W102 E406",
    ),
    Seed("a level that is left out", "### Rare\n", "⟦##### Rare\n", "I116", ""),
    Seed(
        "a heading that swallows its text",
        f"## Interactions\n\n{LITHIUM}",
        f"⟦## Interactions: {LITHIUM} So may the levels of many other medicines; ask first.",
        "I115",
        "",
    ),
    Seed(
        "a generic name of another medicine",
        "---\n## Uses",
        "---\n⟦## Generic Name\n\nZzyprol\n\n## Uses",
        "W103",
        "no word in common",
    ),
    Seed("a row that is too short", "| Adults | 5 mg |", "⟦| Adults |", "W120", "1 cells"),
    Seed(
        "a row that is too long",
        "| Adults | 5 mg |",
        "⟦| Adults | 5 mg | 10 mg |",
        "W120",
        "3 cells",
    ),
    # text
    Seed(
        "a section that breaks off",
        DRIVE,
        "⟦Do not drive until you know how it affects the",
        "E201",
        "breaks off",
    ),
    Seed(
        "a sentence that breaks off in the middle of a file",
        LITHIUM,
        "⟦Lithium levels may rise in people with a",
        "E201",
        "breaks off",
    ),
    Seed(
        "a paragraph that breaks off in a section",
        LITHIUM,
        f"⟦Tell your doctor if you have a long history of\n\n{LITHIUM}",
        "E201",
        "breaks off",
    ),
    Seed(
        "an item that breaks off",
        "- Severe liver disease",
        "- ⟦Severe liver disease, and a weak heart with the\n- Gout.",
        "E201",
        "breaks off",
    ),
    Seed("an ellipsis at the end", DRIVE, "⟦Do not drive until you know...", "E201", "breaks off"),
    Seed(
        "a model that introduces itself",
        LITHIUM,
        "⟦As an AI language model, I know that lithium levels may rise.",
        "E202",
        "As an AI",
    ),
    Seed(
        "a reply that begins",
        *after("---\n## Uses", "⟦Certainly! Here is the monograph you need."),
        "E202",
        "Certainly!",
    ),
    Seed(
        "another reply that begins",
        *after("## Uses", "⟦Sure! Here's a page on the medicine."),
        "E202",
        "Sure!",
    ),
    Seed(
        "an announced version",
        *after("## Uses", "⟦Here is the revised version:"),
        "E202",
        "revised",
    ),
    Seed("a refusal", LITHIUM, "⟦I'm sorry, but I can't help with that.", "E202", "sorry"),
    Seed(
        "a refusal in other words",
        LITHIUM,
        "⟦I am unable to assist with this page.",
        "E202",
        "unable",
    ),
    Seed(
        "a refusal by rules",
        LITHIUM,
        "⟦This is something I am not allowed to write.",
        "E202",
        "something I am",
    ),
    *(
        Seed(f"a refusal with {words!r}", LITHIUM, f"⟦{refusal}", "E202", words)
        for refusal, words in (
            ("I'm not comfortable writing about this medicine.", "comfortable"),
            ("I am not in a position to describe lithium.", "position"),
            ("Unfortunately, I cannot process this request.", "process this request"),
            ("I must refuse to write this section.", "refuse"),
        )
    ),
    Seed("a polite refusal", LITHIUM, "⟦I must respectfully decline.", "E202", "decline"),
    Seed(
        "a cut-off of knowledge",
        LITHIUM,
        "⟦As of my last update, lithium levels may rise.",
        "E202",
        "",
    ),
    Seed(
        "an offer", LITHIUM, "⟦However, I can provide details on lithium.", "W218", "I can provide"
    ),
    Seed(
        "a request to the reader",
        LITHIUM,
        "⟦Let me know if you need more.",
        "W218",
        "Let me know if",
    ),
    Seed(
        "the prompt",
        LITHIUM,
        "⟦The provided text says that lithium levels may rise.",
        "W204",
        "provided text",
    ),
    Seed(
        "the requested format",
        LITHIUM,
        "⟦In the requested format: lithium levels may rise.",
        "W204",
        "requested format",
    ),
    Seed(
        "a placeholder in brackets",
        LITHIUM,
        "⟦Lithium levels may rise to [insert number].",
        "E203",
        "[insert number]",
    ),
    Seed(
        "a placeholder in braces",
        LITHIUM,
        "⟦Levels of {drug_name} may rise.",
        "E203",
        "{drug_name}",
    ),
    Seed("a placeholder of crosses", ADULTS, "⟦Adults take XX mg once a day.", "E203", "XX mg"),
    Seed("a placeholder of a decision", LITHIUM, "⟦Lithium: TBC", "E203", "TBC"),
    Seed("question marks for a dose", ADULTS, "⟦Adults take ?? mg once a day.", "E203", "?? mg"),
    Seed(
        "a missing citation",
        LITHIUM,
        "⟦Lithium levels may rise [citation needed].",
        "E203",
        "[citation needed]",
    ),
    Seed("lorem ipsum", LITHIUM, "⟦Lorem ipsum dolor.", "E203", "Lorem ipsum"),
    Seed("a remark to the author", LITHIUM, "⟦TODO: lithium.", "E203", "TODO"),
    Seed("code of a template", LITHIUM, "⟦Levels of {{ title }} may rise.", "E219", "{{ title }}"),
    Seed("a value that is not defined", LITHIUM, "⟦Lithium: undefined", "E219", "undefined"),
    Seed("a number that is none", ADULTS, "⟦Adults take NaN mg once a day.", "E219", "NaN mg"),
    Seed(
        "an error of a spreadsheet", LITHIUM, "⟦Lithium levels may rise to #REF!.", "E219", "#REF!"
    ),
    Seed(
        "bold text that is not closed", LITHIUM, "⟦**Lithium levels may rise.", "W208", "Unmatched"
    ),
    Seed("emphasis that is not closed", LITHIUM, "⟦*Lithium levels may rise.", "W229", ""),
    Seed(
        "a list indented as code",
        "- Headache\n- Dry mouth",
        "⟦    - Headache\n    - Dry mouth",
        "W210",
        "indented",
    ),
    Seed(
        "an element that is not closed",
        LITHIUM,
        '⟦<div class="x">\n\nLithium levels may rise.',
        "W230",
        "not closed",
    ),
    Seed(
        "a raised text that is not closed",
        LITHIUM,
        "⟦Lithium levels may rise to 10<sup>2.",
        "W230",
        "not closed",
    ),
    Seed(
        "a script",
        LITHIUM,
        "⟦Lithium <script>alert(1)</script> levels may rise.",
        "W211",
        "",
        "W230",
    ),
    Seed("a paragraph twice", *after(LITHIUM, f"{LONG}\n\n⟦{LONG}"), "W223", "repeats"),
    Seed(
        "a ban that only the text knows",
        LITHIUM,
        "⟦Examplin is banned in Norway.",
        "W206",
        "is banned",
    ),
    Seed(
        "a withdrawal that only the text knows",
        LITHIUM,
        "⟦Examplin was withdrawn from the market.",
        "W519",
        "withdrawn",
    ),
    Seed(
        "two pregnancy categories",
        PREGNANCY,
        "Examplin is pregnancy category B.\n\n⟦It is pregnancy category D.",
        "W209",
        "category D",
    ),
    Seed(
        "two maximum doses in one section",
        MAXIMUM,
        "Do not take more than 40 mg a day. ⟦The maximum daily dose is 20 mg.",
        "W231",
        "contradicts",
    ),
    Seed(
        "a use that is contraindicated",
        USES,
        "- Gout\n- Severe liver disease",
        "W232",
        "also a use",
        "I417",
    ),
    Seed("a description that is cut", "over six.", "ov...", "I225", "breaks off"),
    Seed(
        "a description with markup",
        "description: Examplin",
        "description: ⟦Our **Examplin**",
        "I226",
        "markup",
    ),
    # questions
    Seed("a question without an answer", f"{GLASS}\n\n", "", "W302", "no answer"),
    Seed(
        "a question twice", "### Can I drive?", "⟦### Can I drink alcohol with it?", "W308", "", ""
    ),
    Seed(
        "an answer that breaks off",
        GLASS,
        "⟦Drink no more than one glass of the",
        "W310",
        "breaks off",
        "",
    ),
    # links and references
    Seed("a link to no page", "(samplol.md)", "(⟦samplool.md)", "E405", "'drugs/samplol.md'"),
    Seed("a link to no heading", "(#dosage)", "(⟦#doseage)", "E406", "doseage"),
    Seed("a link to no file", "(samplol.md)", "(⟦leaflet.pdf)", "E419", "leaflet.pdf"),
    Seed(
        "a picture that does not exist",
        LITHIUM,
        "⟦Lithium levels may rise. ![A curve](missing.png)",
        "E419",
        "missing.png",
    ),
    Seed(
        "a picture without words",
        LITHIUM,
        "⟦Lithium levels may rise. ![](missing.png)",
        "W416",
        "",
        "E419",
    ),
    Seed("a link without a target", "(samplol.md)", "(⟦)", "W408", ""),
    Seed(
        "a link that says nothing", "[samplol](samplol.md)", "[⟦here](samplol.md)", "W407", "here"
    ),
    Seed(
        "a link with a key that is not defined",
        "[samplol](samplol.md)",
        "⟦[samplol][smaplol]",
        "W409",
        "smaplol",
    ),
    Seed("a link that runs code", "(samplol.md)", "(⟦javascript:alert(1))", "W404", "javascript"),
    Seed(
        "a footnote that is not defined",
        LITHIUM,
        "⟦Lithium levels may rise [^lable].",
        "W403",
        "lable",
    ),
    Seed("a citation of no source", LITHIUM, "⟦Lithium levels may rise [7].", "W403", "7"),
    # doses
    Seed("a trailing zero", ADULTS, "⟦Adults take 5.0 mg once a day.", "W601", "'50 mg'"),
    Seed("a naked decimal", ADULTS, "⟦Adults take .5 mg once a day.", "W602", "'5 mg'"),
    Seed("units as one letter", ADULTS, "⟦Adults take 5 U once a day.", "W603", "'5 units'"),
    Seed("a micro sign", ADULTS, "⟦Adults take 5 µg once a day.", "W604", "'5 mg'"),
    Seed("once a day in Latin", ADULTS, "⟦Adults take 5 mg QD.", "W606", "'once a day'"),
    Seed("morphine or magnesium", ADULTS, "⟦Adults take MSO4 5 mg once a day.", "W608", "MSO4"),
    Seed(
        "a name that runs into its dose",
        ADULTS,
        "⟦Adults take Examplin5 mg once a day.",
        "W610",
        "Examplin 5 mg",
    ),
    Seed(
        "a large number without commas",
        ADULTS,
        "⟦Adults take 100000 units once a day.",
        "W611",
        "100,000",
    ),
    Seed("right eye or once a day", ADULTS, "⟦Adults take 5 mg OD.", "W613", "right eye"),
    Seed("days or doses", ADULTS, "⟦Adults take 5 mg x3d.", "W613", "days"),
    Seed("cubic centimetres", ADULTS, "⟦Adults take 5 cc once a day.", "W615", "'5 mL'"),
    Seed("grains", ADULTS, "⟦Adults take 5 grains once a day.", "W619", "apothecary"),
    Seed("thousands as a letter", ADULTS, "⟦Adults take 5K units once a day.", "W622", "5K units"),
    Seed("a decimal comma", ADULTS, "⟦Adults take 0,5 mg once a day.", "W626", "'0.5 mg'"),
    Seed(
        "separators in the wrong places",
        ADULTS,
        "⟦Adults take 10,000,0 mg once a day.",
        "W627",
        "10,000,0 mg",
    ),
    Seed(
        "a range that runs backwards",
        ADULTS,
        "⟦Adults take 50-10 mg once a day.",
        "W628",
        "backwards",
    ),
    Seed(
        "grams for milligrams", ADULTS, "⟦Adults take 20 g once a day.", "W629", "20 mg elsewhere"
    ),
    Seed(
        "international units",
        ADULTS,
        "⟦Adults take 5 IU once a day.",
        "I625",
        "international units",
    ),
    Seed(
        "four digits without a comma",
        ADULTS,
        "⟦Adults take 1000 mg once a day.",
        "I612",
        "1,000 mg",
    ),
    Seed("no space before a unit", ADULTS, "⟦Adults take 5mg once a day.", "I609", "'5 mg'"),
    Seed("a plural of a unit", ADULTS, "⟦Adults take 5 mgs once a day.", "I620", "'5 mg'"),
    Seed("a small fraction", ADULTS, "⟦Adults take ½ tablet once a day.", "I621", "½"),
    Seed("a symbol for a word", ADULTS, "⟦Adults >18 years take 5 mg once a day.", "I616", ">18"),
)


class SiteSeed(NamedTuple):
    """A fault of several files: the files beside the two sound pages, and the findings."""

    name: str
    files: dict[str, str]
    findings: tuple[str, ...]
    """`path:line CODE`, without info findings."""
    words: str = ""


SETTINGS = "base_url: https://example.org/\nlanguage: en\n"
DATA = SETTINGS + "collections: {meds: {data: meds.csv, kind: drug}}\n"
"""Settings of a site with a data file."""


def page(title: str, text: str = "## Uses\n\nFor pain.\n", **front: str) -> str:
    """A short page."""
    keys = "".join(f"{key}: {value}\n" for key, value in front.items())
    return f"---\ntitle: {title}\n{keys}---\n{text}"


HIGHER_DOSE = "## Uses\n\nPain.\n\n## Dosage\n\nThe maximum daily dose is 40 mg.\n"
GRAMS = "## Uses\n\nPain.\n\n## Dosage\n\nTake 20 g once a day.\n"
SITE_SEEDS = (
    SiteSeed(
        "a copied file",
        {"drugs/examplin copy.md": PAGE.replace("id: examplin\n", "")},
        ("drugs/examplin copy.md:3 E402",),
        "examplin.md",
    ),
    SiteSeed(
        "a title twice", {"drugs/x.md": page("Samplol")}, ("drugs/x.md:2 E402",), "samplol.md"
    ),
    SiteSeed(
        "an address twice",
        {"drugs/x.md": page("Xol", slug="samplol")},
        ("drugs/samplol.md:2 E401", "drugs/x.md:3 E401"),
        "also used",
    ),
    SiteSeed(
        "an alias twice",
        {"drugs/x.md": page("Xol", aliases="[/a/]"), "drugs/y.md": page("Yol", aliases="[/a/]")},
        ("drugs/x.md:3 W423", "drugs/y.md:3 W423"),
        "also used",
    ),
    SiteSeed(
        "a misspelt ingredient",
        {"combinations/x.md": page("Exomplin + Samplol")},
        ("combinations/x.md:2 W711",),
        "Did you mean 'Examplin'?",
    ),
    SiteSeed(
        "the same ingredients twice",
        {
            "combinations/x.md": page("Examplin + Samplol"),
            "combinations/y.md": page("Samplol + Examplin"),
        },
        ("combinations/y.md:2 W707",),
        "same ingredients",
    ),
    SiteSeed(
        "look-alike names",
        {"drugs/x.md": page("Prednisone"), "drugs/y.md": page("Prednisolone")},
        ("drugs/y.md:2 W708",),
        "mistaken for prednisone",
    ),
    SiteSeed(
        "another maximum dose on another page",
        {"brands/x.md": page("Xol", HIGHER_DOSE, kind="brand", generic_slug="examplin")},
        ("drugs/examplin.md:19 W705",),
        "contradicts",
    ),
    SiteSeed(
        "grams where the other page has milligrams",
        {"brands/x.md": page("Xol", GRAMS, kind="brand", generic_slug="examplin")},
        ("brands/x.md:12 W713",),
        "20 mg in",
    ),
    SiteSeed(
        "a wikilink to no page",
        {"drugs/x.md": page("Xol", "## Uses\n\nSee [[Samplool]].\n")},
        ("drugs/x.md:6 W426",),
        "'drugs/samplol.md'",
    ),
    SiteSeed(
        "a data file that is not there",
        {"site.yaml": SETTINGS + "collections: {meds: {data: meds.csv}}\n"},
        ("site.yaml:3 E060",),
        "meds.csv",
    ),
    SiteSeed(
        "an entry without a name",
        {"site.yaml": DATA, "meds.csv": "title,uses\n,Pain\n"},
        ("meds.csv:2 E061",),
        "title",
    ),
    SiteSeed(
        "a data file without entries",
        {"site.yaml": DATA.replace("csv", "yaml"), "meds.yaml": "Mixol\n"},
        ("meds.yaml:1 E062",),
        "list",
    ),
    SiteSeed(
        "a row with too many cells",
        {"site.yaml": DATA, "meds.csv": "title,uses\nMixol,Pain,Fever\n"},
        ("meds.csv:2 W063",),
        "3 cells",
    ),
    SiteSeed(
        "a column that is not there",
        {
            "site.yaml": f"{DATA[:-3]}, columns: {{Naem: title}}}}}}\n",
            "meds.csv": "title,uses\nMixol,Pain\n",
        },
        ("meds.csv:1 W064",),
        "'Naem'",
    ),
    SiteSeed(
        "a row for a page that is not there",
        {
            "site.yaml": DATA.replace("kind: drug", "rows: prices"),
            "meds.csv": "title,price\nMixol,USD 3\n",
        },
        ("meds.csv:2 W065",),
        "'Mixol'",
    ),
    SiteSeed(
        "a cell that is not closed",
        {"site.yaml": DATA, "meds.csv": 'title,uses\nMixol,"Pain\n'},
        ("meds.csv:2 E067",),
        "Close",
    ),
    SiteSeed(
        "an unknown setting", {"site.yaml": "titel: Medicines\n"}, ("site.yaml:1 E032",), "'title'"
    ),
    SiteSeed(
        "a wrong setting", {"site.yaml": "notation: ismpp\n"}, ("site.yaml:1 E031",), "'ismp'"
    ),
    SiteSeed(
        "settings that cannot be read",
        {"site.yaml": "title: [x\n"},
        ("site.yaml:1 E010",),
        "closed",
    ),
)
