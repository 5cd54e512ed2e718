"""A flow about transport to school, its declared population, and edits that each hurt a small group in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from engine.harness import compare_harms as harms
from engine.harness.declared import Declared

FLOW = """
wegwijzer: 1
flow: leerlingenvervoer
language: nl
question: Krijgt mijn kind vervoer naar school?
about: Een paar vragen over uw kind en de school.
goal: vervoer
sources:
  vo: {title: "Verordening vervoer, gemeente Voorbeeld", note: "Voorbeeld."}
  ver: {title: "Verordening vervoer, ver weg", article: "4", note: "Voorbeeld."}
  awb_4_13: {title: "Awb, beslistermijn", note: "Voorbeeld."}
facts:
  school:
    type: choice
    options: {basis: "Basisschool", speciaal: "Speciaal onderwijs", voortgezet: "Voortgezet onderwijs"}
    ask: Naar welke school gaat uw kind?
    why: De regels zijn per school anders.
  afstand: {type: integer, min: 0, max: 60, ask: "Hoeveel kilometer is het?", why: "Dichtbij is er geen vervoer."}
  beperking: {type: boolean, ask: "Heeft uw kind een beperking?", why: "Dan kan het niet alleen reizen."}
  leeftijd: {type: integer, min: 4, max: 20, ask: "Hoe oud is uw kind?", why: "Jonge kinderen reizen niet alleen."}
  opvang:
    type: choice
    options: {thuis: "Thuis", oma: "Bij familie", internaat: "In een internaat"}
    from: [register:brp.verblijf, citizen]
    when: beperking and afstand >= 40
    unsure: worker
    ask: Waar slaapt uw kind door de week?
    why: Dan is het soms dichterbij.
  verklaring:
    type: boolean
    when: leeftijd >= 19
    ask: Hebt u een verklaring van de arts?
    why: Zo weten we wat nodig is.
  rekening: {type: iban, ask: "Op welke rekening?", why: "Daar maken we het bedrag op over."}
checks:
  - {must: 'afstand < 60 or leeftijd > 5', say: "Zo ver kan niet."}
decisions:
  vervoer:
    type: choice
    options: [taxi, fiets, gesprek, afgewezen]
    hit: first
    table: |
      | school   | afstand | beperking | leeftijd | opvang         || vervoer   | source | because                 |
      |----------|---------|-----------|----------|----------------||-----------|--------|-------------------------|
      | speciaal | >= 40   | yes       | -        | not(internaat) || gesprek   | vo     | ver weg en een beperking|
      | -        | -       | yes       | -        | -              || taxi      | vo     | een beperking           |
      | basis    | >= 6    | -         | < 9      | -              || taxi      | vo     | jong en niet dichtbij   |
      | speciaal | >= 50   | -         | -        | -              || fiets     | ver    | erg ver weg             |
      | -        | -       | -         | -        | -              || afgewezen | vo     | het kan zonder          |
outcomes:
  taxi:
    kind: grant
    rank: 3
    text:
      - De taxi haalt uw kind op.
      - {when: 'leeftijd <= 4 and afstand >= 40', text: "Uw kind is nog klein."}
    remedy: {kind: bezwaar, at: "Gemeente Voorbeeld", within: P6W, source: vo}
  fiets:
    kind: grant
    rank: 2
    needs: [rekening]
    text: U krijgt geld voor een fiets.
    remedy: {kind: bezwaar, at: "Gemeente Voorbeeld", within: P6W, source: ver}
  gesprek: {kind: task, rank: 2, task: bel, needs: [verklaring], text: "We bellen u binnen een dag."}
  afgewezen:
    kind: refusal
    rank: 0
    text: U krijgt geen vervoer.
    remedy: {kind: bezwaar, at: "Gemeente Voorbeeld", within: P5W, source: vo}
tasks:
  bel: {skill: vervoer, within: {working_hours: 8}, title: "Bel ouder", text: "Bel en bespreek."}
channels:
  web: {}
  phone: {number: 088 000 0000, open: [mo-fr 09:00-17:00]}
  desk: {where: "Plein 1, Voorbeeld", open: [mo-fr 09:00-12:00]}
  letter: {where: "Postbus 1, Voorbeeld", answer: P5D}
contact:
  ask_person: {over: [phone, desk], skill: vervoer, within: {working_hours: 4}, tell: "We bellen voor {deadline}."}
process:
  from: standard@1
  places:
    bezoek: {who: worker, does: judge, within: P2W, skill: vervoer, title: "We komen langs"}
    thuis: {who: citizen, does: outcome, within: P6W, title: "Het plan voor uw kind"}
  steps: |
    | from      | event   | by      | if                        | to        | do                            |
    | answering | settled | engine  | outcome.id = "gesprek"    | bezoek    | tell outcome; task outcome    |
    | answering | settled | engine  | outcome.kind = "handover" | closed    | tell outcome                  |
    | answering | settled | engine  | else                      | checking  | -                             |
    | bezoek    | planned | worker  | -                         | thuis     | tell plan                     |
    | bezoek    | late    | clock   | -                         | stay      | task teamleider; tell te_laat |
    | bezoek    | verzet  | citizen | -                         | stay      | task bel                      |
    | thuis     | object  | citizen | -                         | objecting | tell bezwaar_binnen; task bezwaar |
    | thuis     | late    | clock   | -                         | closed    | -                             |
texts:
  plan: Dit is het plan voor uw kind.
"""
SPREAD = {
    "school": {"basis": 80.0, "speciaal": 4.0, "voortgezet": 16.0},
    "afstand": {"0..10": 90.0, "11..60": 10.0},
    "beperking": {"yes": 5.0, "no": 95.0},
    "leeftijd": {"4..17": 98.0, "18..20": 2.0},
    "opvang": {"thuis": 90.0, "oma": 8.0, "internaat": 2.0},
}
PEOPLE = Declared(120_000, SPREAD)
POPULATION = """
population:
  size: 120000
  facts:
    school: {basis: 80, speciaal: 4, voortgezet: 16}
    afstand: {0..10: 90, 11..60: 10}
    beperking: {yes: 5, no: 95}
    leeftijd: {4..17: 98, 18..20: 2}
    opvang: {thuis: 90, oma: 8, internaat: 2}
"""


@dataclass(frozen=True, slots=True)
class Child:
    """One child of the population; `opvang` is "" where nobody asks for it."""

    school: str
    afstand: int
    beperking: bool
    leeftijd: int
    opvang: str

    @property
    def far(self) -> bool:
        """Whether it is asked where the child sleeps."""
        return self.beperking and self.afstand >= 40

    @property
    def aged(self) -> bool:
        """Whether it is asked how old the child is."""
        return self.outcome == "gesprek" or (self.school == "basis" and self.afstand >= 6 and not self.beperking)

    @property
    def outcome(self) -> str:
        """What the rules give, written down once more."""
        if self.beperking:
            return "gesprek" if self.far and self.school == "speciaal" and self.opvang != "internaat" else "taxi"
        if self.school == "basis" and self.afstand >= 6 and self.leeftijd < 9:
            return "taxi"
        return "fiets" if self.school == "speciaal" and self.afstand >= 50 else "afgewezen"


def children() -> Iterator[tuple[Child, float]]:
    """Every child there can be, with the part of the population that it stands for."""
    for school, of_school in _parts("school"):
        for afstand, of_distance in _figures("afstand"):
            for beperking, of_limit in ((True, 0.05), (False, 0.95)):
                for leeftijd, of_age in _figures("leeftijd"):
                    for opvang, of_home in _parts("opvang"):
                        child = Child(school, afstand, beperking, leeftijd, opvang)
                        yield child, of_school * of_distance * of_limit * of_age * of_home


def _parts(fact: str) -> Iterator[tuple[str, float]]:
    total = sum(SPREAD[fact].values())
    yield from ((name, weight / total) for name, weight in SPREAD[fact].items())


def _figures(fact: str) -> Iterator[tuple[int, float]]:
    for span, weight in _parts(fact):
        low, high = map(int, span.split(".."))
        yield from ((figure, weight / (high - low + 1)) for figure in range(low, high + 1))


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of the flow: what is taken from whom, how they are called, and what their rule names."""

    name: str
    before: str
    after: str
    harm: str
    whom: str
    rule: tuple[str, ...]
    hits: Callable[[Child], bool]
    bound: bool = False


def _gets(outcome: str) -> Callable[[Child], bool]:
    return lambda own: own.outcome == outcome


FIETS = ("school speciaal", "afstand >= 50", "beperking no")
GESPREK = ("school speciaal", "afstand >= 40", "beperking yes", "opvang thuis or oma")
ASKED_HOME = ("school speciaal", "afstand >= 40", "beperking yes")
OBJECT = 'remedy: {kind: bezwaar, at: "Gemeente Voorbeeld", within: P6W, source: ver}'
PLAN = 'does: outcome, within: P6W, title: "Het plan'
VERZET = next(f"{line}\n" for line in FLOW.splitlines() if "verzet" in line)
EDITS = (
    Edit("letter", "geld voor een fiets.", "een bedrag.", "", "whoever gets `fiets`", FIETS, _gets("fiets")),
    Edit(
        "paragraph", "is nog klein.", "is klein.", "", "whoever reads that of `taxi`",
        ("school basis", "afstand >= 40", "beperking no", "leeftijd = 4"),
        lambda own: own.outcome == "taxi" and not own.beperking and own.leeftijd == 4 and own.afstand >= 40,
    ),
    Edit(
        "paragraph for others", "<= 4 and afstand >= 40", "<= 4 and afstand >= 41", "",
        "whoever reads it in one version alone", ("school basis", "afstand = 40", "beperking no", "leeftijd = 4"),
        lambda own: own.outcome == "taxi" and not own.beperking and own.leeftijd == 4 and own.afstand == 40,
    ),
    Edit("remedy gone", f"    {OBJECT}\n", "", harms.REMEDY, "whoever gets `fiets`", FIETS, _gets("fiets")),
    Edit(
        "objection elsewhere", OBJECT, OBJECT.replace("Gemeente Voorbeeld", "De provincie"), "",
        "whoever gets `fiets`", FIETS, _gets("fiets"),
    ),
    Edit("term", OBJECT, OBJECT.replace("P6W", "P4W"), harms.TIME, "whoever gets `fiets`", FIETS, _gets("fiets")),
    Edit(
        "proof", "needs: [rekening]", "needs: [rekening, verklaring]", harms.ASKED, "whoever gets `fiets`",
        (*FIETS, "leeftijd >= 19"), lambda own: own.outcome == "fiets" and own.leeftijd >= 19,
    ),
    Edit(
        "proof of more", "leeftijd >= 19", "leeftijd >= 18", harms.ASKED,
        "whoever is asked `verklaring` now, and was not", (*GESPREK, "leeftijd = 18"),
        lambda own: own.outcome == "gesprek" and own.leeftijd == 18,
    ),
    Edit(
        "supplier", "from: [register:brp.verblijf, citizen]", "from: citizen", harms.ASKED,
        "whoever is asked `opvang`", ASKED_HOME, lambda own: own.far and own.school == "speciaal",
    ),
    Edit(
        "not sure", "    unsure: worker\n", "", harms.PERSON,
        "whoever is asked `opvang`", ASKED_HOME, lambda own: own.far and own.school == "speciaal",
    ),
    Edit(
        "wait", "working_hours: 8}", "working_hours: 80}", harms.WAIT,
        "whoever the task `bel` is about", GESPREK, _gets("gesprek"),
    ),
    Edit(
        "role", "bel: {skill: vervoer", "bel: {skill: balie", "",
        "whoever the task `bel` is about", GESPREK, _gets("gesprek"),
    ),
    Edit(
        "no person", "kind: task, rank: 2, task: bel", "kind: answer, rank: 2", harms.PERSON,
        "whoever gets `gesprek`", GESPREK, _gets("gesprek"),
    ),
    Edit(
        "time of a worker", "within: P2W, skill: vervoer", "within: P9W, skill: vervoer", harms.WAIT,
        "whoever can come at `bezoek`", GESPREK, _gets("gesprek"),
    ),
    Edit(
        "time of a citizen", PLAN, PLAN.replace("P6W", "P2W"), harms.TIME,
        "whoever can come at `thuis`", GESPREK, _gets("gesprek"), bound=True,
    ),
    Edit(
        "step gone", VERZET, "", harms.LESS,
        "whoever can take `verzet` at `bezoek`", GESPREK, _gets("gesprek"), bound=True,
    ),
    Edit(
        "told", "Dit is het plan", "Hier is het plan", "",
        "whoever is told `plan`", GESPREK, _gets("gesprek"), bound=True,
    ),
    Edit(
        "limit", "max: 60", "max: 59", harms.REFUSED, "whoever would answer that",
        ("afstand = 60", "school basis or speciaal"), lambda own: own.afstand == 60 and own.school != "voortgezet",
    ),
    Edit(
        "check", "afstand < 60 or", "afstand < 59 or", harms.REFUSED, "whoever's answers are refused now",
        ("afstand = 59", "leeftijd >= 4 and <= 5"), lambda own: own.afstand == 59 and own.leeftijd <= 5 and own.aged,
    ),
    Edit(
        "option", ', oma: "Bij familie"', "", harms.REFUSED, "whoever would answer that",
        (*ASKED_HOME, "opvang oma"), lambda own: own.far and own.school == "speciaal" and own.opvang == "oma",
    ),
    Edit("source", 'article: "4"', 'article: "5"', "", "whoever is told of `ver`", FIETS, _gets("fiets")),
)  # fmt: skip
"""Each hurts less than half a per cent; `bound`: whoever can come there, so no share is exact."""
EVERYBODY: Mapping[str, tuple[str, str, str]] = {
    harms.CHANNEL: ('  letter: {where: "Postbus 1, Voorbeeld", answer: P5D}\n', "", "channels letter: only in old"),
    harms.WAIT: ("answer: P5D", "answer: P9D", "channels letter, answer"),
    "": ("Een paar vragen over uw kind en de school.", "Vragen.", "about: "),
}
