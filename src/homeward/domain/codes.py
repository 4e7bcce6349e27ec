"""The SSDA903 code sets in plain words, with the years in which a code may be used."""

from __future__ import annotations

from typing import NamedTuple

ETHNIC = {
    "WBRI": "White British",
    "WIRI": "White Irish",
    "WIRT": "Traveller of Irish heritage",
    "WROM": "Gypsy or Roma",
    "WOTH": "any other White background",
    "MWBC": "White and Black Caribbean",
    "MWBA": "White and Black African",
    "MWAS": "White and Asian",
    "MOTH": "any other mixed background",
    "AIND": "Indian",
    "APKN": "Pakistani",
    "ABAN": "Bangladeshi",
    "AOTH": "any other Asian background",
    "BCRB": "Black Caribbean",
    "BAFR": "Black African",
    "BOTH": "any other Black background",
    "CHNE": "Chinese",
    "OOTH": "any other ethnic group",
    "REFU": "preferred not to say",
    "NOBT": "not yet obtained",
}

SEX = {"M": "male", "F": "female", "U": "unknown"}

RNE = {
    "S": "started to be looked after",
    "L": "change of legal status only",
    "P": "change of placement and carer",
    "T": "change of placement, same carer",
    "B": "change of legal status, placement and carer",
    "U": "change of legal status and placement, same carer",
}

LS = {
    "C1": "interim care order",
    "C2": "care order",
    "D1": "freeing order",
    "E1": "placement order",
    "V2": "accommodated under section 20",
    "V3": "series of short breaks (episodes recorded)",
    "V4": "series of short breaks (agreements recorded)",
    "L1": "police protection",
    "L2": "emergency protection order",
    "L3": "child assessment order",
    "J1": "remanded",
    "J2": "detained under PACE in local authority accommodation",
    "J3": "youth rehabilitation order with a residence requirement",
}
SHORT_BREAKS = frozenset({"V3", "V4"})

CIN = {
    "N1": "abuse or neglect",
    "N2": "child's disability",
    "N3": "parent's illness or disability",
    "N4": "family in acute stress",
    "N5": "family dysfunction",
    "N6": "socially unacceptable behaviour",
    "N7": "low income",
    "N8": "absent parenting",
}

PLACE = {
    "U1": "foster home with a relative or friend, long term",
    "U2": "foster home with a relative or friend, fostering for adoption or concurrent planning",
    "U3": "foster home with a relative or friend",
    "U4": "foster home, long term",
    "U5": "foster home, fostering for adoption or concurrent planning",
    "U6": "foster home",
    "A3": "placed for adoption with consent, with the current foster carer",
    "A4": "placed for adoption with consent, not with the current foster carer",
    "A5": "placed for adoption under a placement order, with the current foster carer",
    "A6": "placed for adoption under a placement order, not with the current foster carer",
    "K1": "secure children's home",
    "K2": "children's home",
    "K3": "registered supported accommodation",
    "H5": "semi-independent living",
    "P1": "with parents or a person with parental responsibility",
    "P2": "independent living",
    "P3": "residential employment",
    "R1": "residential care home",
    "R2": "NHS or nursing establishment",
    "R3": "family centre or mother and baby unit",
    "R5": "young offender institution",
    "S1": "residential school",
    "T0": "temporary move",
    "T1": "temporary move to hospital",
    "T2": "temporary move on holiday",
    "T3": "temporary move while the carer is on holiday",
    "T4": "temporary move of up to seven days",
    "Z1": "another placement",
    # The guide divides "other" from 2025/26; its own words were not found, so none are given here.
    "Z11": "another placement (Z11)",
    "Z12": "another placement (Z12)",
    "Z13": "another placement (Z13)",
    "Z14": "another placement (Z14)",
}
TEMPORARY = frozenset({"T0", "T1", "T2", "T3", "T4"})
PLACED_FOR_ADOPTION = frozenset({"A3", "A4", "A5", "A6"})
EARLY_PERMANENCE = frozenset({"U2", "U5"})

PLACE_PROVIDER = {
    "PR0": "parent or other person with parental responsibility",
    "PR1": "own local authority",
    "PR2": "another local authority",
    "PR3": "another public body",
    "PR4": "private",
    "PR5": "voluntary",
}

REC = {
    "X1": "episode ended and another began the same day",
    "E11": "adopted, application unopposed",
    "E12": "adopted, consent dispensed with",
    "E13": "left to live with a person without parental responsibility",
    "E14": "accommodation on remand ended",
    "E15": "age assessment found the person to be 18 or over",
    "E16": "moved abroad",
    "E17": "aged 18 and stayed with the carers",
    "E2": "died",
    "E3": "care taken over by another local authority",
    "E41": "child arrangements order (lives with)",
    "E43": "special guardianship order to a former foster carer",
    "E44": "special guardianship order to another carer",
    "E45": "special guardianship order to a former foster carer who is a relative or friend",
    "E46": "special guardianship order to another former foster carer",
    "E47": "special guardianship order to a relative or friend who did not foster the child",
    "E48": "special guardianship order to another person who did not foster the child",
    "E4A": "returned home, planned",
    "E4B": "returned home, not planned",
    "E5": "moved to independent living with formal support",
    "E6": "moved to independent living without formal support",
    "E7": "moved to residential care paid for by adult social care",
    "E8": "left care for another reason",
    "E9": "sentenced to custody",
}
ADOPTED = frozenset({"E11", "E12"})

REASON_PLACE_CHANGE = {
    "CARPL": "part of the care plan",
    "CLOSE": "the home closed or the carer resigned",
    "ALLEG": "an allegation was made",
    "STAND": "concern about standards",
    "APPRR": "approval was removed",
    "CREQB": "the carer asked, because of the child's behaviour",
    "CREQO": "the carer asked, for another reason",
    "CHILD": "the child asked",
    "LAREQ": "the authority asked",
    "PLACE": "the status of the placement changed",
    "CUSTOD": "custody",
    "OTHER": "another reason",
}

REVIEW_CODE = {
    "PN0": "under four at the time",
    "PN1": "attended and spoke",
    "PN2": "attended and an advocate spoke",
    "PN3": "attended and gave views with symbols",
    "PN4": "attended and did not give views",
    "PN5": "did not attend but briefed an advocate",
    "PN6": "did not attend but gave views by other means",
    "PN7": "did not attend and gave no views",
}

REASON_PLACED_CEASED = {
    "RD1": "the child's needs changed",
    "RD2": "the court did not make a placement order",
    "RD3": "adopters could not be found",
    "RD4": "another reason",
}

PREV_PERM = {
    "P1": "adoption",
    "P2": "special guardianship order",
    "P3": "residence or child arrangements order",
    "P4": "kind not known",
    "Z1": "none",
}

MISSING = {"M": "missing", "A": "away without authorisation"}
SEX_ADOPTR = {
    "M1": "single man",
    "F1": "single woman",
    "MM": "two men",
    "FF": "two women",
    "MF": "a man and a woman",
}
LS_ADOPTR = {
    "L0": "single",
    "L11": "married (different sex)",
    "L12": "married (same sex)",
    "L2": "civil partners",
    "L3": "unmarried couple (different sex)",
    "L4": "unmarried couple (same sex)",
}
SW_REASON = {
    "MANAGE": "caseload management",
    "FCONTA": "first contact worker",
    "LEFTRL": "left the role",
    "ORGRST": "restructure",
    "TSPROC": "passed between teams",
    "ABSENC": "absence",
    "CHCHAN": "the child asked",
    "PCCHAN": "a parent or carer asked",
    "SWDIED": "died",
    "OTHERS": "another reason",
}

SETS: dict[str, dict[str, str]] = {
    "ETHNIC": ETHNIC,
    "SEX": SEX,
    "RNE": RNE,
    "LS": LS,
    "CIN": CIN,
    "PLACE": PLACE,
    "PLACE_PROVIDER": PLACE_PROVIDER,
    "REC": REC,
    "REASON_PLACE_CHANGE": REASON_PLACE_CHANGE,
    "REVIEW_CODE": REVIEW_CODE,
    "REASON_PLACED_CEASED": REASON_PLACED_CEASED,
    "PREV_PERM": PREV_PERM,
    "MISSING": MISSING,
    "SEX_ADOPTR": SEX_ADOPTR,
    "LS_ADOPTR": LS_ADOPTR,
    "SW_REASON": SW_REASON,
}


class Validity(NamedTuple):
    """The first and last collection year of a code (the year that closes on 31 March); None = no limit."""

    first: int | None = None
    last: int | None = None


VALIDITY: dict[tuple[str, str], Validity] = {
    ("PLACE", "K3"): Validity(first=2024),  # peers differ: 2024/25, with some use in 2023/24
    ("PLACE", "H5"): Validity(last=2025),
    ("PLACE", "P2"): Validity(last=2025),
    ("PLACE", "Z1"): Validity(last=2026),
    ("PLACE", "Z11"): Validity(first=2026),
    ("PLACE", "Z12"): Validity(first=2026),
    ("PLACE", "Z13"): Validity(first=2026),
    ("PLACE", "Z14"): Validity(first=2026),
    ("REC", "E43"): Validity(last=2018),
    ("REC", "E44"): Validity(last=2018),
    ("REASON_PLACE_CHANGE", "CUSTOD"): Validity(first=2019),
    ("SEX", "U"): Validity(first=2025),
}


def label(column: str, code: str) -> str:
    """The plain words for `code` in `column`; the code itself when it is not in the set."""
    return SETS.get(column, {}).get(code, code)


def is_known(column: str, code: str) -> bool:
    """Whether `code` belongs to the set of `column` in any year."""
    return code in SETS[column]


def is_valid_in(column: str, code: str, year: int) -> bool:
    """Whether the return of the collection year `year` takes `code` in `column`."""
    span = VALIDITY.get((column, code), Validity())
    return (
        is_known(column, code)
        and (span.first is None or span.first <= year)
        and (span.last is None or year <= span.last)
    )
