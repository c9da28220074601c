"""Edits of one monograph, each with the kind of change that a reviewer must be shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monograph_site.build.load import load_bytes
from monograph_site.changes.change import KINDS, Change
from monograph_site.changes.compare import compare
from monograph_site.config import Config
from monograph_site.model.monograph import Monograph

PAGE = """\
---
title: Examplin
kind: drug
description: A medicine for pain.
synonyms: [Exampline]
ingredients: [{name: Examplin, strength: 500 mg}]
status: {state: approved, jurisdiction: GB}
review: {status: approved, by: [A. Pharmacist], on: 2025-01-01}
references:
  - {key: label, title: Product label, organisation: Agency}
side_effects:
  - {effect: Dizziness, frequency: common}
  - {effect: Liver failure, frequency: rare, serious: true}
interactions:
  - {substance: Warfarin, severity: severe, effect: More bleeding}
---
## What it is used for

Examplin is used to treat mild to moderate pain and fever.

## How it works

It blocks the enzyme COX-1. This reduces the production of prostaglandins.

## Dose

### Adults

- Oral: 500 mg to 1 g every 4 to 6 hours, at most 4 g daily.
- Take one tablet twice a day with food.

### Children

- Children under 12 years: 15 mg/kg per dose.
- Not recommended in infants below 3 months.

| Weight | Dose |
|---|---|
| 10 kg | 150 mg |
| 20 kg | 300 mg |

## Who should not take it

Do not take examplin if you have:

- severe liver disease
- a stomach ulcer
- asthma

## Warnings

Examplin may cause kidney damage. You should drink plenty of water.
Patients must have their blood checked every month.
Use with caution in older people.

## Interactions

- Lithium: examplin increases the level of lithium in the blood.
- Avoid alcohol during treatment.

## Side effects

Common: nausea, headache, constipation.

Rare: rash.

### Serious side effects

- Anaphylaxis
- Seizures in 1 in 1,000 people

## Pregnancy

It is not safe in pregnancy.

## Storage

Store below 25 °C. Keep it away from moisture.

## Frequently asked questions

**Q: Can I drive?**

A: You can drive if you do not feel dizzy.

**Q: Can I take it on an empty stomach?**

A: Take it before a meal.
"""

CLINICAL = [
    ("dose of a range", "500 mg to 1 g", "500 mg to 2 g", "dose"),
    ("unit", "15 mg/kg", "15 mcg/kg", "dose"),
    ("per day for per dose", "15 mg/kg per dose", "15 mg/kg per day", "dose"),
    ("interval", "every 4 to 6 hours", "every 6 to 8 hours", "dose"),
    ("maximum", "at most 4 g daily", "at most 3 g daily", "dose"),
    ("times a day", "one tablet twice a day", "one tablet three times a day", "dose"),
    ("number of tablets", "one tablet twice", "two tablets twice", "dose"),
    ("a dose in a table", "| 150 mg |", "| 250 mg |", "dose"),
    ("a row of a table", "| 20 kg | 300 mg |\n", "", "dose"),
    ("a new line of dose", "- Take one", "- Intravenous: 1 g every 8 hours.\n- Take one", "dose"),
    ("a limit gone", ", at most 4 g daily", "", "dose"),
    ("dose typed", "strength: 500 mg", "strength: 250 mg", "ingredient"),
    ("age", "under 12 years", "under 6 years", "number"),
    ("a blood test's interval", "every month", "every week", "dose"),
    ("storage", "below 25 °C", "below 30 °C", "number"),
    ("age bound turned", "below 3 months", "above 3 months", "number"),
    ("enzyme", "COX-1", "COX-2", "statement"),
    ("not lost", "It is not safe", "It is safe", "negation"),
    ("not added", "may cause", "does not cause", "negation"),
    ("do not lost", "Do not take examplin if", "Take examplin if", "negation"),
    ("prohibition for avoid", "Avoid alcohol", "Limit alcohol", "negation"),
    ("without for with", "twice a day with food", "twice a day without food", "negation"),
    ("may to must not", "You can drive if you do not", "You must not drive if you", "negation"),
    ("must to may", "Patients must have", "Patients may have", "advice"),
    ("should to must", "You should drink", "You must drink", "advice"),
    ("avoid to never", "Avoid alcohol", "Never drink alcohol", "advice"),
    ("caution gone", "Use with caution in older", "Use in older", "advice"),
    ("may cause to causes", "may cause kidney", "causes kidney", "advice"),
    ("contraindication gone", "- a stomach ulcer\n", "", "safety-removed"),
    ("contraindication new", "- asthma", "- asthma\n- heart failure", "contraindication"),
    ("contraindication other", "- asthma", "- severe heart failure", "contraindication"),
    ("contraindication milder", "severe liver", "mild liver", "seriousness"),
    ("interaction gone", "- Lithium: examplin increases the level of lithium in the blood.\n", "",
     "safety-removed"),
    ("interaction new", "- Avoid alcohol", "- Digoxin: watch the heart rate.\n- Avoid alcohol",
     "interaction"),
    ("interaction turned", "increases the level", "decreases the level", "opposite"),
    ("interaction with another", "level of lithium", "level of digoxin", "interaction"),
    ("typed interaction gone", "  - {substance: Warfarin, severity: severe, effect: More bleeding}",
     "  - {substance: Aspirin, severity: severe, effect: More bleeding}", "safety-removed"),
    ("typed interaction milder", "severity: severe", "severity: mild", "interaction"),
    ("warning gone", "Use with caution in older people.\n", "", "safety-removed"),
    ("warning new", "## Interactions", "Stop it before surgery.\n\n## Interactions", "warning"),
    ("warning of another organ", "kidney damage", "liver damage", "warning"),
    ("side effect more frequent", "Common: nausea, headache, constipation.\n\nRare: rash.",
     "Common: nausea, headache, constipation, rash.", "frequency"),
    ("side effect gone", "headache, constipation", "constipation", "statement"),
    ("side effect's opposite", "constipation", "diarrhoea", "opposite"),
    ("number of people", "1 in 1,000", "1 in 100", "frequency"),
    ("typed frequency", "frequency: common", "frequency: rare", "frequency"),
    ("typed seriousness", ", serious: true", "", "seriousness"),
    ("serious effect gone", "- Anaphylaxis\n", "", "safety-removed"),
    ("serious effect no longer called so", "### Serious side effects", "### Other side effects",
     "seriousness"),
    ("status", "state: approved", "state: withdrawn", "status"),
    ("section lost", "## Pregnancy\n\nIt is not safe in pregnancy.\n\n", "", "safety-removed"),
    ("section moved",
     "## Storage\n\nStore below 25 °C. Keep it away from moisture.\n\n", "", "section"),
    ("source gone", "  - {key: label, title: Product label, organisation: Agency}",
     "  - {key: other, title: A textbook}", "source"),
    ("reviewer", "A. Pharmacist", "B. Pharmacist", "review"),
    ("review date", "2025-01-01", "2026-01-01", "review"),
    ("question other", "Can I drive?", "Can I drink?", "question"),
    ("question gone",
     "**Q: Can I drive?**\n\nA: You can drive if you do not feel dizzy.\n\n", "", "question"),
    ("answer other", "before a meal", "after a meal", "opposite"),
    ("name gone", "synonyms: [Exampline]\n", "", "identity"),
    ("indication", "pain and fever", "pain and migraine", "statement"),
]  # fmt: skip
WORDING = [
    ("a synonym", "Examplin is used to treat", "This medicine is used for the treatment of"),
    ("order of a list", "nausea, headache, constipation", "constipation, nausea and headache"),
    ("comma", "mild to moderate pain and fever.", "mild to moderate pain, and fever."),
    ("bold", "- asthma", "- **asthma**"),
    ("line break", "It blocks the enzyme COX-1. This", "It blocks the enzyme COX-1.\nThis"),
    ("the same in milligrams", "500 mg to 1 g", "500 mg to 1000 mg"),
    ("figures for words", "one tablet", "1 tablet"),
    ("a zero", "15 mg/kg", "15.0 mg/kg"),
    ("the same schedule", "twice a day", "two times a day"),
    ("doctor's words", "kidney damage", "renal damage"),
    ("begin of a sentence", "Avoid alcohol during treatment", "During treatment, avoid alcohol"),
    ("advice in other words", "You should drink plenty of water", "It is recommended to drink plenty of water"),
    ("prohibition in other words", "Do not take examplin if", "Never take examplin if"),
    ("case and plural", "severe liver disease", "Severe liver diseases"),
    ("store and keep", "Store below 25 °C. Keep it away", "Keep below 25 °C. Store it away"),
    ("spelling", "constipation.", "constipation"),
    ("a heading's words", "## Warnings", "## Warnings and precautions"),
    ("a table's spaces", "| 10 kg | 150 mg |", "|10 kg|150 mg|"),
    ("thousands", "1 in 1,000 people", "1 in 1000 patients"),
    ("apostrophe", "You can drive if you do not feel dizzy", "You can drive if you don't feel dizzy"),
    ("filler", "Examplin may cause", "Please note that examplin may also cause"),
]  # fmt: skip


def _record(text: str) -> Monograph:
    record = load_bytes("drugs/examplin.md", text.encode(), Config(), rules=False).monograph
    assert record is not None
    return record


def _edited(old: str, new: str) -> str:
    assert PAGE.count(old) >= 1, old
    text = PAGE.replace(old, new, 1)
    assert text != PAGE
    return text


def _changes(old: str, new: str) -> tuple[Change, ...]:
    return compare(_record(PAGE), _record(_edited(old, new)))


@pytest.mark.parametrize(("old", "new", "kind"), [row[1:] for row in CLINICAL],
                         ids=[row[0] for row in CLINICAL])  # fmt: skip
def test_a_clinical_edit_has_its_kind(old: str, new: str, kind: str) -> None:
    if kind == "section" and not new:
        text = PAGE.replace(old, "").replace("## How it works", f"{old}## How it works")
        changes = compare(_record(PAGE), _record(text))
    else:
        changes = _changes(old, new)
    assert changes, "no change"
    assert changes[0].kind is KINDS[kind], [(item.kind.name, item.details) for item in changes]


@pytest.mark.parametrize(("old", "new"), [row[1:] for row in WORDING],
                         ids=[row[0] for row in WORDING])  # fmt: skip
def test_an_edit_of_wording_is_only_that(old: str, new: str) -> None:
    changes = _changes(old, new)
    clinical = [change for change in changes if not change.is_wording]
    assert not clinical, [
        (item.kind.name, item.before, item.after, item.details) for item in clinical
    ]


@pytest.mark.parametrize(("old", "new"), [row[1:3] for row in CLINICAL],
                         ids=[row[0] for row in CLINICAL])  # fmt: skip
def test_an_edit_that_is_undone_is_clinical_too(old: str, new: str) -> None:
    changes = compare(_record(_edited(old, new)), _record(PAGE))
    assert any(not change.is_wording for change in changes)


def test_the_manual_lists_every_kind() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "diff.md").read_text("utf-8")
    listed = re.findall(
        r"`([a-z-]+)`", "\n".join(re.findall(r"^\| (`.*?) \|", manual, re.MULTILINE))
    )
    assert listed == list(KINDS)
