"""What the model refuses, said to the author: one row for each kind of error, sentence and way out.

The model speaks pydantic's error types; the table below turns them into our own sentences. In a row
`{key}` is the key at which it went wrong, `{value}` what stands there, `{of}` the thing it belongs to,
and whatever the error itself carries (`{keys}`, `{expected}`). Called by `engine.flow.parse`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, Final

from engine.errors import Problem, Said, together, worded
from engine.feel.nearest import nearest
from engine.flow.model import Flow
from engine.flow.positions import Path, Positions
from engine.flow.shapes import Keyed, Named, key_of

INTERNAL: Final = frozenset({"reasons", "languages", "part_of", "tables"})
"""Keys that the reader fills in; in a file they are unknown."""

_MANY: Final = 32
_ONE_WORD = "Write one word or text after the key."
SENTENCES: Final[Mapping[str, tuple[str, str, str]]] = {
    "missing": ("E-MISSING", "`{key}` is missing in {of}.", "{purpose}"),
    "extra_forbidden": ("E-KEY", "`{key}` is not a key of {of}.", "{near_key}"),
    "enum": ("E-VALUE", "`{value}` is not a value of `{key}`.", "{near_value}"),
    "literal_error": ("E-VALUE", "`{value}` is not a value of `{key}`.", "{near_value}"),
    "int_parsing": ("E-NUMBER", "`{value}` is not a whole number.", "Write digits only."),
    "int_type": ("E-NUMBER", "`{key}` needs a whole number.", "Write digits only."),
    "int_parsing_size": ("E-NUMBER", "This number is too long.", "Write fewer digits."),
    "decimal_parsing": ("E-NUMBER", "`{value}` is not a number.", "Write it with a point: 1.5."),
    "decimal_type": ("E-NUMBER", "`{key}` needs a number.", "Write it with a point: 1.5."),
    "finite_number": ("E-NUMBER", "`{value}` is not a number.", "Write it with a point: 1.5."),
    "greater_than": ("E-RANGE", "`{key}` must be more than {gt}.", "Write a higher number."),
    "greater_than_equal": ("E-RANGE", "`{key}` is at least {ge}.", "Write a higher number."),
    "less_than_equal": ("E-RANGE", "`{key}` is at most {le}.", "Write a lower number."),
    "too_short": ("E-EMPTY", "`{key}` is empty.", "Name at least one, or leave the key out."),
    "string_type": ("E-SHAPE", "`{key}` is one text, not a list or keys.", _ONE_WORD),
    "string_pattern_mismatch": ("E-FORM", "`{value}` does not have the form of `{key}`.", "{form}"),
    "string_too_long": ("E-FORM", "`{key}` is longer than {max_length} characters.", "Make it shorter."),
    "tuple_type": ("E-SHAPE", "`{key}` is a list.", "Write [a, b], or one `- ` line for each."),
    "dict_type": ("E-SHAPE", "`{key}` holds names, each with what belongs to it.", "Write `name: ...` below it."),
    "mapping_type": ("E-SHAPE", "`{key}` holds names, each with what belongs to it.", "Write `name: ...` below it."),
    "model_type": ("E-SHAPE", "`{key}` holds keys of its own.", "Write them below it; keys are {of_keys}."),
    "model_attributes_type": ("E-SHAPE", "`{key}` holds keys of its own.", "Write them below it; keys are {of_keys}."),
    "text_shape": (
        "E-SHAPE",
        "`{key}` is one plain text.",
        "Other languages stand in a block at the end: en: {{...}}.",
    ),
    "name_shape": (
        "E-NAME",
        "`{value}` cannot be a name.",
        "A name has letters, digits and _, and starts with a letter.",
    ),
    "name_reserved": ("E-NAME-RESERVED", "`{value}` has a meaning of its own.", "Choose another name."),
    "duration_shape": ("E-DURATION", "`{value}` is not a duration.", "Write P8W, P30D, P3M, P1Y or PT4H."),
    "duration_empty": ("E-DURATION", "`{value}` lasts no time.", "Write how long it lasts, such as P1D."),
    "duration_long": (
        "E-DURATION",
        "`{value}` counts too many of one unit.",
        "Use a larger unit.",
    ),
    "empty": ("E-EMPTY", "`{key}` is empty.", "Fill it in, or leave the key out."),
    "one_of": ("E-ONE-OF", "{of} needs exactly one of {keys}.", "Keep one of them."),
    "at_least_one_of": ("E-ONE-OF", "{of} needs at least one of {keys}.", "Add one of them."),
    "at_most_one_of": ("E-ONE-OF", "{of} has more than one of {keys}.", "Keep one of them."),
    "supplier_kind": (
        "E-SUPPLIER",
        "`{value}` supplies nothing.",
        "Suppliers are citizen, worker, payment, process, register:NAME, clock:start and clock:submit.",
    ),
    "supplier_name": (
        "E-SUPPLIER",
        "`{value}` is not written like this.",
        "Only a register and the clock have a name after the colon: register:brp.persoon, clock:start.",
    ),
    "supplier_clock": ("E-SUPPLIER", "The clock gives two dates only.", "Write clock:start or clock:submit."),
    "options_shape": (
        "E-OPTIONS",
        "Options are ids, or ids with a label.",
        'Write [a, b] or {{a: "Label", b: "..."}}.',
    ),
    "options_twice": ("E-OPTIONS", "An option stands here twice.", "Keep one of them."),
    "round_shape": (
        "E-ROUND",
        "`{value}` does not say how to round.",
        "Write a direction (half_up, half_even, down, up) and a unit: half_up 0.01.",
    ),
    "show_shape": (
        "E-SHOW",
        "`{value}` cannot be shown.",
        "Write calculation DECISION, each LIST or options CHOICES.",
    ),
    "promise_shape": ("E-SHAPE", "A promise has keys.", "Write - never: {{outcome: x, when: ...}}."),
    "style_sum": ("E-STYLE", "The shares of `style` are not 100 together.", "Let them add up to 100."),
}
OTHER: Final = ("E-VALUE", "What stands at `{key}` cannot be used.", "See docs/language/flow-file.md.")

FORMS: Final = {
    "flow": "Use small letters, digits and single hyphens: boom-kappen.",
    "language": "Use the two letters of the language: nl.",
    "url": "A web address starts with https://.",
}
THINGS: Final = {
    "facts": "fact",
    "of": "fact",
    "decisions": "decision",
    "functions": "function",
    "parameters": "parameter",
    "outcomes": "outcome",
    "tasks": "task",
    "sources": "source",
    "pages": "page",
    "places": "place",
    "terms": "term",
    "channels": "channel",
    "contact": "contact",
    "given": "argument",
    "outputs": "output",
}
_PLACES: Final = re.compile(r"\{(\w+)\}")


def thing(path: Path) -> Said:
    """What a path points at, for a sentence: "fact `omtrek`", "the remedy", "the flow"."""
    if not path:
        return worded("the flow")
    if len(path) >= 2 and path[-2] in THINGS:
        return worded("{kind} `{name}`", kind=worded(THINGS[str(path[-2])]), name=path[-1])
    if isinstance(path[-1], int):
        return (
            worded("item {number} of `{list}`", number=path[-1] + 1, list=path[-2])
            if len(path) > 1
            else worded("this item")
        )
    return worded("`{name}`", name=path[-1])


def own_path(error: Mapping[str, Any]) -> Path:
    """The path of an error in the file; pydantic adds `[key]` for a name that is refused."""
    path: Path = tuple(error["loc"])
    return path[:-1] if path and path[-1] == "[key]" else path


def problem_of(error: Mapping[str, Any], positions: Positions) -> Problem:
    """Our sentence for one of pydantic's errors."""
    path, kind = own_path(error), error["type"]
    code, sentence, way_out = SENTENCES.get(kind, OTHER)
    words = _words(error, path, kind)
    if kind == "missing":
        where = positions.key(*path[:-1])
    elif kind in ("extra_forbidden", "name_shape", "name_reserved"):
        where = positions.key(*path)
    else:
        where = positions.where(*path)
    return Problem(where, code, _said(sentence, words), _said(way_out, words))


def _said(template: str, words: Mapping[str, str]) -> Said:
    """A sentence with its places filled; a whole way out that is said elsewhere (`{near_key}`) as it is."""
    places = {name: words.get(name, "…") for name in _PLACES.findall(template.replace("{{", "").replace("}}", ""))}
    whole = next(iter(places.values())) if template == f"{{{next(iter(places), None)}}}" else None
    return whole if isinstance(whole, Said) else worded(template, **places)


def _words(error: Mapping[str, Any], path: Path, kind: str) -> dict[str, str]:
    names = [str(step) for step in path if isinstance(step, str)]
    key = names[-1] if names else ""
    value = error.get("input")
    context = {name: str(part) for name, part in (error.get("ctx") or {}).items()}
    outer = path if kind in ("one_of", "at_least_one_of", "at_most_one_of") else path[:-1]
    said = context.get("value") or (value if isinstance(value, str) else "") or key
    words = dict(context)
    words.update(key=short(key), of=thing(outer), value=short(key if kind.startswith("name_") else said))
    if kind == "extra_forbidden":
        words["near_key"] = near(key, keys_at(path[:-1]))
    elif kind in ("enum", "literal_error"):
        words["near_value"] = near(said, re.findall(r"'([^']+)'", context.get("expected", "")))
    elif kind == "missing":
        words["purpose"] = _purpose(path)
    words["of_keys"] = ", ".join(keys_at(path))
    words["form"] = worded(FORMS.get(key, OTHER[2]))
    return words


def _purpose(path: Path) -> Said:
    """What the missing key is for, in the words of the model."""
    outer = key_of(Keyed(Flow), path[:-1])
    if not isinstance(outer, Keyed):
        return worded("Add it.")
    for name, field in outer.model.model_fields.items():
        if path[-1] in (field.alias, name):
            said = worded("Add `{key}: ...`.", key=path[-1])
            return together((said, worded(field.description)), " ") if field.description else said
    return worded("Add it.")


def keys_at(path: Path) -> tuple[str, ...]:
    """The keys that may stand at a path, those an author writes."""
    shape = key_of(Keyed(Flow), path)
    if isinstance(shape, Named):
        shape = shape.item
    return tuple(key for key in shape.fields() if key not in INTERNAL) if isinstance(shape, Keyed) else ()


def near(word: str, known: Sequence[str]) -> Said:
    """A way out for a misspelling: the nearest known word, else all of them."""
    close = nearest(word.lower(), _likely(word, known))
    if close:
        return worded("Did you mean `{close}`?", close=close[0])
    return (
        worded("Known are: {known}.", known=", ".join(known))
        if 0 < len(known) <= 40
        else worded("Look at docs/language/flow-file.md.")
    )


def _likely(word: str, known: Sequence[str]) -> Sequence[str]:
    """Of very many words only some that look alike at first sight, so that a long file is judged in time."""
    if len(known) <= _MANY:
        return known
    alike = (name for name in known if name[:2] == word[:2] and abs(len(name) - len(word)) <= 2)
    return list(islice(alike, _MANY))


def short(text: str) -> str:
    """At most 60 characters on one line."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
