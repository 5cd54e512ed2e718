"""What a proof says: findings, each with a citizen or a way who shows it. Made by every part of `prove`, printed by
`api.cli.prove`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.errors import Problem, Said, Severity, Where

Citizen = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong, with a citizen who shows it where there is one (fact -> value in the author's words), or a way
    through the process, told from the start."""

    problem: Problem
    witness: Citizen | None = None
    way: tuple[str, ...] = ()


def finding(code: str, where: Where, message: Said, hint: Said, way: tuple[str, ...] = ()) -> Finding:
    """An error with a way that shows it."""
    return Finding(Problem(where, code, message, hint, Severity.ERROR), None, way)
