"""A comparison for people: a line for each shift, its groups with a citizen who shows them, norms and verdict.

Told in Dutch or English (`engine.lint.dutch`). Called by `api.cli.compare`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.errors import Said, worded
from engine.harness.compare import Comparison
from engine.harness.compare_population import Population
from engine.harness.compare_shifts import TOLD, Shift
from engine.harness.norms import GO_ON, SHARES, Tested
from engine.lint.dutch import told

MOST_GROUPS = 12


def lines(
    found: Comparison,
    crowd: Population | None,
    tests: Sequence[Tested] | None,
    plain: Mapping[str, Any],
    language: str,
) -> list[str]:
    """Everything there is to tell; `plain` is what `--json` holds, with the verdict and what is not approved."""
    said = [
        *(line for shift in found.all_shifts for line in _shift(shift, crowd)),
        *(worded("~ {change}", change=change.key) for change in found.changes),
        *_questions(found, crowd),
        *(worded("? not compared: {what}", what=missing) for missing in found.open),
        *(worded("= {what}", what=note) for note in found.notes),
        *map(_norm, tests or ()),
    ]
    if "normsHash" in plain:
        said.append(worded("norms sha256 {hash}", hash=plain["normsHash"]))
    said.append(_last(found, plain))
    return [told(line, language) for line in said]


def _last(found: Comparison, plain: Mapping[str, Any]) -> Said:
    if plain["verdict"] == GO_ON and found.changes:
        return worded(
            "{verdict}; no norm is about changes in words, remedies, terms or process: {count}, marked ~; read them",
            verdict=worded(plain["verdict"]),
            count=len(found.changes),
        )
    if plain["verdict"]:
        return worded(plain["verdict"])
    count, left = len(found.keys()), len(plain["unapproved"])
    return worded("differences: {count}, not approved: {left}", count=count, left=left)


def _questions(found: Comparison, crowd: Population | None) -> Iterator[Said]:
    before, after = found.questions
    if before is not None and after is not None and (crowd is None or crowd.questions != found.questions):
        fewest = _fewest(found)
        yield worded(
            "questions expected until the outcome: {old:.2f} -> {new:.2f}{fewest}", old=before, new=after, fewest=fewest
        )
    if crowd is not None and crowd.questions is not None:
        old, new = crowd.questions
        yield worded("questions to a citizen of the population: {old:.2f} -> {new:.2f}", old=old, new=new)
    if crowd is not None:
        yield _moved(crowd)
    if crowd is not None and crowd.stuck is not None and any(crowd.stuck):
        lacking = ", ".join(f"{fact} {many}" for fact, many in sorted(crowd.lacking.items()))
        old_stuck, new_stuck = crowd.stuck
        yield worded(
            "get stuck on the way: {old:,} -> {new:,}{lacking}", old=old_stuck, new=new_stuck,
            lacking=worded(" (cannot answer: {facts})", facts=lacking) if lacking else "",
        )  # fmt: skip


def _moved(crowd: Population) -> Said:
    low, high = crowd.moved
    if low == high:
        return worded(
            "population: {size:,}; {moved:,} get another outcome; {undecided:,} not decided in both",
            size=crowd.size, moved=low, undecided=crowd.undecided,
        )  # fmt: skip
    return worded(
        "population: {size:,}; {least:,} to {most:,} get another outcome: a sum, a date or a list decides",
        size=crowd.size, least=low, most=high,
    )  # fmt: skip


def _fewest(found: Comparison) -> str:
    before, after = found.fewest
    if before is None or after is None:
        return ""
    return worded(" (no order needs fewer than {old:.2f} -> {new:.2f})", old=before, new=after)


def _norm(own: Tested) -> Said:
    mark = "?" if own.met is None else "✓" if own.met else "✗"
    figure, name = _figure(own), _named(own)
    return worded("{mark} norm {norm} {wanted}: {figure}", mark=mark, norm=name, wanted=own.wanted, figure=figure)


def _named(own: Tested) -> Said | str:
    return worded("{norm} of {group}", norm=own.norm, group=own.group) if own.group else own.norm


def _figure(own: Tested) -> Said | str:
    """What was found of a norm, in words where it is no number."""
    if own.found is not None:
        return f"{own.found:.4g}"
    if own.met is None:
        return worded("not measurable")
    return (
        worded("somebody, how many is not known")
        if own.norm.endswith("_at_most") and own.norm in SHARES
        else worded("not for everybody")
    )


def _shift(shift: Shift, crowd: Population | None) -> Iterator[Said]:
    yield worded(
        "{effect}: {of}: {old} -> {new}{share}{people}",
        effect=worded(shift.effect),
        of=shift.of,
        old=shift.old,
        new=shift.new,
        share=_part(shift),
        people=_people(shift, crowd),
    )
    for group in shift.groups[:MOST_GROUPS]:
        yield worded("    {rule}", rule=group.words)
        citizen = ", ".join(f"{fact}: {value}" for fact, value in group.witness.items())
        got = "" if group.got is None else f" ({group.got[0]} -> {group.got[1]})"
        yield worded("        for example: {citizen}{got}", citizen=citizen, got=got)
    if len(shift.groups) > MOST_GROUPS:
        yield worded("    and {count} more groups (--json lists all)", count=len(shift.groups) - MOST_GROUPS)


def _part(shift: Shift) -> str:
    if shift.share is not None:
        return worded(", {share:.3%} of all situations", share=shift.share)
    return "" if shift.at_most is None else worded(", at most {share:.3%} of all situations", share=shift.at_most)


def _people(shift: Shift, crowd: Population | None) -> str:
    if shift.people is None and shift.people_at_most is not None:
        return worded(", at most {share:.3%} of the population", share=shift.people_at_most)
    share = shift.people if shift.effect in TOLD else _counted(shift, crowd)
    return worded(", {share:.3%} of the population", share=share) if share is not None else ""


def _counted(shift: Shift, crowd: Population | None) -> float | None:
    """The part of the population (0..1) that this shift of outcome touches; None where it was not counted."""
    if crowd is None or (shift.old, shift.new) not in crowd.shifts:
        return None
    return crowd.shifts[shift.old, shift.new] / crowd.size
