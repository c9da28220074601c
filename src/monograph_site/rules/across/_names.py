"""Names of medicines that people mistake for each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rapidfuzz import process
from rapidfuzz.distance import OSA

from ...model.strings import fold
from ...site.relations import without_brackets
from ...site.site import Entry, Site

SHORTEST = 6
"""Letters: among shorter names every second one is near another."""


NEAR = 2
"""Letters put in, left out, changed or swapped that still make names look alike."""


_START = 2
"""Letters at the start that near names share: it keeps the search from comparing every name with
every other."""


# Groups of the lists that the FDA's Name Differentiation Project and the ISMP (Look-Alike Drug
# Names with Recommended Tall Man Letters) publish, as far as they are generic names: mix-ups have
# been reported for each.
_GROUPS = """
acetazolamide acetohexamide
alprazolam clonazepam lorazepam
amiloride amlodipine
aripiprazole rabeprazole
azacitidine azathioprine
bupropion buspirone
carbamazepine oxcarbazepine
carboplatin cisplatin
cefazolin cefotetan cefoxitin ceftazidime ceftriaxone
chlordiazepoxide chlorpromazine
chlorpromazine chlorpropamide
clobazam clonazepam
clomifene clomipramine
clomiphene clomipramine
clonazepam clonidine clozapine
ciclosporin cycloserine
cycloserine cyclosporine
dactinomycin daptomycin
daunorubicin doxorubicin idarubicin
dimenhydrinate diphenhydramine
dobutamine dopamine
docetaxel paclitaxel
duloxetine fluoxetine paroxetine
ephedrine epinephrine
epirubicin eribulin
fentanyl sufentanil
fluphenazine fluvoxamine
flavoxate fluvoxamine
glipizide glyburide
guaifenesin guanfacine
hydralazine hydrochlorothiazide hydroxyzine
hydrocodone oxycodone
hydromorphone morphine
hydroxyprogesterone medroxyprogesterone
infliximab rituximab
ketamine ketorolac
lamivudine lamotrigine
levetiracetam levocarnitine levofloxacin
medroxyprogesterone methylprednisolone methyltestosterone
metformin metronidazole
methazolamide methimazole metolazone
migalastat miglustat
mitomycin mitoxantrone
nicardipine nifedipine nimodipine nisoldipine
olanzapine quetiapine
pazopanib ponatinib
pemetrexed pralatrexate
penicillamine penicillin
pentobarbital phenobarbital
prednisolone prednisone
quinidine quinine
ranitidine rimantadine
rifampicin rifaximin
rifampin rifaximin
risperidone ropinirole
romidepsin romiplostim
saxagliptin sitagliptin
sorafenib sunitinib
sulfadiazine sulfasalazine
sulfadiazine sulfisoxazole
sumatriptan zolmitriptan
sitagliptin sumatriptan
tiagabine tizanidine
tolazamide tolbutamide
tramadol trazodone
tapentadol tramadol
valacyclovir valganciclovir
valaciclovir valganciclovir
vinblastine vincristine
"""


def reported() -> dict[str, frozenset[str]]:
    """By name the names it has been mistaken for."""
    found: dict[str, set[str]] = {}
    for line in _GROUPS.strip().splitlines():
        group = line.split()
        for name in group:
            found.setdefault(name, set()).update(group)
    return {name: frozenset(others - {name}) for name, others in found.items()}


def near(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each two of these names, in small letters, that differ little; only long ones of one word."""
    blocks: dict[str, list[str]] = {}
    for name in sorted({name for name in names if len(name) >= SHORTEST and name.isalpha()}):
        blocks.setdefault(name[:_START], []).append(name)
    for block in blocks.values():
        for at, name in enumerate(block):
            for other, _, _ in process.extract_iter(
                name, block[at + 1 :], scorer=OSA.distance, score_cutoff=NEAR
            ):
                if _plain(name) != _plain(other):
                    yield name, other


def _plain(name: str) -> str:
    """A name without what differs in the spellings of one: Cephalexin and Cefalexin, Amoxycillin
    and Amoxicillin."""
    for one, other in (
        ("ph", "f"),
        ("th", "t"),
        ("ae", "e"),
        ("oe", "e"),
        ("y", "i"),
        ("k", "c"),
        ("ll", "l"),
    ):
        name = name.replace(one, other)
    return name.rstrip("e")


def by_name(site: Site) -> dict[str, list[Entry]]:
    """The drugs and brands of a site by their titles in small letters, without brackets."""
    found: dict[str, list[Entry]] = {}
    for entry in site.entries:
        if entry.kind in ("drug", "brand") and not entry.not_a_monograph:
            found.setdefault(fold(without_brackets(entry.title)), []).append(entry)
    return found


def is_told_apart(entry: Entry, other: str) -> bool:
    """Whether a page says that it must not be confused with another name."""
    return any(other in sentence for sentence in entry.facts.told_apart)
