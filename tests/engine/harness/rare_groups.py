"""Edits of the example flows, each of which touches fewer than half a per cent of a population: what becomes what, whom
it is about, and how the change and the group are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Rare:
    """`told`: of what the shift is, or what stands in the change; `rule`: what stands in the group's rule."""

    flow: str
    was: str
    becomes: str
    told: str
    rule: str
    people: str


def _people(text: str, **other: str) -> str:
    """A population; `other` replaces what it says of a fact."""
    facts = dict(line.strip().split(": ", 1) for line in text.strip().splitlines())
    return "population:\n  size: 1000000\n  facts:\n" + "".join(
        f"    {name}: {own}\n" for name, own in {**facts, **other}.items()
    )


ASSISTANCE: Final = """
geboortedatum: {1935-01-01..1958-12-31: 10, 1959-01-01..2007-12-31: 85, 2008-01-01..2015-12-31: 5}
samen: {yes: 35, no: 65}
huisgenoten: {0: 70, 1: 15, 2: 12, 3..6: 2.9, 7..8: 0.1}
kinderen: {0: 60, 1..2: 35, 3..6: 5}
kinderen.geboren: {1990-01-01..2007-12-31: 30, 2008-01-01..2026-01-01: 70}
inkomen: {0..500: 30, 500.01..2500: 60, 2500.01..20000: 10}
vermogen: {0..8000: 60, 8000.01..20000: 25, 20000.01..500000: 15}
vandaag: {2026-01-01: 1}
dringend: {yes: 0.5, no: 99.5}
"""
FINE: Final = """
wens: {betalen: 70, kan_niet: 10, niet_eens: 15, vraag: 5}
bedrag: {20..100: 50, 100.01..400: 50}
verhoogd: {geen: 95, eerste: 4.7, tweede: 0.3}
brief: {2025-10-01..2025-12-31: 1}
vandaag: {2026-01-01: 1}
betaald: {0..500: 1}
"""
PASSPORT: Final = """
voor_wie: {mijzelf: 80, kind: 20}
geboortedatum: {1940-01-01..2007-12-31: 99.8, 2008-01-02..2011-12-31: 0.2}
kind_geboren: {2006-01-01..2025-12-31: 1}
vandaag: {2026-01-01: 1}
afspraak: {2026-01-02..2026-02-01: 1}
oude: {heb_ik: 85, kwijt: 5.7, gestolen: 0.3, nooit: 9}
spoed: {yes: 10, no: 90}
"""
TREE: Final = """
spoed: {yes: 2, no: 98}
werk: {verwijderen: 60, verplanten: 2, snoeien: 35, beschadigen: 3}
iepziekte: {yes: 0.5, no: 99.5}
beheerplan: {yes: 3, no: 97}
dunnen: {yes: 10, no: 90}
omtrek_31_of_meer: {yes: 70, no: 30}
"""
HOUSE: Final = """
monument: {geen: 96, gemeente: 3, rijk: 1}
diepte: {0..3: 60, 3.01..6: 38, 6.01..30: 2}
hoogte: {0..4.9: 94, 5: 1, 5.01..30: 5}
bouwjaar: {1900..1992: 70, 1993: 0.5, 1994..2025: 29.5}
voorkant: {yes: 30, no: 70}
"""
DAY: Final = """
taal: {nederlands: 92, gebaren: 0.3, anders: 7.7}
opnamedag: {2026-02-01..2026-05-01: 1}
"""
LICENCE: Final = """
geboortedatum: {1945-01-01..2012-12-31: 1}
vandaag: {2026-03-01: 1}
"""
URGENT: Final = """    title: U krijgt hulp, omdat uw situatie dringend is
    needs: [nood, bewoner, machtiging, rekening]
    remedy: {kind: bezwaar, at: "gemeente Voorbeeld", within: P6W"""
ELM: Final = "| -     | -           | verwijderen, beschadigen | yes       | -                   |"

RARE: Final = {
    "a shared norm, from ten people on": Rare(
        "bijstand",
        "(0.4 + 0.3 * delers) / delers",
        "(0.4 + 0.3 * delers) / (if delers >= 9 then delers + 1 else delers)",
        "norm",
        "huisgenoten >= 7",
        _people(ASSISTANCE),
    ),
    "a child's birthday, with leap days": Rare(
        "bijstand",
        "years(k.geboren, vandaag) < 18",
        'k.geboren > vandaag - @\\"P6574D\\"',
        "volgens_regels",
        "vermogen > 8000 and <= 16000",
        _people(ASSISTANCE),
    ),
    "the fifth child": Rare(
        "bijstand",
        "samen or some k in kinderen satisfies years(k.geboren, vandaag) < 18",
        "samen or count(kinderen[years(geboren, vandaag) < 18]) in [1..4]",
        "recht",
        "vermogen > 8000 and <= 16000",
        _people(ASSISTANCE),
    ),
    "an age in one row": Rare(
        "bijstand",
        "| -        | -              | yes      || dringend_wel |",
        "| >= 19    | -              | yes      || dringend_wel |",
        "recht",
        "(leeftijd) >= 18 and < 19",
        _people(ASSISTANCE),
    ),
    "a threshold that takes in one more year": Rare(
        "bijstand",
        "| < 18     | -              | -        || jong         |",
        "| <= 18    | -              | -        || jong         |",
        "recht",
        "(leeftijd) = 18",
        _people(ASSISTANCE),
    ),
    "a remedy of few": Rare(
        "bijstand",
        URGENT,
        URGENT.replace("P6W", "P4W"),
        "outcomes dringend_wel, remedy",
        "dringend yes",
        _people(ASSISTANCE),
    ),
    "a day less to appeal": Rare(
        "verkeersboete",
        '"brief + @\\"P42D\\""',
        '"brief + @\\"P41D\\""',
        "keuze",
        "wens niet_eens",
        _people(FINE),
    ),
    "a figure of the law": Rare(
        "verkeersboete",
        "| tweede || 3    |",
        "| tweede || 3.01 |",
        "te_betalen",
        "verhoogd tweede",
        _people(FINE),
    ),
    "a term after the second raise": Rare(
        "verkeersboete",
        '@"P84D" else brief + @"P112D"',
        '@"P84D" else brief + @"P98D"',
        "betalen_voor",
        "verhoogd tweede",
        _people(FINE),
    ),
    "exactly the limit": Rare(
        "verkeersboete",
        "| kan_niet  | >= 75      |",
        "| kan_niet  | > 75       |",
        "keuze",
        "(te_betalen) = 75",
        _people(FINE),
    ),
    "a worker's step without its condition": Rare(
        "verkeersboete",
        '(gebeld or stil) and verhoogd = "tweede" | handed_over',
        'verhoogd = "tweede"                     | handed_over',
        "calling: pass_on",
        "verhoogd tweede",
        _people(FINE),
    ),
    "a child of 29 February": Rare(
        "paspoort",
        "if leeftijd < 18 then",
        'if leeftijd <= 17 and kind_geboren != date("2008-02-29") then',
        "jaren",
        "kind_geboren = 2008-02-29",
        _people(PASSPORT),
    ),
    "a proof of who is young and comes alone": Rare(
        "paspoort",
        """(voor_wie = "mijzelf" or toestemming = "beiden")""",
        """toestemming = "beiden\"""",
        "meenemen",
        "voor_wie mijzelf",
        _people(PASSPORT),
    ),
    "an option that no longer counts": Rare(
        "paspoort",
        """'oude in ("kwijt", "gestolen")'""",
        """'oude = "kwijt"'""",
        "weg",
        "oude gestolen",
        _people(PASSPORT),
    ),
    "a register that no longer answers": Rare(
        "paspoort",
        "from: [register:brp.geboortedatum, citizen], when",
        "from: [citizen], when",
        "facts geboortedatum, suppliers",
        "voor_wie mijzelf",
        _people(PASSPORT, voor_wie="{mijzelf: 0.4, kind: 99.6}"),
    ),
    "one kind of work of many": Rare(
        "boom-kappen",
        "| -     | -           | not(snoeien)             | -         | yes                 |",
        "| -     | -           | verwijderen              | -         | yes                 |",
        "toestemming",
        "werk verplanten or beschadigen",
        _people(TREE),
    ),
    "a row that is overtaken": Rare(
        "boom-kappen",
        ELM,
        ELM.replace("verwijderen, beschadigen", "beschadigen             "),
        "toestemming",
        "iepziekte yes",
        _people(TREE),
    ),
    "exactly five metres": Rare(
        "omgevingsvergunning",
        "hoogte > 5, then",
        "hoogte >= 5, then",
        "antwoord",
        "hoogte = 5",
        _people(HOUSE),
    ),
    "houses of one year": Rare(
        "omgevingsvergunning",
        "bouwjaar < 1994",
        "bouwjaar < 1993",
        "antwoord",
        "bouwjaar = 1993",
        _people(HOUSE),
    ),
    "a channel in sign language": Rare(
        "dagopname",
        """when: 'taal = "gebaren"', otherwise: bellen""",
        """when: 'taal = "anders"', otherwise: bellen""",
        "no longer asked",
        "taal gebaren",
        _people(DAY),
    ),
    "the birthday itself": Rare(
        "rijbewijs-leeftijdspoort",
        "| years(geboortedatum, vandaag) ||",
        '| floor((vandaag - geboortedatum) / @"P1D" / 365.25) ||',
        "toegang",
        "(years(geboortedatum, vandaag)) >= 18",
        _people(LICENCE),
    ),
}
