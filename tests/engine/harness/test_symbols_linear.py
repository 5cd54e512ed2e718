"""Formulas that are kept linear say what the plain ones say, and z3 comes to an end with them."""

from __future__ import annotations

from fractions import Fraction

import pytest
import z3

from engine.feel.analysis_z3_terms import Term, Terms
from engine.feel.cells import Kind
from engine.feel.table_masks import OTHER
from engine.graph.load import load_flow
from engine.harness.claims import is_value
from engine.harness.solver import Answer, Claim, Solver
from engine.harness.symbols_linear import divided, each_case, figures_of, is_on_grid, times

PEOPLE, INCOME, PARTNER = z3.Int("people"), z3.Int("income"), z3.Bool("partner")
FEW = {"people": frozenset(map(Fraction, range(5)))}
INSIDE = z3.And(PEOPLE >= 0, PEOPLE <= 4, INCOME >= 0, INCOME <= 100_000)
SHARERS = z3.ToReal(PEOPLE) + z3.If(PARTNER, z3.RealVal(2), z3.RealVal(1))
MONEY = z3.ToReal(INCOME) * z3.RealVal("0.01")


def differs(one: z3.ExprRef, two: z3.ExprRef, *more: z3.ExprRef) -> bool:
    """Whether the terms are unlike for somebody, figure by figure where z3 could not tell of the whole."""
    for people in range(5):
        for partner in (True, False):
            solver = z3.Solver()
            solver.add(INSIDE, people == PEOPLE, partner == PARTNER, one != two, *more)
            if solver.check() != z3.unsat:
                return True
    return False


def test_a_product_case_by_case_is_the_product() -> None:
    """Whichever side takes few figures."""
    assert not differs(times(z3, FEW, SHARERS, MONEY), SHARERS * MONEY)
    assert not differs(times(z3, FEW, MONEY, SHARERS), SHARERS * MONEY)
    assert not differs(times(z3, FEW, SHARERS, SHARERS), SHARERS * SHARERS)


def test_a_quotient_case_by_case_is_the_quotient() -> None:
    """Also where the same figure stands on both sides; of nought nothing is said."""
    above = MONEY + SHARERS
    assert not differs(divided(z3, FEW, above, SHARERS), above / SHARERS)
    people = z3.ToReal(PEOPLE)
    assert not differs(divided(z3, FEW, MONEY, people), MONEY / people, PEOPLE != 0)


def test_a_product_with_few_figures_is_linear() -> None:
    """No two unknowns stand against each other in it."""
    made = divided(z3, FEW, times(z3, FEW, SHARERS, MONEY), SHARERS)
    assert _unknown_products(SHARERS * MONEY / SHARERS)
    assert not _unknown_products(made)


def _unknown_products(term: z3.ExprRef) -> bool:
    kinds = (z3.Z3_OP_MUL, z3.Z3_OP_DIV)
    many = [own for own in term.children() if not z3.is_rational_value(z3.simplify(own))]
    return (term.decl().kind() in kinds and len(many) > 1) or any(map(_unknown_products, term.children()))


def test_figures_are_all_that_a_term_can_be() -> None:
    """Of cases, sums and differences; of what is not known, or more than can be told apart, nothing is said."""
    assert figures_of(z3, FEW, SHARERS) == frozenset(map(Fraction, range(1, 7)))
    assert figures_of(z3, FEW, -SHARERS - z3.RealVal(1)) == frozenset(map(Fraction, range(-7, -1)))
    assert figures_of(z3, FEW, MONEY) is None
    many = {"people": frozenset(map(Fraction, range(100)))}
    assert figures_of(z3, many, z3.ToReal(PEOPLE) + z3.ToReal(PEOPLE)) is None


def test_a_change_is_taken_into_the_cases() -> None:
    """Each case is changed, and a case that comes to a constant is one."""
    term = z3.If(PARTNER, z3.RealVal("0.7"), MONEY)
    made = each_case(z3, term, lambda own: z3.ToReal(z3.ToInt(own)))
    assert not differs(made, z3.ToReal(z3.ToInt(term)))
    assert z3.is_rational_value(made.children()[1])


@pytest.mark.parametrize(
    ("term", "unit", "expected"),
    [
        (MONEY, "0.01", True),
        (MONEY - z3.If(PARTNER, z3.RealVal("0.25"), z3.RealVal(3)), "0.01", True),
        (-MONEY, "0.01", True),
        (MONEY, "1", False),
        (MONEY + z3.RealVal("0.005"), "0.01", False),
        (MONEY * SHARERS, "0.01", False),
        (z3.ToReal(PEOPLE), "0.5", True),
        (z3.ToReal(PEOPLE), "0.3", False),
        (z3.Real("measured"), "0.01", False),
    ],
)
def test_what_is_a_multiple_already_is_known(term: z3.ExprRef, unit: str, expected: bool) -> None:
    """Money in cents is; what may lie between two multiples is not."""
    assert is_on_grid(z3, term, Fraction(unit)) is expected


SHARED = """
wegwijzer: 1
flow: delen
language: nl
question: Wat krijg ik?
goal: recht
facts:
  samen: {type: boolean, ask: "Woont u samen?", why: "Daarom."}
  huisgenoten: {type: integer, min: 0, max: 8, ask: "Hoeveel huisgenoten hebt u?", why: "Daarom."}
  inkomen: {type: money, min: 0, max: 100000, ask: "Wat is uw inkomen?", why: "Daarom."}
decisions:
  personen: {type: integer, is: if samen then 2 else 1}
  delers: {type: integer, is: personen + huisgenoten}
  norm: {type: money, round: half_up 0.01, is: personen * 2000 * (0.4 + 0.3 * delers) / delers}
  recht:
    type: choice
    options: [wel, niet]
    hit: first
    table: |
      | inkomen || recht |
      | >= norm || niet  |
      | -       || wel   |
outcomes:
  wel: {kind: answer, rank: 1, text: "U krijgt geld."}
  niet: {kind: answer, rank: 0, text: "U krijgt geen geld."}
"""


def test_a_norm_that_is_shared_is_decided_with_little_effort() -> None:
    """The highest income of anybody with a right is told to the cent: the norm of two people alone, less one cent."""
    solver = Solver(load_flow(SHARED), effort=200_000)
    right = is_value("recht", "wel")

    def asked(income: str) -> Answer:
        return solver.ask(
            Claim(
                lambda own: own.z3.And(right.formula(own), own.fact("inkomen").value >= own.z3.RealVal(income)),
                right.real,
            )
        )

    found = asked("1999.99")
    assert found.citizen is not None
    assert found.citizen["samen"] is True
    assert asked("2000.00") == Answer()


def test_a_day_that_no_calendar_has_is_no_answer() -> None:
    """z3 comes with such days where it lost its own limits; then nobody is shown, and nothing breaks."""
    terms = Terms(z3, {})
    day = z3.Int("day")
    solver = z3.Solver()
    solver.add(day == 0)
    assert solver.check() == z3.sat
    never = z3.BoolVal(False)
    assert terms.decode(Term(Kind.DATE, day, never, never), solver.model()) is OTHER
