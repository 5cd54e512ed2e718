"""Old and new versions of flows of another municipality, each of which hurts or helps a very small group.

Sums, dates against dates, ages, lists, items, percentages with rounding, parameters by year, nested decisions.
Imported by tests of comparing.
"""

from __future__ import annotations

from pathlib import Path

FLOWS = Path(__file__).parents[3] / "flows"

BASE = """
wegwijzer: 1
flow: kwijtschelding
language: nl
question: Hoef ik mijn belasting niet te betalen?
owner: team-belastingen
goal: kwijt
sources:
  wet: {title: "Verordening kwijtschelding", url: "https://example.org/kwijt", valid: 2026-01-01}
facts:
  dag: {type: date, min: 2026-01-01, max: 2029-12-31, from: [clock:start]}
  geboren: {type: date, min: 1930-01-01, max: 2008-01-01, ask: "Wanneer bent u geboren?", why: "Daarom."}
  verhuisd: {type: date, min: 2020-01-01, max: 2025-12-31, ask: "Wanneer kwam u hier wonen?", why: "Daarom."}
  inkomen: {type: money, min: 0, max: 6000, ask: "Wat komt er per maand binnen?", why: "Daarom."}
  huur: {type: money, min: 0, max: 2000, ask: "Wat is uw huur per maand?", why: "Daarom."}
  vermogen: {type: money, min: 0, max: 50000, ask: "Hoeveel spaargeld hebt u?", why: "Daarom."}
  aanslag: {type: money, min: 0, max: 900, ask: "Hoeveel belasting moet u betalen?", why: "Daarom."}
  alleen: {type: boolean, ask: "Woont u alleen?", why: "Daarom."}
  kinderen:
    type: list
    item: kind
    max: 6
    ask: Welke kinderen wonen bij u?
    why: Voor kinderen geldt een hogere grens.
    of:
      leeftijd: {type: integer, min: 0, max: 25, ask: "Hoe oud is {item}?", why: "Daarom."}
      loon: {type: money, min: 0, max: 1500, ask: "Wat verdient {item} per maand?", why: "Daarom."}
parameters:
  norm:
    by: from
    source: wet
    table: |
      | from       || paar | een  | vrij |
      | 2025-01-01 || 1900 | 1350 | 2000 |
      | 2026-07-01 || 1950 | 1390 | 2100 |
      | 2028-01-01 || 2010 | 1420 | 2150 |
decisions:
  oud: {type: integer, is: "years(geboren, dag)", source: wet}
  woont_lang: {type: boolean, is: 'dag - verhuisd >= duration("P365D")', source: wet}
  meetelt:
    each: kinderen
    type: money
    hit: first
    table: |
      | leeftijd | loon  || meetelt | source |
      | < 18     | -     || 0       | wet    |
      | -        | > 400 || loon    | wet    |
      | -        | -     || 0       | wet    |
  kinderloon: {type: money, is: "if count(kinderen) = 0 then 0 else sum(meetelt)", source: wet}
  woonlast: {type: money, is: "max(0, min(huur, 700) - 220)", source: wet}
  toetsinkomen: {type: money, is: "inkomen - woonlast + kinderloon / 2 + max(0, vermogen - 2000) / 100", source: wet}
  grens: {type: money, is: "if alleen then norm(dag).een else norm(dag).paar", source: wet}
  ruimte: {type: money, is: toetsinkomen - grens, source: wet}
  veel_kinderen: {type: boolean, is: count(kinderen) >= 5, source: wet}
  bedrag:
    type: money
    round: down 0.01
    is: "aanslag * 80 / 100"
  kwijt:
    type: choice
    options: [heel, deel, maatwerk, niet]
    hit: first
    table: |
      | woont_lang | oud   | ruimte | vermogen | veel_kinderen || kwijt    | source | because                       |
      |------------|-------|--------|----------|---------------||----------|--------|-------------------------------|
      | no         | -     | -      | -        | -             || niet     | wet    | u woont hier nog geen jaar    |
      | -          | -     | -      | > 15000  | -             || niet     | wet    | u hebt genoeg spaargeld       |
      | -          | -     | <= 0   | -        | -             || heel     | wet    | u hebt weinig geld            |
      | -          | >= 67 | <= 150 | -        | -             || heel     | wet    | u hebt pensioen en weinig geld |
      | -          | -     | -      | -        | yes           || maatwerk | wet    | u hebt een groot gezin        |
      | -          | -     | <= 300 | -        | -             || deel     | wet    | u hebt niet veel geld         |
      | -          | -     | -      | -        | -             || niet     | wet    | u hebt genoeg inkomen         |
outcomes:
  heel: {kind: grant, rank: 3, text: "U hoeft niets te betalen."}
  deel: {kind: grant, rank: 2, values: [bedrag], text: ["U hoeft een deel niet te betalen.", "Dat is {bedrag}."]}
  maatwerk: {kind: task, rank: 1, task: beoordelen, text: "Wij kijken mee."}
  niet: {kind: refusal, rank: 0, text: "U betaalt alles.", remedy: {kind: bezwaar, at: "Gemeente", within: P6W}}
tasks:
  beoordelen: {skill: kwijt, within: P4W, text: "Bekijk deze aanvraag."}
  bezwaar: {skill: bezwaar, within: P6W, text: "Bekijk dit bezwaar."}
  teamleider: {skill: teamleider, within: P2D, text: "Dit duurt te lang."}
process:
  from: standard@1
contact:
  ask_person: {over: [phone, desk], skill: kwijt, within: {working_hours: 4}, tell: "Wij bellen u voor {deadline}."}
channels:
  web: {}
  phone: {number: 14 020, open: [mo-fr 08:30-17:00]}
  desk: {where: "Stadhuis", open: [mo-fr 09:00-16:00]}
"""

PEOPLE = """
population:
  size: 400000
  facts:
    dag: {2026-01-01..2026-12-31: 1}
    inkomen: {0..1200: 15, 1200.01..2500: 45, 2500.01..6000: 40}
    vermogen: {0..2000: 30, 2000.01..15000: 45, 15000.01..50000: 25}
    alleen: {yes: 40, no: 60}
    kinderen: {0: 62, 1: 17, 2: 15, 3: 5, 4: 0.8, 5: 0.15, 6: 0.05}
    kinderen.leeftijd: {0..17: 85, 18..25: 15}
"""

PAIRS = {
    "a limit of a sum": ("| <= 0   |", "| <= -5  |", "`kwijt, row 3`", "(ruimte) > -5 and <= 0"),
    "an age": (">= 67", "> 67", "`kwijt, row 4`", "(oud) = 67"),
    "days between dates": ('>= duration("P365D")', '> duration("P365D")', "`woont_lang`", "(woont_lang, new) no"),
    "a condition of an item": ("| > 400 ||", "| > 390 ||", "`meetelt, row 2`", "(ruimte, new)"),
    "the age of an item": ("| < 18     |", "| <= 18    |", "`meetelt, row 1`", "(ruimte, new)"),
    "a figure from a day on": ("| 2026-07-01 || 1950", "| 2026-07-03 || 1950", "`norm for 2026-07-03`", "(ruimte"),
    "a figure of a decision": ("vermogen - 2000", "vermogen - 2100", "`toetsinkomen`", "(ruimte, new)"),
    "how many items": ("(kinderen) >= 5", "(kinderen) >= 6", "`veel_kinderen`", "(kinderen)) >= 5 and < 6"),
    "a least amount": ("min(huur, 700)", "min(huur, 699)", "`woonlast`", "(ruimte, new)"),
    "the last row of a sum": ("| <= 300 |", "| <= 299 |", "`kwijt, row 6`", "(ruimte) > 299 and <= 300"),
    "a percentage": ("aanslag * 80 / 100", "if aanslag > 895 then aanslag * 80 / 100 - 1 else aanslag * 80 / 100",
                     "`bedrag`", "kwijt deel"),
    "rounding": ("round: down 0.01", "round: half_up 0.01", "`bedrag`", "kwijt deel"),
}  # fmt: skip
"""What is written, what becomes of it, the rule that is named as the cause, and what the group says."""
