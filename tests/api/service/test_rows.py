"""What becomes of effects in the outbox: a row where there is something to do, none where the page says it already."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from api.service.rows import effect_rows
from engine.journey.effects import AnyEffect, CloseTask, Notify, Publish
from engine.journey.events import Channel
from engine.journey.state import Journey
from tests.api.store.samples import NOW

JOURNEY = Journey("j1", "WW-1", "flow", "1", "nl", Channel.WEB, NOW, "citizen")


def rows(effect: AnyEffect, *addresses: str) -> list[str]:
    """The kinds of the rows that this effect becomes, for a citizen with these e-mail addresses."""
    reach = MappingProxyType({str(Channel.EMAIL): address for address in addresses})
    return [row.kind for row in effect_rows(replace(JOURNEY, reach=reach), [effect], NOW)]


@pytest.mark.parametrize("over", [Channel.WEB, Channel.EMAIL])
def test_who_gave_no_address_reads_it_on_the_page(over: Channel) -> None:
    """No row; one as soon as there is an address, and none when it was taken back."""
    effect = Notify(key="e/1", text="outcome", over=over)
    assert rows(effect) == []
    assert rows(effect, "") == []
    assert rows(effect, "a@example.org") == ["Notify"]


@pytest.mark.parametrize("over", [Channel.PHONE, Channel.DESK, Channel.LETTER])
def test_where_a_person_tells_it_there_is_a_row(over: Channel) -> None:
    """With an address and without."""
    effect = Notify(key="e/1", text="outcome", over=over)
    assert rows(effect) == rows(effect, "a@example.org") == ["Notify"]


def test_what_was_heard_already_stands_on_record() -> None:
    """Told on the phone for a journey on the web: the contact moment is still to be written."""
    assert rows(Notify(key="e/1", text="outcome", over=Channel.WEB, told=True)) == ["Notify"]


def test_other_effects_are_carried_out_whoever_is_reached() -> None:
    """A determination goes out as it did; what is a row of the transaction itself is none of the outbox."""
    assert rows(Publish(key="e/1", outcome="yes")) == ["Publish"]
    assert rows(CloseTask(key="e/1", task="t1")) == []
