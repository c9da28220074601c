"""Which findings a check is about: of some kinds, in some files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from .. import rules
from ..config import findings as _config  # noqa: F401  importing a module of findings declares them
from ..model.errors import UsageProblem
from ..model.finding import FINDINGS, Finding, FindingKind, selects
from ..model.suggest import did_you_mean
from ..site import findings as _site  # noqa: F401  see above
from ..source import findings_file, findings_front_matter, findings_yaml  # noqa: F401  see above
from . import findings as _check  # noqa: F401  see above


@dataclass(frozen=True, slots=True)
class Selection:
    """What to show. Everything where nothing is asked for."""

    select: tuple[str, ...] = ()
    """Codes, beginnings of codes and names."""
    ignore: tuple[str, ...] = ()
    """The same; these stand above `select`."""
    places: tuple[str, ...] | None = None
    """Content paths of files and folders; '' is the whole content folder."""
    changed: frozenset[str] | None = None
    """Content paths of files; only what is in `places`, too."""

    def shows(self, one: Finding) -> bool:
        """Whether a finding is asked for. What is about no file is about none of the files that
        were named."""
        if self.changed is not None and one.path not in self.changed:
            return False
        if self.places is not None and not _lies_in(one.path, self.places):
            return False
        if any(selects(word, one) for word in self.ignore):
            return False
        return not self.select or any(selects(word, one) for word in self.select)


def places_in(content: Path, given: Iterable[Path]) -> tuple[str, ...] | None:
    """Files and folders as content paths; None where none are given. `UsageProblem` for one that is
    not there or not in the content folder."""
    root = content.resolve()
    made = []
    for path in given:
        place = path.parent.resolve() / path.name if path.is_symlink() else path.resolve()
        if not path.exists():
            raise UsageProblem(f"there is no file or folder {str(path)!r}")
        if place == root or place in root.parents:
            made.append("")
        elif root in place.parents:
            made.append(place.relative_to(root).as_posix())
        else:
            raise UsageProblem(f"{str(path)!r} does not lie in the content folder {str(content)!r}")
    return tuple(made) or None


def _lies_in(path: str, places: Iterable[str]) -> bool:
    return bool(path) and any(
        not place or path == place or path.startswith(f"{place}/") for place in places
    )


@cache
def findings() -> tuple[FindingKind, ...]:
    """All kinds of finding, by the number of their code."""
    rules.rules()
    return tuple(sorted(FINDINGS.values(), key=lambda finding: finding.code[1:]))


def is_known(word: str) -> bool:
    """Whether a word means any finding (see `findings.selects`)."""
    return any(selects(word, one) for one in findings())


def meant(word: str) -> str:
    """What to say of a word that means none: the nearest, or where all are listed."""
    names = [name for one in findings() for name in (one.name, one.code)]
    return did_you_mean(word, names) or "`monograph-site rules` lists all there are."


_CODE = re.compile(r"[EWI]?\d{0,3}", re.IGNORECASE)


def known_words(given: Iterable[str]) -> tuple[str, ...]:
    """The words of an option, each repeated or parted by commas, codes in capitals. `UsageProblem`
    for one that means no finding."""
    words = [word.strip() for part in given for word in part.split(",") if word.strip()]
    made = tuple(word.upper() if _CODE.fullmatch(word) else word for word in words)
    for word in made:
        if not is_known(word):
            raise UsageProblem(_unknown(word))
    return made


def _unknown(word: str) -> str:
    """What to say of a word that means no finding."""
    return f"no finding is called {word!r}. {meant(word)}"


def optional(words: Iterable[str]) -> tuple[str, ...]:
    """The names of the optional findings that words ask for: by name or with a digit, since `W`
    alone means no single one of them. Names, and no others, so that no other word makes the site be
    read anew."""
    digits = [word for word in words if re.search(r"\d", word) or not _CODE.fullmatch(word)]
    return tuple(
        one.name
        for one in findings()
        if one.optional and any(selects(word, one) for word in digits)
    )


def named(word: str) -> FindingKind:
    """The finding of a code, with or without its letter, or of a name, in any case. `UsageProblem`
    where there is none."""
    wanted = word.strip().lower()
    for one in findings():
        if wanted in (one.name, one.code.lower(), one.code[1:]):
            return one
    raise UsageProblem(_unknown(word))
