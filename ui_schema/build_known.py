"""What registers said already, on the question itself: the value, its source and date, and "klopt niet".

On the first question stands everything (`confirm: silent` left out), later only what belongs to the page that is asked.
What is not disputed counts, and the source stays in view; what must be confirmed first (`confirm: ask`) stands in the
question itself (`ui_schema.build_forms`). Called by `ui_schema.build`.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.flow.keys import read_key
from engine.flow.model import Confirm
from engine.journey.events import Supplier
from engine.journey.facts import unconfirmed
from ui_schema.build_answers import answer_line, keys_in_order, node_of, question_of
from ui_schema.fields import Control, Field, Prefill
from ui_schema.scene import Scene


def known_fields(scene: Scene, asked: tuple[str, ...]) -> tuple[Field, ...]:
    """The facts to show above the questions `asked`."""
    return tuple(_known(scene, key) for key in _to_show(scene, asked))


def _to_show(scene: Scene, asked: tuple[str, ...]) -> Iterator[str]:
    answers = scene.journey.answers
    is_first = all(answer.supplier is not Supplier.CITIZEN for answer in answers.values())
    together = {fact for page in scene.graph.flow.pages.values() for fact in page.facts if set(asked) & set(page.facts)}
    for key in keys_in_order(scene.graph, answers):
        parsed = read_key(key)
        spec = node_of(scene.graph, key).spec
        shown = is_first or (parsed is not None and parsed.name in together)
        seen = spec.confirm is not Confirm.SILENT and not unconfirmed(scene.graph, key, answers[key])
        if answers[key].supplier is Supplier.REGISTER and seen and shown:
            yield key


def _known(scene: Scene, key: str) -> Field:
    """A fact as it is known, nothing to fill in."""
    line, spec = answer_line(scene, key), node_of(scene.graph, key).spec
    return Field(
        id=key,
        type=str(spec.type),
        control=Control.TEXT,
        label=question_of(scene, key),
        required=False,
        prefill=Prefill(
            source=line.supplier, shown=line.text, on=line.on, dispute=line.dispute, disputed=line.disputed
        ),
    )
