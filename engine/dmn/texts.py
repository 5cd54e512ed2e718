"""FEEL texts of one model, compiled: expressions and unary tests, with the model's types and names at hand.

A text that is no FEEL compiles too: to a program that notes why and gives null, so that one broken cell does not
take the model down. Callers: `engine.dmn.compile`, `engine.dmn.table_compile`, `engine.dmn.library`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from engine.dmn.model import Definitions, UnaryTests
from engine.dmn.scope import Ledger, Program, Run, Scope
from engine.dmn.tables import TestProgram
from engine.dmn.type_table import TypeTable
from engine.dmn.types import Check
from engine.feel import tree
from engine.feel.evaluator import compile_expression
from engine.feel.fits import TYPES
from engine.feel.parser import FeelSyntaxError, parse, parse_unary_tests
from engine.feel.run import Code
from engine.feel.run import Run as FeelRun

Names = frozenset[str]
Reader = Callable[[], tree.Expr]


class Texts:
    """Compiles the texts of one model. `members` are the names that may follow a dot anywhere in the library."""

    def __init__(self, definitions: Definitions, members: Names) -> None:
        self.members = members
        self.types = TypeTable(definitions, {}, _base, self._check)
        self.named = _NamedTypes(self.types)

    def expression(self, text: str, names: Names, line: int) -> Program:
        """The program of an expression that sees `names`."""
        if not text:
            return _broken("The expression is empty.", line)
        return self._program(lambda: parse(text, names, members=self.members), names, line)

    def tests(self, text: str, names: Names, line: int) -> TestProgram:
        """The tests of a cell; the value under test is `?`."""
        program = self._program(lambda: parse_unary_tests(text, names, members=self.members), names, line)
        return lambda scope, value: program(scope.having({"?": value}))

    def each_test(self, text: str, line: int) -> tuple[TestProgram, ...]:
        """One program per test of a list of output values, in order; none when the text is no FEEL."""
        try:
            whole = parse_unary_tests(text, (), members=self.members)
        except FeelSyntaxError:
            return ()
        single = [tree.UnaryTests((test,)) for test in getattr(whole, "tests", ())]
        programs = [self._compiled(expr, frozenset(), line) for expr in single]
        return tuple(_test(program) for program in programs)

    def _program(self, read: Reader, names: Names, line: int) -> Program:
        try:
            expr = read()
        except FeelSyntaxError as fault:
            return _broken(str(fault), line)
        return self._compiled(expr, names, line)

    def _compiled(self, expr: tree.Expr, names: Names, line: int) -> Program:
        return _running(compile_expression(expr, names, self.named).code, line)

    def _check(self, tests: UnaryTests) -> Check:
        """Allowed values and type constraints see nothing but the value itself."""
        program = self.tests(tests.text, frozenset(), tests.line)
        return lambda value: program(Scope({}, Run({}, Ledger(FeelRun()))), value) is True


class _NamedTypes(Mapping[str, Callable[[object], bool]]):
    """The model's own types for `instance of` and for parameters of FEEL functions. Null is of no type."""

    def __init__(self, types: TypeTable) -> None:
        self.types = types

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and not _is_base(name) and self.types.find(name) is not None

    def __getitem__(self, name: str) -> Callable[[object], bool]:
        kind = self.types.get(name)
        return lambda value: value is not None and kind.conforms(value)

    def __iter__(self) -> Iterator[str]:
        return iter(self.types.definitions)

    def __len__(self) -> int:
        return len(self.types.definitions)


def _is_base(name: str) -> bool:
    return name in TYPES or name in ("Any", "function", "null", "Null")


def _base(name: str) -> Check | None:
    """FEEL's own check of a built-in type; None when there is no such type."""
    if name == "function":
        return callable
    kinds = TYPES.get(name)
    return None if kinds is None else lambda value: type(value) in kinds


def _running(code: Code, line: int) -> Program:
    def program(scope: Scope) -> object:
        value = code(scope.values, scope.run.ledger.feel)
        scope.collect(line)
        return value

    return program


def _test(program: Program) -> TestProgram:
    return lambda scope, value: program(scope.having({"?": value}))


def _broken(message: str, line: int) -> Program:
    def program(scope: Scope) -> object:
        scope.note(message, line)
        return None

    return program
