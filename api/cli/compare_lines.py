"""A comparison for people: a line for each shift, its groups with a citizen who shows them, norms and verdict.

Told in Dutch or English (`engine.lint.dutch`). Called by `api.cli.compare`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import floor, log10
from typing import Any

from engine.errors import Said, worded
from engine.harness.compare import Comparison, way_of
from engine.harness.compare_harms import ANY
from engine.harness.compare_population import Population
from engine.harness.compare_shifts import TOLD, Group, Shift
from engine.harness.compare_words import PROMISE, Change
from engine.harness.estimates import Estimate
from engine.harness.norms import GO_ON, OF_HARMS, SHARES, Tested
from engine.lint.dutch import told

MOST_GROUPS = 12
MOST_TOLD = 3
"""Groups of a change in words or process: more say less."""


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
        *_changes(found),
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
    unjudged = _unjudged(found, plain)
    if plain["verdict"] == GO_ON and unjudged:
        return worded(
            "{verdict}; changes in words or process that no norm is about: {count}; read them",
            verdict=worded(plain["verdict"]),
            count=unjudged,
        )
    if plain["verdict"]:
        return worded(plain["verdict"])
    count, left = len(found.keys()), len(plain["unapproved"])
    return worded("differences: {count}, not approved: {left}", count=count, left=left)


def _unjudged(found: Comparison, plain: Mapping[str, Any]) -> int:
    """How many changes in words or process no norm for everybody is about."""
    about = {OF_HARMS[own["norm"]] for own in plain["norms"] or () if not own["group"] and own["norm"] in OF_HARMS}
    return sum(not change.harm or not about & {ANY, change.harm} for change in found.changes)


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
        if own.norm in (*SHARES, *OF_HARMS) and own.norm.endswith("_at_most")
        else worded("not for everybody")
    )


def _shift(shift: Shift, crowd: Population | None) -> Iterator[Said]:
    yield worded(
        "{effect}: {of}: {old} -> {new}{share}{people}",
        effect=worded(shift.effect),
        of=shift.of,
        old=shift.old,
        new=shift.new,
        share=_part(shift.share, shift.at_most if shift.part is None else None),
        people=_people(shift, crowd),
    )
    yield from (worded("    by {cause}", cause=own) for own in shift.causes)
    yield from _groups(shift.groups, "    ")


def _groups(groups: Sequence[Group], indent: str) -> Iterator[Said]:
    """Each group as a rule, with a citizen of it."""
    for group in groups[:MOST_GROUPS]:
        yield worded("{indent}{rule}", indent=indent, rule=group.words)
        citizen = ", ".join(f"{fact}: {value}" for fact, value in group.witness.items())
        got = "" if group.got is None else f" ({group.got[0]} -> {group.got[1]})"
        yield worded("{indent}    for example: {citizen}{got}", indent=indent, citizen=citizen, got=got)
    if len(groups) > MOST_GROUPS:
        more = len(groups) - MOST_GROUPS
        yield worded("{indent}and {count} more groups (--json lists all)", indent=indent, count=more)


def _changes(found: Comparison) -> Iterator[Said]:
    """Changes in words and process, what takes something first, then promises; the same groups are told once."""
    seen = set[tuple[str, ...]]()
    for change in sorted(found.changes, key=lambda own: (not own.harm, own.kind != PROMISE)):
        groups = () if change.touched is None else tuple(own.rule for own in change.touched.groups)
        yield from _change(change, is_told=groups in seen)
        seen.update((groups,) if groups else ())


def _change(change: Change, *, is_told: bool) -> Iterator[Said]:
    """What it takes from people, whom it touches, and which part of all they are."""
    own = change.touched
    is_grave = change.harm or change.kind == PROMISE
    yield worded("{change}", change=change.said) if is_grave else worded("~ {change}", change=change.said)
    if own is None:
        return
    people = _of_people(own.people, own.people_at_most) if not own.is_all else ""
    people = _estimated(own.estimate) if own.estimate is not None else people
    share = _part(own.share, own.at_most if own.estimate is None and own.people is None else None)
    share = "" if own.is_all else share
    yield worded("    {whom}{share}{people}", whom=own.whom, share=share, people=people)
    if is_told:
        yield worded("        the same citizens as above")
        return
    yield from _groups(own.groups[:MOST_TOLD], " " * 8)
    if own.more or len(own.groups) > MOST_TOLD:
        yield worded("        and more groups (--json lists more)")


def _part(share: float | None, at_most: float | None) -> str:
    if share is not None:
        return worded(", {share:.3%} of all situations", share=share)
    return "" if at_most is None else worded(", at most {share:.3%} of all situations", share=at_most)


def _of_people(share: float | None, at_most: float | None) -> str:
    if share is not None:
        return worded(", {share:.3%} of the population", share=share)
    return "" if at_most is None else worded(", at most {share:.3%} of the population", share=at_most)


def _people(shift: Shift, crowd: Population | None) -> str:
    if shift.people is None and shift.estimate is not None:
        return _estimated(shift.estimate)
    if shift.people is None and shift.people_at_most is not None:
        return _of_people(None, shift.people_at_most)
    counted = None if shift.effect in TOLD else _counted(shift, crowd)
    return _of_people(shift.people if counted is None else counted, None)


def _estimated(own: Estimate) -> str:
    """An estimate with how far it may be off, so that nobody takes it for a count."""
    if not own.share:
        return worded(
            ", less than {share}% of the population (estimate: nobody of {drawn:,} drawn)",
            share=_per_cent(own.high, own.high), drawn=own.drawn,
        )  # fmt: skip
    if own.margin > own.share / 2:
        return worded(
            ", about {share}%, between {low}% and {high}%, of the population (estimate: {drawn:,} drawn)",
            share=_per_cent(own.share, own.share), low=_per_cent(own.low, own.low),
            high=_per_cent(own.high, own.high), drawn=own.drawn,
        )  # fmt: skip
    return worded(
        ", about {share}% ± {margin}% of the population (estimate: {drawn:,} drawn)",
        share=_per_cent(own.share, own.margin), margin=_per_cent(own.margin, own.margin), drawn=own.drawn,
    )  # fmt: skip


def _per_cent(part: float, precision: float) -> str:
    """A share in per cent, in as many digits as the first two of `precision` take."""
    digits = max(0, 1 - floor(log10(100 * precision))) if precision else 0
    return f"{100 * part:.{digits}f}"


def _counted(shift: Shift, crowd: Population | None) -> float | None:
    """The part of the population (0..1) that this shift of outcome or value touches; None where it was not counted."""
    many = (
        None if crowd is None else crowd.shifts.get((shift.old, shift.new), crowd.moves.get((shift.of, way_of(shift))))
    )
    return None if many is None or crowd is None else many / crowd.size
