"""Questions about a flow put to z3, each answered by a citizen who was then tried on the real engine.

    Claim       what is asked: a formula over a flow's symbols, and the same on a real citizen seen by the engine
    Answer      a citizen for whom it is so, or nobody (proven), or why it cannot be said

    not installed               "needs the extra `verify`"
    no counterpart in z3        what has none (`engine.harness.symbols`)
    out of effort               z3's own count of steps (`rlimit`), so that a verdict does not depend on the machine
    citizen does not hold up    the engine disagrees with the formula: said, never shown as a finding

Called by `engine.harness.prove` and its parts; tests: tests/engine/harness/test_solver.py.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Final

from engine.errors import AnswerError, worded
from engine.feel.analysis_z3_logic import logic
from engine.feel.analysis_z3_terms import Untranslatable
from engine.feel.cells import Kind
from engine.feel.table_masks import OTHER
from engine.feel.unsure import UNSURE
from engine.flow.fields import dump_value, load_value
from engine.flow.keys import path_of, read_key
from engine.flow.model import FactType, SupplierKind
from engine.graph.graph import FactNode, Graph
from engine.graph.view import View
from engine.harness.symbolic import symbols_of
from engine.harness.symbols import ITEMS, NOWHERE, Around, Means, Record, Symbols
from engine.harness.symbols_expr import symbol
from engine.journey.accept import check_facts

EFFORT = 5_000_000
"""z3's resource limit for one question: some seconds."""

SMALL_EFFORT: Final = 500_000
"""The same for one of the many questions by which limits are found."""

ALL_EFFORT: Final = 20_000_000
"""The same for all questions about one flow together: half a minute or less."""
PER_CONDITION: Final = 1_500
"""What it costs to put one condition of a row into symbols, on the same scale."""

USED_UP = worded("the solver used up its effort")
SPENT = worded("all effort for one flow was used up before it came to this")
NEEDS_EXTRA = worded("needs the extra `verify`: install z3-solver beside wegwijzer")
UP_TO = worded("lists up to {items} items", items=ITEMS)


@dataclass(frozen=True, slots=True)
class Claim:
    """A question: is there a citizen for whom this is so? `formula` for z3, `real` for the engine on a full citizen.

    With `apart` it is about two citizens who differ in this fact alone, and both functions take two; as they do when
    the solver has a flow beside: then it is one citizen, seen by both flows. `about` is what is asked, equal for equal
    questions ((): not said), and `reads` the names of which it asks it. `first` is the decision with which its formula
    begins: for many claims about one decision that is put into symbols once.
    """

    formula: Callable[..., Any]
    real: Callable[..., bool]
    apart: str = ""
    about: tuple[Hashable, ...] = ()
    reads: frozenset[str] = frozenset()
    first: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """`citizen` (fact -> typed value) for whom it is so; None and no `reason`: nobody. `lists`: up to a bound.

    Of two citizens `other` is the second one's answer to the fact in which they differ.
    """

    citizen: Mapping[str, Any] | None = None
    reason: str = ""
    lists: bool = False
    other: Any = None


@dataclass(frozen=True, slots=True)
class Posed:
    """A claim as z3 has it: the citizens in it, and what must hold of them."""

    z3: Any
    citizens: Sequence[Symbols]
    constraints: Sequence[Any]

    @property
    def answers(self) -> Mapping[str, Any]:
        """The term of each answer that it reads, by its key."""
        return {key: term for own in self.citizens for key, term in own.raw.items()}

    @property
    def lengths(self) -> Mapping[str, Any]:
        """The number of items of each list that it reads."""
        return {path: length for own in self.citizens for path, length in own.lengths.items()}

    def nobody(self, more: Any) -> bool | None:
        """Whether nobody fits it of whom this holds too; None when z3 cannot tell within its effort."""
        told = (*self.constraints, more)  # told afresh: z3 knows more ways when nothing may be taken back
        verdict, _ = checked(self.z3, told, SMALL_EFFORT, shows=False)
        return None if verdict == self.z3.unknown else bool(verdict == self.z3.unsat)


_READY: Final[list[Any]] = []  # contexts of z3 in which nothing was asked yet

UNSTEADY: Final = Answer(reason=worded("the solver and the engine disagree about a citizen"))


def available() -> bool:
    """Whether z3 is installed."""
    return find_spec("z3") is not None


def make_ready(contexts: int) -> None:
    """Make what the next so many questions need (6 ms and 15 MB each), while nobody waits for an answer."""
    if available():
        while len(_READY) < contexts:
            _READY.append(logic().Context())


def checked(
    z3: Any, told: Sequence[Any], effort: int, more: Sequence[Any] = (), *, is_likely: bool = False, shows: bool = True
) -> tuple[Any, Any]:
    """z3's verdict about what it is told and `more`, and a model where it is `sat` and one is to be shown.

    How much effort z3 needs, and which citizen it finds, hangs on all terms that it met before, in other flows too. All
    but a proof that there is nobody, or that there is somebody where none is shown, is therefore asked once more where
    it met none: what it says in a process of its own, it says everywhere. Where a context for that was made ready, or
    somebody is likely, it is asked there alone.
    """
    ready = _READY.pop() if _READY else None
    if ready is None and not is_likely:
        verdict = told_to(z3, told, effort).check(*more)
        if verdict == z3.unsat or (verdict == z3.sat and not shows):
            return verdict, None
    context = ready or z3.Context()  # takes longer to make than most proofs
    # a translated solver takes a hundred times as long to make and to let go of
    afresh = told_to(z3, [own.translate(context) for own in told], effort, context)
    verdict = afresh.check(*(own.translate(context) for own in more))
    return verdict, afresh.model().translate(z3.main_ctx()) if verdict == z3.sat else None


def told_to(z3: Any, told: Sequence[Any], effort: int, context: Any = None) -> Any:
    """A solver that knows this, in z3's main context or in another one."""
    solver = z3.Solver(ctx=context)
    solver.set("rlimit", effort)
    solver.add(*told)
    return solver


class Solver:
    """z3 on one flow, or on two side by side. Every question stands on its own, with only the facts that it reads."""

    def __init__(
        self,
        graph: Graph,
        effort: int = EFFORT,
        beside: Graph | None = None,
        means: Means = symbol,
        is_likely: bool = False,
    ) -> None:
        self.graph = graph
        self.means, self.is_likely = means, is_likely
        self.effort = effort
        self.beside = beside
        self.left = ALL_EFFORT
        self._begun: dict[str, Symbols] = {}
        self._size = PER_CONDITION * (graph.size + (beside.size if beside is not None else 0))

    def ask(self, claim: Claim) -> Answer:
        """A citizen for whom the claim is so, or nobody, or why that cannot be said. Raises nothing."""
        if not available():
            return Answer(reason=NEEDS_EXTRA)
        if self.left <= 0:
            return Answer(reason=SPENT)
        self.left -= self._size
        try:
            return self._ask(claim, logic())
        except Untranslatable as missing:
            return Answer(reason=worded("the solver has no exact word for {missing}", missing=missing.args[0]))
        except RecursionError:
            return Answer(reason=worded("it is nested too deeply for the solver"))

    def _ask(self, claim: Claim, z3: Any) -> Answer:
        alone = claim.first and self.beside is None and not claim.apart
        citizens = [self._begin(z3, claim.first)] if alone else self._citizens(z3, claim.apart)
        (posed,) = _posed(z3, citizens, [claim])
        first, lists = citizens[0], bool(posed.lengths)
        for more in ((), _on_a_grid(citizens)):
            verdict, model = self._checked(posed, more)
            if verdict == z3.unsat:
                return UNSTEADY if more else Answer(lists=lists)
            if verdict != z3.sat:
                return Answer(reason=USED_UP)
            found = [_citizen(own, first, model) for own in citizens]
            graphs = [own.graph for own in citizens]
            views = [View(graph, own) for graph, own in zip(graphs, found, strict=True)]
            if all(_are_answers(view) for view in views) and claim.real(*views):
                both = {**found[0], **(found[-1] if self.beside is not None else {})}
                return Answer(both, lists=lists, other=found[-1].get(claim.apart))
        return UNSTEADY

    def _checked(self, posed: Posed, more: Sequence[Any]) -> tuple[Any, Any]:
        """z3's verdict, and a model where it is `sat`; what it gave up counts as effort of this flow."""
        verdict, model = checked(posed.z3, posed.constraints, self.effort, more, is_likely=self.is_likely)
        self.left -= self.effort if verdict == posed.z3.unknown else 0
        return verdict, model

    def is_so(self, claim: Claim, *citizens: Mapping[str, Any]) -> bool:
        """Whether the claim is so for these citizens, who give answers that the engine takes."""
        views = [View(self.graph, own) for own in citizens]
        return all(_are_answers(view) for view in views) and claim.real(*views)

    def nobody(self, claim: Claim) -> Answer | None:
        """That nobody fits, where that is proven with little effort; None where it is not."""
        if not available():
            return None
        try:
            (posed,) = self.posed(claim)
            return Answer(lists=bool(posed.lengths)) if posed.nobody(posed.z3.BoolVal(True)) else None
        except (Untranslatable, RecursionError):
            return None

    def posed(self, *claims: Claim) -> list[Posed]:
        """Questions about the same citizens, for more questions about whoever fits them. Raises Untranslatable."""
        z3 = logic()
        return _posed(z3, self._citizens(z3, ""), claims)

    def _begin(self, z3: Any, first: str) -> Symbols:
        """A citizen of whom one decision is in symbols already, with the facts that it reads and no others."""
        if first not in self._begun:
            begun = symbols_of(z3, self.graph, means=self.means)
            begun.ruling(first)
            self._begun[first] = begun
        return self._begun[first].fork()

    def _citizens(self, z3: Any, apart: str) -> list[Symbols]:
        first = symbols_of(z3, self.graph, means=self.means)
        if self.beside is not None:
            return [first, symbols_of(z3, self.beside, first, means=self.means)]
        return [first, symbols_of(z3, self.graph, first, apart, self.means)] if apart else [first]


def _posed(z3: Any, citizens: Sequence[Symbols], claims: Sequence[Claim]) -> list[Posed]:
    formulas = [claim.formula(*citizens) for claim in claims]
    checks = [check for own in citizens for check in _checks(own)]
    domain = citizens[-1].all_domain()
    return [Posed(z3, citizens, (*domain, formula, *checks)) for formula in formulas]


def _checks(symbols: Symbols) -> list[Any]:
    """The flow's own checks refuse answers; one that has no counterpart refuses nothing here."""
    found, z3 = [], symbols.z3
    for own in symbols.graph.checks:
        if own.list and own.list not in symbols.lengths:
            continue
        for at in range(ITEMS) if own.list else (0,):
            around = Around({}, Record(own.list, at)) if own.list else NOWHERE
            there = symbols.lengths[own.list] > at if own.list else z3.BoolVal(True)
            try:
                refused = symbols.false(symbols.expression_in(own.must.expr, around))
            except Untranslatable:
                continue
            found.append(z3.Not(z3.And(there, refused)))
    return found


def _on_a_grid(citizens: Iterable[Symbols]) -> tuple[Any, ...]:
    """Numbers with three decimals at most, so that a witness can be written down."""
    reals = [(own.z3, term.value) for own in citizens for term in own.raw.values() if term.kind is Kind.NUMBER]
    return tuple(z3.IsInt(value * 1000) for z3, value in reals)


def _citizen(symbols: Symbols, first: Symbols, model: Any) -> dict[str, Any]:
    """The answers in a model, typed, by their keys; of a list its number of items and what they hold."""
    found: dict[str, Any] = {}
    graph = symbols.graph
    for path, length in {**first.lengths, **symbols.lengths}.items():
        if path in graph.facts:
            found[path] = model.eval(length, model_completion=True).as_long()
    for key, term in {**first.raw, **symbols.raw}.items():
        parsed = read_key(key)
        is_there = parsed is None or not parsed.field or parsed.at < found.get(parsed.name, 0)
        value = symbols.decode(term, model)
        if is_there and value is not OTHER and path_of(key) in graph.facts:
            found[key] = _typed(_node(graph, key), value)
    return {key: found[key] for key in sorted(found, key=lambda key: _place(graph, key))}


def _node(graph: Graph, key: str) -> FactNode:
    return graph.facts[path_of(key)]


def _typed(node: FactNode, value: Any) -> Any:
    return [option for option in node.spec.options if option in value] if isinstance(value, frozenset) else value


def _place(graph: Graph, key: str) -> tuple[int, int]:
    parsed = read_key(key)
    return _node(graph, key).order, parsed.at if parsed is not None else -1


def _are_answers(view: View) -> bool:
    """Whether the engine takes these answers: each by its type and limits, together by the flow's checks."""
    try:
        for key, value in view.known.items():
            spec = _node(view.graph, key).spec
            if spec.suppliers[0].kind is SupplierKind.CLOCK:
                continue  # nothing refuses a day of the clock, however far off
            if spec.type is not FactType.LIST and value is not UNSURE:
                load_value(key, spec, dump_value(spec.type, value))
        check_facts(view.graph, view.known, view.known)
    except AnswerError:
        return False
    return True
