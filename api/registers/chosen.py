"""Which registers this process asks, by its settings.

    WEGWIJZER_REGISTERS   mode         registers                                   whom a demo can be tried as
    names a file          any          those of the file, and no others (HTTP)     its `try_as`, else made-up people
    left out              demo         made-up people, for every name              made-up people
    left out              production   none: each fact goes to its next supplier   -

Called by `api.app` and, for what to warn of, `api.cli.serve`; tests: tests/api/registers/test_wired.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.clock import Clock
from api.registers.declared import read_registers
from api.registers.guarded import GuardedRegister
from api.registers.memory import MemoryRegister, known_people
from api.registers.port import Register, Unconnected
from api.settings import Settings, SettingsError
from engine.flow.model import SupplierKind
from engine.graph.graph import Graph


@dataclass(frozen=True, slots=True)
class Chosen:
    """The registers, and whom a demo can be tried as: subject and name."""

    register: Register
    people: Mapping[str, str]


def chosen(settings: Settings, clock: Clock) -> Chosen:
    """The registers that the settings name. Raises SettingsError with everything that is wrong with their file."""
    if settings.registers is None:
        register: Register = MemoryRegister() if settings.demo else Unconnected()
        return Chosen(register, known_people())
    declared = read_registers(settings.registers)
    keys = keys_of(settings.register_keys.get_secret_value())
    if strange := sorted(set(keys) - set(declared.registers)):
        sentence = f"WEGWIJZER_REGISTER_KEYS names {strange[0]}, which is no register in {settings.registers}."
        raise SettingsError((sentence,))
    return Chosen(GuardedRegister(declared, clock, keys), dict(declared.try_as) or known_people())


def keys_of(text: str) -> dict[str, str]:
    """`brp:secret,kvk:other` by register. Raises SettingsError, without the keys."""
    keys: dict[str, str] = {}
    for part in filter(None, (own.strip() for own in text.split(","))):
        name, colon, key = part.partition(":")
        if not colon or not name or not key:
            raise SettingsError(("WEGWIJZER_REGISTER_KEYS is written as name:key[,name:key]; one of them is not.",))
        keys[name] = key
    return keys


def not_connected(register: Register, flows: Iterable[Graph]) -> tuple[str, ...]:
    """The registers that these flows name and that are not asked here, in order."""
    named = {
        supplier.name
        for graph in flows
        for node in graph.facts.values()
        for supplier in node.spec.suppliers
        if supplier.kind is SupplierKind.REGISTER
    }
    return tuple(sorted(name for name in named if not register.connected(name)))
