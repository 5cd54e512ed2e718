"""Sealing, and the chain over what is sealed."""

from __future__ import annotations

import os
import zlib

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.store import rows, seal
from api.store.errors import KeyReused, StoreRefused
from api.store.keys import KEEP_SECONDS, KeyRing, Ring, WrappedKey
from api.store.masters import Masters, masters_from_text, new_master
from api.store.port import Effect, Reply
from api.store.seal import DossierKey, SealBroken, pack, place, unpack
from api.store.writing import command_rows
from tests.api.store.samples import NOW, body, started

ANY_TEXT = st.text(st.characters(exclude_categories=()))  # lone surrogates too
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | ANY_TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(ANY_TEXT, inner, max_size=4),
    max_leaves=12,
)
KEY = DossierKey("demo", "j1", 1, os.urandom(32))


WORDS = ANY_TEXT | st.sampled_from(["j1", "2026-11-22T09:00:00", "01a20167-c801-7152-a2d2-9c4eec619b95", '"', "true"])


@given(JSON | st.lists(WORDS), st.lists(WORDS, max_size=5), WORDS)
def test_what_is_packed_unpacks(value: object, known: list[str], carried: str):
    """Any JSON value comes back as it was, surrogates and NUL included, whatever words it shares with its place."""
    assert unpack(pack(value, known, carried), known) == value


@given(JSON, st.text(max_size=20))
def test_what_is_sealed_opens_in_its_place(value: object, field: str):
    """The right key at the right place opens it."""
    assert KEY.open(field, KEY.seal(field, value)) == value


@given(st.dictionaries(st.sampled_from(["id", "version", "next"]) | ANY_TEXT, JSON | st.just("j1")) | JSON)
def test_a_reply_comes_back_as_it_was_said(body: object):
    """The journey's id may be left out on the way; the body, and the order of its names, are the same again."""
    ring = Ring({1: KEY}, {"": 1})
    change = started("j1", reply=Reply(201, body, {"ETag": "1"}))
    told = rows.reply_of(command_rows(change, ring).command, change.body_hash, ring)
    assert told == Reply(201, body, {"ETag": "1"})
    assert not isinstance(body, dict) or list(told.body) == list(body)


@pytest.mark.parametrize("number", seal._DICTIONARIES)
def test_what_was_sealed_with_an_older_dictionary_opens(number: int):
    """A better dictionary leaves old rows readable."""
    value = {"id": "01a20167-c801-7152-a2d2-9c4eec619b95.1", "type": "AnswerGiven"}
    squeeze = zlib.compressobj(2, zlib.DEFLATED, -12, 5, zlib.Z_DEFAULT_STRATEGY, seal._DICTIONARIES[number])
    assert unpack(bytes((number,)) + squeeze.compress(orjson.dumps(value)) + squeeze.flush()) == value


def test_a_reply_opens_for_its_own_body_alone():
    """No hash of the body lies beside it; with another one, or in another row, it does not open."""
    ring = Ring({1: KEY}, {"": 1})
    change = started("j1")
    row = command_rows(change, ring).command
    assert change.body_hash not in b"".join(value for value in row.values() if isinstance(value, bytes))
    assert rows.reply_of(row, change.body_hash, ring) == change.reply
    for other, body_hash in ((row, body("other")), ({**row, "id": b"c9"}, change.body_hash)):
        with pytest.raises(KeyReused):
            rows.reply_of(other, body_hash, ring)
    assert rows.reply_of(row, change.body_hash, Ring({}, {})) is None


def test_nothing_opens_elsewhere():
    """Another journey, tenant, field, key number or key does not open it, nor does an altered byte."""
    secret = os.urandom(32)
    sealed = DossierKey("demo", "j1", 1, secret).seal("event:1", "spoed")
    for tenant, journey, number, field, key in (
        ("demo", "j2", 1, "event:1", secret),
        ("other", "j1", 1, "event:1", secret),
        ("demo", "j1", 2, "event:1", secret),
        ("demo", "j1", 1, "event:2", secret),
        ("demo", "j1", 1, "event:1", os.urandom(32)),
    ):
        with pytest.raises(SealBroken):
            DossierKey(tenant, journey, number, key).open(field, sealed)
    for at in range(len(sealed)):
        altered = bytes(byte ^ (index == at) for index, byte in enumerate(sealed))
        with pytest.raises(SealBroken):
            DossierKey("demo", "j1", 1, secret).open("event:1", altered)


@given(st.tuples(st.text(), st.text(), st.integers(1, 99), st.text()), st.data())
def test_no_two_places_share_an_address(one: tuple[str, str, int, str], draws: st.DataObject):
    """Parts of a place cannot be shifted into each other: moving a letter over a border makes another place."""
    tenant, journey, number, field = one
    whole = tenant + journey + field
    cut = sorted(draws.draw(st.tuples(st.integers(0, len(whole)), st.integers(0, len(whole)))))
    other = (whole[: cut[0]], whole[cut[0] : cut[1]], number, whole[cut[1] :])
    assert (place(*one) == place(*other)) == (one == other)


@pytest.mark.parametrize("value", [object(), {1: "number as a name"}, {"set": {1, 2}}])
def test_what_is_no_json_is_refused(value: object):
    """Only JSON is sealed; anything else is a mistake of the caller and never gets as far as a disk."""
    with pytest.raises(TypeError):
        pack(value)


@given(st.integers(min_value=-(10**40), max_value=10**40))
def test_large_integers_keep_every_digit(value: int):
    """Beyond 64 bits too."""
    assert unpack(pack([value])) == [value]


class Row(dict[str, object]):
    """A row of a table, as a driver gives it."""


def test_the_chain_finds_every_change():
    """A changed, removed or swapped event, a changed audit line: each breaks the chain; untouched it holds."""
    ring = Ring({1: KEY, 2: DossierKey("demo", "j1", 2, os.urandom(32))}, {"": 1, "P1Y": 2})
    apart = ["", "P1Y", "", "P1Y", ""]
    change = started("j1", events=[{"n": n} for n in range(5)], keep=apart, effects=[Effect("e/1", "Notify", 1, NOW)])
    events = [Row(row) for row in command_rows(change, ring).events]
    assert len(events) == 5
    assert rows.chain_holds(events)
    assert not rows.chain_holds(events[1:])
    assert not rows.chain_holds([*events[:2], *events[3:]])
    assert not rows.chain_holds([events[1], events[0], *events[2:]])
    for field, other in (
        ("sealed", b"x" * 40),
        ("actor", "w9"),
        ("action", "other"),
        ("at", 0),
        ("key_no", 2),
        ("upto", 2),
    ):
        assert not rows.chain_holds([Row({**events[0], field: other}), *events[1:]])


def test_a_master_key_unwraps_only_its_own():
    """A wrapped key opens with the master that wrapped it, for its journey; every fault is one sentence."""
    old, new = masters_from_text(new_master("2026")), masters_from_text(new_master("2027"))
    wrapped = old.wrap("demo", "j1", 1, b"k" * 32)
    both = Masters("2027", {**new.keys, **old.keys})
    assert both.unwrap("demo", "j1", 1, "2026", wrapped) == b"k" * 32
    with pytest.raises(StoreRefused, match="Master key '2026' is needed"):
        new.unwrap("demo", "j1", 1, "2026", wrapped)
    with pytest.raises(StoreRefused, match="not the one"):
        Masters("2026", {"2026": new.keys["2027"]}).unwrap("demo", "j1", 1, "2026", wrapped)
    with pytest.raises(StoreRefused, match="not the one"):
        old.unwrap("demo", "j2", 1, "2026", wrapped)


@pytest.mark.parametrize("text", ["", "x", "x:", ":AAAA", "x:AAAA", "x:ééé", "x:" + "A" * 44])
def test_a_bad_master_key_is_refused_without_echo(text: str):
    """What is no master key is refused, and not repeated."""
    with pytest.raises(StoreRefused) as refused:
        masters_from_text(text)
    assert len(text) < 3 or text not in str(refused.value)


class Counting:
    """A key store that counts its look-ups."""

    def __init__(self) -> None:
        self.kept: list[WrappedKey] = []
        self.asked = 0

    async def open(self) -> None: ...

    async def close(self) -> None: ...

    async def of(self, tenant: str, journeys: list[str]) -> list[WrappedKey]:
        self.asked += 1
        return [key for key in self.kept if key.tenant == tenant and key.journey in journeys]

    async def add(self, key: WrappedKey) -> bool:
        self.kept.append(key)
        return True

    async def destroy(self, tenant: str, journey: str, keep: str | None = None) -> None:
        self.kept = []


@pytest.mark.anyio
async def test_an_opened_key_is_remembered_for_a_minute_at_most():
    """A ring asks once, forgets after KEEP_SECONDS, and at once when it destroys the key itself."""
    now, kept = [0.0], Counting()
    ring = KeyRing(kept, masters_from_text(new_master("test")), clock=lambda: now[0])  # type: ignore[arg-type]
    await ring.with_classes("demo", "j1", [""])
    asked = kept.asked
    assert (await ring.of("demo", "j1")).alive
    assert kept.asked == asked
    now[0] = KEEP_SECONDS
    kept.kept = []
    assert not (await ring.of("demo", "j1")).alive
    await ring.with_classes("demo", "j2", [""])
    await ring.destroy("demo", "j2")
    assert not (await ring.of("demo", "j2")).alive
