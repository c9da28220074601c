"""Content written by the tests: as many monographs as are wanted, all different, the same on every run."""

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
    questions: list[tuple[str, str]] = field(default_factory=lambda: [("Is it safe?", "Safe enough for a test.")])
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
        draft = Draft(title, f"For the {chance.randint(1, 99)} reasons of {name}.", f"{chance.randint(1, 9)} mg a day.")
        if number % 4 == 0:
            draft.front = f"alternate_names: [{invented(chance)}]\naliases: [/old/{name.lower()}/]\n"
        path = content / ("combinations" if pair else "drugs") / f"{name.lower()}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(draft.text, encoding="utf-8")
        files.append(path)
    return files
