"""A first flow to begin with: it lints, proves and runs as it is, and every line of it invites to be changed.

    seed(slug, question, problem, evidence) -> {path within the flow's folder: text}

Called by `wegwijzer new`; tests: tests/engine/harness/test_seed.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

SLUG: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST: Final = 64

FLOW: Final = """\
wegwijzer: 1
flow: {slug}
language: nl
question: {question}
notice: "Dit is een proef. U kunt hier geen rechten aan ontlenen."
owner: team-{slug}
goal: antwoord                          # the decision that answers the question
canvas:                                 # chosen knowingly: see the author's guide
  roles: [leverancier]
  style: {{bureaucraat: 20, ondernemer: 30, verbinder: 50}}
  empathy: {{uitkomst: useful}}
  norms: {{call_back: {{working_hours: 4}}}}
  evidence: {evidence}
sources:
  regel: {{title: "Waar staat dit?", note: "Vervang dit door de wet of verordening."}}

facts:                                  # what can be known, in the order of asking
  haast:
    type: boolean
    label: Haast
    ask: Hebt u vandaag nog hulp nodig?
    say: Moet dit vandaag nog geregeld worden?
    why: Dan belt er meteen iemand met u.
  woont_hier:
    type: boolean
    label: Woont in de gemeente
    ask: Woont u in de gemeente Voorbeeld?
    why: Alleen voor inwoners kunnen wij dit regelen.

decisions:                              # what follows; every row has its source and its reason
  antwoord:
    type: choice
    options: [bel_mij, ja, nee]
    hit: first
    table: |
      | haast | woont_hier || antwoord | source | because                     |
      |-------|------------||----------|--------|-----------------------------|
      | yes   | -          || bel_mij  | regel  | u hebt vandaag hulp nodig   |
      | -     | yes        || ja       | regel  | u woont in de gemeente      |
      | -     | -          || nee      | regel  | u woont in een andere plaats |

outcomes:                               # how it ends; rank: higher is better for the citizen
  bel_mij: {{kind: task, rank: 2, task: bel_terug, title: "Wij bellen u", text: "Er belt vandaag iemand met u."}}
  ja: {{kind: answer, rank: 1, title: "Dat kan", text: "Wij regelen dit voor u."}}
  nee: {{kind: answer, rank: 0, title: "Dat kan niet bij ons", text: "Vraag het bij uw eigen gemeente."}}
tasks:
  bel_terug:
    skill: behandelaar
    within: {{working_hours: 4}}
    title: Bel terug
    text: Iemand heeft vandaag hulp nodig.
channels:
  web: {{}}
  phone: {{number: 088 000 0000, open: [mo-fr 08:30-17:00]}}
  desk: {{where: "Stadsloket, Voorbeeldplein 1", open: [mo-fr 09:00-16:00]}}
contact:
  ask_person:
    over: [phone, desk]
    skill: behandelaar
    within: {{working_hours: 4}}
    tell: "Wij bellen u voor {{deadline}}."
promises:                               # what `prove` holds for every citizen
  - never: {{outcome: nee, when: haast}}
en:                                     # optional: delete this block, or change it with what you change above
  question: {question}   # translate this too
  notice: "This is a trial. No rights can be derived from it."
  facts:
    haast:
      label: Urgent
      ask: Do you need help today?
      say: Must this be arranged today?
      why: Then somebody calls you right away.
    woont_hier:
      label: Lives here
      ask: Do you live in Voorbeeld?
      why: We can arrange this for residents only.
  decisions:
    antwoord:
      because:
        u hebt vandaag hulp nodig: you need help today
        u woont in de gemeente: you live here
        u woont in een andere plaats: you live elsewhere
  outcomes:
    bel_mij: {{title: "We will call you", text: "Somebody calls you today."}}
    ja: {{title: "Yes", text: "We arrange this for you."}}
    nee: {{title: "Not with us", text: "Ask your own municipality."}}
  tasks: {{bel_terug: {{title: "Call back", text: "Somebody needs help today."}}}}
  contact: {{ask_person: {{tell: "We will call you before {{deadline}}."}}}}
"""

SCENARIOS: Final = """\
citizen: {haast: no, woont_hier: yes}
scenarios:
  Wie hier woont, wordt geholpen:
    expect: {outcome: ja, because: u woont in de gemeente, asked: {at_most: 2}}
  Wie haast heeft, vertelt verder niets en wordt gebeld:
    with: {haast: yes}
    expect:
      outcome: bel_mij
      task: bel_terug
      asked: {at_most: 1, never: [woont_hier]}
      person_within: {working_hours: 4}
  Wie ergens anders woont, hoort waar het wel kan:
    with: {woont_hier: no}
    expect: {outcome: nee}
"""

README: Final = {
    "en": """\
# {title}

**The citizen's question.** {title}

**What runs badly today.** {problem}

**How we know.** {evidence}

**Role and style.** Leverancier; mostly verbinder. Say here why.

**What we would learn.** Write down before the trial what would make you go on, and what would send you back to the
drawing board.

| command | tells |
|---|---|
| `wegwijzer watch {slug}` | all of this at each save, while you write |
| `wegwijzer play {slug}` | how a citizen walks through it |
| `wegwijzer lint {slug}` | is the file sound? |
| `wegwijzer prove {slug}` | does it hold for every citizen? |
| `wegwijzer test {slug}` | do the scenarios come out as expected? |
| `wegwijzer serve` | the citizens' pages, and `/ontwikkelen` for who writes flows |
""",
    "nl": """\
# {title}

**De vraag van de inwoner.** {title}

**Wat nu slecht loopt.** {problem}

**Hoe wij dat weten.** {evidence}

**Rol en stijl.** Leverancier; vooral verbinder. Zeg hier waarom.

**Wat wij willen leren.** Schrijf voor de proef op bij welke uitkomst u doorgaat, en bij welke u terug gaat naar de
tekentafel.

| opdracht | zegt |
|---|---|
| `wegwijzer watch {slug}` | dit alles bij elke keer opslaan, terwijl u schrijft |
| `wegwijzer play {slug}` | hoe een inwoner erdoorheen loopt |
| `wegwijzer lint {slug}` | klopt het bestand? |
| `wegwijzer prove {slug}` | houdt het voor elke inwoner? |
| `wegwijzer test {slug}` | komen de scenario's uit zoals verwacht? |
| `wegwijzer serve` | de pagina's voor inwoners, en `/ontwikkelen` voor wie processen schrijft |
""",
}
FILL_IN: Final = {"en": "Fill this in.", "nl": "Vul dit in."}


def is_slug(slug: str) -> bool:
    """Whether this can be a folder and an address."""
    return bool(SLUG.fullmatch(slug)) and len(slug) <= LONGEST


def seed(slug: str, question: str, problem: str, evidence: str, language: str = "en") -> Mapping[str, str]:
    """The files of a new flow. `question` is in the citizen's words; `language` (nl or en) is that of its README.

    ValueError for a slug that is none.
    """
    if not is_slug(slug):
        raise ValueError("A slug has small letters, digits and single dashes: verhuizing-doorgeven.")
    words = question.replace("{", "(").replace("}", ")")  # braces show values in a text
    quoted = json.dumps(words, ensure_ascii=False)
    told = json.dumps(evidence or "Vul in hoe u dit weet.", ensure_ascii=False)
    return {
        "flow.yaml": FLOW.format(slug=slug, question=quoted, evidence=told),
        "scenarios/eerste.yaml": SCENARIOS,
        "README.md": README[language].format(
            slug=slug, title=question, problem=problem or FILL_IN[language], evidence=evidence or FILL_IN[language]
        ),
    }
