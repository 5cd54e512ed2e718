"""Who gets the same outcome for another reason or on another legal basis: it agrees with every explanation there is."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.cli.main import main
from engine.graph.graph import Graph
from engine.graph.load import load_flow
from engine.graph.view import View
from engine.harness.compare import compare
from engine.harness.compare_shifts import BOTH, ORDER, REASON, SOURCE
from engine.journey.events import Actor, ActorKind, Channel, Supplier
from engine.journey.explain import Conclusion, explain
from engine.journey.state import Answer, Journey

HEAD = """
wegwijzer: 1
flow: reden
language: nl
question: Mag dit?
goal: mag
sources: {wet: {title: Wet}, besluit: {title: Besluit}, beleid: {title: Beleid}}
facts:
  ziek: {type: boolean, ask: "Bent u ziek?", why: "Dat bepaalt of het mag."}
  soort: {type: choice, options: {a: "A", b: "B", c: "C"}, ask: "Welke soort?", why: "Daarvan hangt het af."}
  dag: {type: integer, min: 0, max: 9, ask: "Hoeveel dagen?", why: "Daarvan hangt het af."}
decisions:
"""
TAIL = """
outcomes:
  ja: {kind: answer, rank: 1, text: "Het mag.", values: [zorg]}
  nee: {kind: answer, rank: 0, text: "Het mag niet."}
"""
GROEP = ("groep", "choice, options: [licht, zwaar]", "first")
ZORG = ("zorg", "choices, options: {arts: Arts, bed: Bed, taxi: Taxi}", "collect")
MAG = ("mag", "choice, options: [ja, nee]", "first")
LAST = {"groep": ("true", "licht", "gewoon", "wet"), "mag": ("true", "nee", "het mag nooit", "wet")}
Rule = tuple[str, str, str, str]  # when, then, because, source


def decision(about: tuple[str, str, str], rules: list[Rule]) -> str:
    name, kind, hit = about
    type_, _, options = kind.partition(", ")
    lines = [f"  {name}:", f"    type: {type_}", f"    {options}", f"    hit: {hit}", "    rules:"]
    lines += [
        f"      - {{when: '{when}', then: {then}, because: \"{because}\", source: {source}}}"
        for when, then, because, source in [*rules, *([LAST[name]] if name in LAST else [])]
    ]
    return "\n".join(lines)


def flow(groep: list[Rule], zorg: list[Rule], mag: list[Rule]) -> Graph:
    text = "\n".join((decision(GROEP, groep), decision(ZORG, zorg), decision(MAG, mag)))
    return load_flow(HEAD + text + TAIL)


WHENS = ("ziek", "not(ziek)", 'soort = "a"', 'soort != "b"', "dag > 4", "dag <= 4 and ziek")
WORDS = st.tuples(
    st.sampled_from(["omdat dit", "omdat dat", "omdat zo"]), st.sampled_from(["wet", "besluit", "beleid"])
)


def rules(whens: tuple[str, ...], thens: tuple[str, ...]) -> st.SearchStrategy[list[Rule]]:
    one = st.tuples(st.sampled_from(whens), st.sampled_from(thens), WORDS).map(lambda own: (*own[:2], *own[2]))
    return st.lists(one, min_size=1, max_size=3)


FLOWS = st.tuples(
    rules(WHENS, ("licht", "zwaar")),
    rules(WHENS, ("arts", "bed", "taxi")),
    rules((*WHENS, 'groep = "zwaar"', 'groep = "licht" and ziek'), ("ja", "nee")),
)
AT = datetime(2026, 1, 1, tzinfo=UTC)
CITIZEN = Actor(kind=ActorKind.CITIZEN)
CITIZENS = [
    dict(zip(("ziek", "soort", "dag"), own, strict=True))
    for own in product((True, False), "abc", (Decimal(2), Decimal(7)))
]


def conclusions(graph: Graph, known: Mapping[str, Any]) -> tuple[str, dict[str, Conclusion]]:
    """What the engine itself explains to a citizen."""
    outcome = str(View(graph, known).value("mag"))
    said = {key: Answer(own, Supplier.CITIZEN, AT, CITIZEN, Channel.WEB) for key, own in known.items()}
    journey = Journey("j", "", "reden", graph.version, "nl", Channel.WEB, AT, answers=said, outcome=outcome)
    return outcome, {own.decision: own for own in explain(graph, journey, what_if=False).conclusions}


def differences(old: Graph, new: Graph) -> Iterator[tuple[str, str]]:
    """Every difference in what any citizen with the same outcome is told, as decision and effect."""
    for known in CITIZENS:
        (first, before), (then, after) = conclusions(old, known), conclusions(new, known)
        if first != then:
            continue
        for name in before.keys() & after.keys():
            one, two = before[name], after[name]
            if name == "zorg":
                yield from ((name, effect) for effect in collected(old, one, new, two))
            elif (one.because, one.source) != (two.because, two.source):
                alike = one.because == two.because, one.source == two.source
                yield name, {(True, False): SOURCE, (False, True): REASON, (False, False): BOTH}[alike]


def collected(old: Graph, one: Conclusion, new: Graph, two: Conclusion) -> Iterator[str]:
    """What differs between the reasons of all rows that hold."""
    mine, its = (
        list(dict.fromkeys((row.because, row.source) for row in graph.rulings["zorg"].rows if row.number in own.rows))
        for graph, own in ((old, one), (new, two))
    )
    if set(mine) != set(its):
        yield REASON
    both = [own for own in mine if own in its]
    if both != [own for own in its if own in mine]:
        yield ORDER


@settings(max_examples=40, deadline=None)
@given(FLOWS, FLOWS, st.booleans())
def test_reasons_agree_with_every_explanation(first: Any, then: Any, only_order: bool) -> None:
    """Whoever is told something else for the same outcome is found, nobody else is, and each witness is one."""
    if only_order:
        then = tuple(list(reversed(own)) for own in first)
    old, new = flow(*first), flow(*then)
    found = compare(old, new)
    assert {(shift.of, shift.effect) for shift in found.reasons} == set(differences(old, new))
    assert not found.untold
    for shift in found.reasons:
        for group in shift.groups:
            known = {
                "ziek": group.witness["ziek"] == "yes",
                "soort": group.witness["soort"],
                "dag": Decimal(group.witness["dag"]),
            }
            before, after = conclusions(old, known), conclusions(new, known)
            assert before[0] == after[0]
            assert shift.of in before[1]
            assert shift.of in after[1]


GROEP_NOW: list[Rule] = [("ziek", "zwaar", "u bent ziek", "wet")]
ZORG_NOW: list[Rule] = [("ziek", "arts", "omdat u ziek bent", "wet"), ("dag > 4", "bed", "omdat het lang duurt", "wet")]
MAG_NOW: list[Rule] = [('groep = "zwaar"', "ja", "het is zwaar", "wet"), ("dag > 4", "ja", "het duurt lang", "besluit")]


def test_another_source_is_told_with_the_share_of_citizens() -> None:
    """Another legal basis for the same outcome: for whom, for which part, and a citizen."""
    now = [MAG_NOW[0], (*MAG_NOW[1][:3], "beleid")]
    found = compare(flow(GROEP_NOW, ZORG_NOW, MAG_NOW), flow(GROEP_NOW, ZORG_NOW, now))
    (shift,) = found.reasons
    assert (shift.effect, shift.of, shift.old, shift.new) == (SOURCE, "mag", "besluit", "beleid")
    assert shift.share == pytest.approx(1 / 6)
    assert [group.rule for group in shift.groups] == ["ziek no, dag > 4"]
    assert found.keys() == ("another source: mag: besluit -> beleid: ziek no, dag > 4",)


def test_rows_in_another_order_that_nobody_notices_are_no_difference() -> None:
    """Rows that never hold together may change places: it is told, and nothing has to be approved."""
    apart: list[Rule] = [("ziek", "ja", "u bent ziek", "wet"), ("not(ziek) and dag > 4", "ja", "het duurt lang", "wet")]
    found = compare(flow(GROEP_NOW, ZORG_NOW, apart), flow(GROEP_NOW, ZORG_NOW, apart[::-1]))
    assert not found.keys()
    assert not found.open
    assert found.notes == ("the rows of `mag` stand in another order, and nobody notices",)


def test_rows_in_another_order_give_some_another_reason() -> None:
    """For whom two rows hold, the order of the rows is the reason that is given."""
    found = compare(flow(GROEP_NOW, ZORG_NOW, MAG_NOW), flow(GROEP_NOW, ZORG_NOW, MAG_NOW[::-1]))
    (shift,) = found.reasons
    assert (shift.effect, shift.old, shift.new) == (BOTH, "“het is zwaar” (wet)", "“het duurt lang” (besluit)")
    assert [group.rule for group in shift.groups] == ["ziek yes, dag > 4"]
    assert not found.notes


def test_collected_reasons_in_another_order_are_told() -> None:
    """The same reasons with another one first, for those who get both."""
    found = compare(flow(GROEP_NOW, ZORG_NOW, MAG_NOW), flow(GROEP_NOW, ZORG_NOW[::-1], MAG_NOW))
    (shift,) = found.reasons
    assert shift.effect == ORDER
    assert shift.old == "“omdat u ziek bent” (wet), then “omdat het lang duurt” (wet)"
    assert [group.rule for group in shift.groups] == ["ziek yes, dag > 4"]


def test_nobody_is_told_the_reason_of_a_decision_that_no_explanation_names() -> None:
    """A reason that only others would have been told touches those alone whose explanation rests on it."""
    mag: list[Rule] = [("dag > 4", "ja", "het duurt lang", "wet"), ('groep = "zwaar"', "ja", "het is zwaar", "wet")]
    now: list[Rule] = [("ziek", "zwaar", "u bent heel ziek", "wet")]
    found = compare(flow(GROEP_NOW, ZORG_NOW, mag), flow(now, ZORG_NOW, mag))
    (shift,) = found.reasons
    assert (shift.of, shift.effect) == ("groep", REASON)
    assert [group.rule for group in shift.groups] == ["ziek yes, dag <= 4"]


def test_a_source_under_another_key_is_the_same_source() -> None:
    """Another key for what is the same law is no other legal basis; another article is told in words."""
    old = decision(GROEP, GROEP_NOW), decision(ZORG, ZORG_NOW), decision(MAG, MAG_NOW)
    text = HEAD + "\n".join(old) + TAIL
    renamed = text.replace("besluit: {title", "ander_besluit: {title").replace(
        "source: besluit", "source: ander_besluit"
    )
    assert not compare(load_flow(text), load_flow(renamed)).reasons
    other = text.replace("{title: Besluit}", '{title: Besluit, article: "3"}')
    found = compare(load_flow(text), load_flow(other))
    assert found.keys() == ("source: sources besluit, article: nothing -> 3",)


def test_a_translated_reason_is_told() -> None:
    """The words of another language belong to the reason, also when they changed places."""
    text = HEAD + "\n".join((decision(GROEP, GROEP_NOW), decision(ZORG, ZORG_NOW), decision(MAG, MAG_NOW)))
    english = (
        "\nen:\n  decisions: {mag: {rules: [{because: it is severe}, {because: it takes long}, {because: never}]}}"
    )
    old = load_flow(text + TAIL + english)
    new = load_flow(text + TAIL + english.replace("it is severe", "it is grave"))
    assert [own.what for own in compare(old, new).changes] == [
        "`mag`, “het is zwaar” in en: “it is severe” -> “it is grave”"
    ]


PER_ITEM = """
wegwijzer: 1
flow: lijst
language: nl
question: Mag dit?
goal: mag
facts:
  kinderen:
    {type: list, ask: "Kind?", why: "Daarom.",
     of: {geboren: {type: year, min: 1950, max: 2030, ask: "Wanneer?", why: "Daarom."}}}
decisions:
  jong:
    type: boolean
    each: kinderen
    hit: first
    rules:
      - {when: "geboren > 2010", then: yes, because: "het kind is jong"}
      - {when: "true", then: no, because: "het kind is groot"}
  mag:
    type: choice
    options: [ja, nee]
    rules:
      - {when: "count(kinderen[jong]) > 0", then: ja}
      - {when: else, then: nee}
outcomes:
  ja: {kind: answer, rank: 1, text: "Het mag."}
  nee: {kind: answer, rank: 0, text: "Het mag niet."}
"""


def test_reasons_about_items_are_told_row_by_row() -> None:
    """Where no diagram can say for whom, it says which row is told otherwise."""
    found = compare(load_flow(PER_ITEM), load_flow(PER_ITEM.replace("het kind is jong", "het kind is klein")))
    assert [own.what for own in found.changes] == ["`jong`, row 1: “het kind is jong” -> “het kind is klein”"]


def test_the_command_tells_it_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the terminal: effect, what was and is said, share, group and a citizen; and the exit code."""
    files = [tmp_path / name for name in ("old.yaml", "new.yaml")]
    base = decision(GROEP, GROEP_NOW), decision(ZORG, ZORG_NOW)
    for file, mag in zip(files, (MAG_NOW, MAG_NOW[::-1]), strict=True):
        file.write_text(HEAD + "\n".join((*base, decision(MAG, mag))) + TAIL, encoding="utf-8")
    assert main(["compare", str(files[0]), str(files[1]), "--language", "nl"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == (
        "andere reden en bron: mag: “het is zwaar” (wet) -> “het duurt lang” (besluit), 16,667% van alle situaties"
    )
    assert said[1].strip() == "ziek yes, dag > 4"
    assert main(["compare", str(files[0]), str(files[1]), "--json"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["details"]["reasons"][0]["effect"] == BOTH
    assert [own["code"] for part in report["parts"] for own in part["findings"]] == ["C-REASON"]
