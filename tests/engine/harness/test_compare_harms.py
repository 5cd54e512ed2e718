"""What is taken from a citizen is told as such, and what is not is no harm."""

from __future__ import annotations

import pytest

from engine.graph.load import load_flow
from engine.harness.compare import compare
from engine.harness.compare_harms import LESS, PERSON
from tests.engine.harness.test_compare_alike import FLOW


@pytest.mark.parametrize(
    ("gone", "harm"),
    [
        ("kijken   | done  | worker", ""),  # somebody looks already, and can do one thing less
        ("answered | tell  | citizen", LESS),
        ("answered | bel   | worker", PERSON),
    ],
)
def test_a_step_that_is_gone_takes_from_a_citizen_what_it_gave(gone: str, harm: str) -> None:
    """A worker's step is a way to a person where no worker is yet; elsewhere the person is there."""
    lines = FLOW.splitlines(keepends=True)
    more = (("bel  ", "worker "), ("tell ", "citizen"))
    own = [f"    | answered | {event} | {by}           | -   | stay      | task kijk       |\n" for event, by in more]
    lines[-3:-3] = own
    text = "".join(lines)
    row = next(line for line in lines if gone in line)
    changes = compare(load_flow(text), load_flow(text.replace(row, ""))).changes
    assert [change.harm for change in changes if "only in old" in change.what] == [harm]


def test_what_only_a_worker_decides_is_taken_from_somebody_too() -> None:
    """The rules say no to nobody, and a worker may: whoever hears that can ask for another look no longer."""
    again = "    | af       | again | citizen           | -            | kijken    | task kijk       |\n"
    text = FLOW.replace("""'if meters > 12 then "nee" else "ja"'""", """'"ja"'""")
    text = text.replace("places: {", 'places: {af: {who: citizen, does: outcome, under: tijd, title: "Het mag niet"}, ')
    text = text.replace(
        'outcome.kind = "answer"              | stay     ', 'outcome.id = "nee"                   | af       '
    )
    lines = text.splitlines(keepends=True)
    lines[-3:-3] = [
        again,
        "    | af       | late  | clock             | -            | closed    | -               |\n",
        "    | af       | fine  | citizen           | -            | closed    | -               |\n",
    ]
    text = "".join(lines)
    (change,) = compare(load_flow(text), load_flow(text.replace(again, ""))).changes
    assert change.harm == LESS
    assert change.touched is not None
    assert change.touched.at_most == 1.0
