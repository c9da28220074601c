"""Content written by the tests: as many monographs as are wanted, all different, the same on every
run."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path

SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi xo zu".split()


def invented(chance: random.Random) -> str:
    """A name that no medicine has."""
    return "".join(chance.choice(SYLLABLES) for _ in range(4)).capitalize()


@dataclass
class Draft:
    """A monograph as its editor knows it; `text` is the file."""

    title: str
    uses: str = "For things that do not exist."
    dose: str = "One tablet."
    questions: list[tuple[str, str]] = field(
        default_factory=lambda: [("Is it safe?", "Safe enough for a test.")]
    )
    front: str = ""

    @property
    def text(self) -> str:
        asked = "\n".join(f"### {question}\n\n{answer}\n" for question, answer in self.questions)
        return (
            f"---\ntitle: {self.title}\n{self.front}---\n\n## Uses\n\n{self.uses}\n\n## Dosage\n\n{self.dose}\n\n"
            f"## Side effects\n\n- Yawning\n- Doubt\n\n## FAQs\n\n{asked}"
        )


def formulary(content: Path, count: int, seed: int = 1) -> list[Path]:
    """Write `count` monographs, every third a combination of two others, and give their files."""
    chance = random.Random(seed)
    names = sorted({invented(chance) for _ in range(count * 2)})[:count]
    chance.shuffle(names)
    files = []
    for number, name in enumerate(names):
        pair = number > 2 and number % 3 == 0
        title = f"{names[number - 1]} + {names[number - 2]}" if pair else name
        draft = Draft(
            title,
            f"For the {chance.randint(1, 99)} reasons of {name}.",
            f"{chance.randint(1, 9)} mg a day.",
        )
        if number % 4 == 0:
            draft.front = (
                f"alternate_names: [{invented(chance)}]\naliases: [/old/{name.lower()}/]\n"
            )
        path = content / ("combinations" if pair else "drugs") / f"{name.lower()}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(draft.text, encoding="utf-8")
        files.append(path)
    return files


# texts that follow no rule: every way to mark a section or a question, in any order

LABELS = (
    "Usage|Uses|Side Effects|How it Works|Generic Name|Dosage|Contraindications|Precautions|FAQs|Drug Interactions|"
    "Frequently Asked Questions|Disclaimer|Note|Important Note|References|Storage of the thing|Aprivane|Summary|"
    "Belotide (Generic Name)|Usage (Individual Components)"
).split("|")
"""Some name a section, some a drug."""
BLOCKS = (
    "# {label}|## {label}|### **{label}:**|## **{label}:** {text}|### {label}: {text}|#### {text}|{label}\n===|"
    "**{label}:** {text}|**{label}**|**{label}:**|{label}: {text}|**{label}:** {text}\n**Usage:** {more}|"
    "**{text}** {more}|"
    "{text}|{text} {more}|*{text}*|> {text}|---|```\n{text}\n```|    {text}|"
    "{n}. {text}\n{n}. {more}|Please note: {text}|"
    "### **Q{n}: {ask}**\n\n**A:** {text}|### Q{n}: {ask}\n\nA: {text}\n\n{more}|**{ask}** {text}|**Q: {ask}**\n{text}|"
    "**Q{n}. {ask}**\n\n**A{n}.** {text}|#### {ask}\n\n{text}|{ask} {text}|*{ask}* {text} *{ask2}* {more}"
).split("|")
ITEMS = (
    "{text}|**{label}:** {text}|**{label}:**|**{ask}** {text}|**Q: {ask}** A: {text}|**Q: {ask}**|"
    "A: {text}|{ask} {text}|"
    "{label}: {text}|*{ask}*\n{text}"
).split("|")
NUMBERS = (
    "10**6|10**9/L|10**-6|`10**6`|2*3|5·10^3|<5|< 5|≤5|>5|> 5|≥ 5|±5|5 ± 1|1/2|0.5–1|0.5-1|-20 °C|"
    "12+|5%|5 × 10|~5|0.5|1,000|40:1"
).split("|")
"""What changes its meaning with any of its characters."""


def anything(chance: random.Random, blocks: int = 14) -> str:
    """A body of Markdown blocks as accident may put them together; no two sentences of it are the
    same."""
    return "\n\n".join(_block(chance, 0) for _ in range(blocks)) + "\n"


def _filled(chance: random.Random, form: str) -> str:
    return form.format(
        label=chance.choice(LABELS)
        .replace("Belotide", invented(chance))
        .replace("thing", invented(chance)),
        text=_sentence(chance),
        more=_sentence(chance),
        ask=f"Is {invented(chance)} {invented(chance).lower()}?",
        ask2=f"Does {invented(chance)} {invented(chance).lower()}?",
        n=chance.randint(1, 9),
    )


def _sentence(chance: random.Random) -> str:
    said = " ".join(invented(chance).lower() for _ in range(chance.randint(2, 6))).capitalize()
    if chance.random() < 0.3:
        said = chance.choice(
            [f"{said} {chance.choice(NUMBERS)}", f"{chance.choice(NUMBERS)} {said}"]
        )
    return said + chance.choice(["", ".", ".", ".", ":", "!"])


def _block(chance: random.Random, depth: int) -> str:
    if depth > 1 or chance.random() > 0.35:
        return _filled(chance, chance.choice(BLOCKS))
    items = []
    for _ in range(chance.randint(1, 4)):
        item = _filled(chance, chance.choice(ITEMS))
        if chance.random() < 0.3:
            item += chance.choice(["\n\n", "\n"]) + _block(chance, depth + 1)
        items.append("* " + item.replace("\n", "\n    "))
    return chance.choice(["\n", "\n\n"]).join(items)
