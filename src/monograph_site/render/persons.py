"""Persons as content names them (`Dr Ada Byron, MD, FRCP (cardiologist)`) → schema.org `Person`, with
titles, credentials and role apart from the name."""

from __future__ import annotations

import re

from ..regex import regex

_PREFIX = regex(r"((?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Mx|Sir|Dame)\.?(?:\s+med\.)?\s+)+")
_ROLE = regex(r"\s*\(([^()]+)\)$")
_CREDENTIALS = frozenset(
    (
        # medicine and dentistry
        "md do mbbs mbchb mbbch bmbs bmbch mb bch bs bm dm ms mch dnb dch dds dmd bds mds "
        # pharmacy
        "pharmd rph bpharm mpharm dpharm pharmb bcps bcacp bcop bcgp bccp bcpp bcccp cacp "
        # nursing and other professions
        "rn np aprn dnp bsn msn fnp crna pa pac rd ldn pt dpt ot lpn "
        # degrees
        "phd dphil dsc msc mres mph mba mpp ma ba bsc mphil mmed mhs mha jd llm edd drph "
    ).split()
)
"""Degrees and licences in lower case without dots."""
_FELLOW = regex(r"[FMDL](?:RC|AC|AA|AS|CC|CP|AHA|HR|IDS|ES|R?Pharm|FPM|HEA|RS)[A-Za-z]{0,8}")
"""Members and fellows of colleges and societies, such as FRCP, MRCGP, FACC, FASHP, MRPharmS."""


def person(text: str) -> dict[str, str]:
    """A person as schema.org describes one. What stands behind a comma is a credential only where
    it is a known one: `Byron, Ada` stays a name."""
    role = _ROLE.search(text)
    name = text[: role.start()] if role else text
    name, *after = name.split(",")
    words = [word for part in after for word in part.split()]
    if not all(map(_is_credential, words)):
        name, after = ",".join((name, *after)), []
    prefix = _PREFIX.match(name)
    rest = name[prefix.end() :] if prefix else name
    parts = {
        "name": rest.strip(),
        "honorificPrefix": prefix[0].strip() if prefix else "",
        "honorificSuffix": ", ".join(part.strip() for part in after if part.strip()),
        "jobTitle": role[1].strip() if role else "",
    }
    if not parts["name"]:
        return {"@type": "Person", "name": text}
    return {"@type": "Person", **{key: value for key, value in parts.items() if value}}


def _is_credential(word: str) -> bool:
    plain = re.sub(r"[.()-]", "", word)
    return plain.lower() in _CREDENTIALS or bool(_FELLOW.fullmatch(plain))
