"""Answers so far in words: what, from whom, since when, whether it counts, and what can be done about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.feel.unsure import UNSURE
from engine.flow.keys import FactKey, read_key
from engine.flow.model import FactType
from engine.graph.graph import FactNode, Graph
from engine.journey.events import Supplier
from engine.journey.facts import day
from engine.journey.relevance import applies, around
from engine.journey.state import Answer
from ui_schema.build_fields import item_name
from ui_schema.flow_texts import filled, shown, words
from ui_schema.notation import day_words, period_words, size_words
from ui_schema.page import AnswerGroup, AnswerLine, ListItem
from ui_schema.scene import Scene
from ui_schema.shape import Action, ActionKind, Language
from ui_schema.texts import known, say

OUR_WORDS = frozenset({FactType.BOOLEAN, FactType.CHOICE, FactType.CHOICES, FactType.DURATION, FactType.PERIOD})


def answer_groups(scene: Scene, *, professional: bool = False) -> tuple[AnswerGroup, ...]:
    """All answers: under the titles of the flow's pages, list items under their own name, the rest together.

    A professional sees every source; a citizen is not told what they told us themselves.
    """
    grouped: dict[str, list[AnswerLine]] = {}
    titles = _titles(scene)
    for key in keys_in_order(scene.graph, scene.journey.answers):
        parsed = read_key(key)
        if parsed is None:
            continue
        title = titles.get(parsed.name, "") if not parsed.field else _item_title(scene, parsed)
        grouped.setdefault(title, []).append(answer_line(scene, key, professional=professional))
    groups = tuple(AnswerGroup(title=title, lines=tuple(lines)) for title, lines in grouped.items())
    return (*groups, *_not_kept(scene))


def _not_kept(scene: Scene) -> Iterator[AnswerGroup]:
    """What was known and is no longer kept: that it was, since when not, and how long it is kept."""
    journey, language = scene.journey, scene.language
    lines = tuple(
        AnswerLine(
            fact=key,
            label=question_of(scene, key),
            text=say(language, "answers.not_kept", date=day_words(day(own.at), language)),
            supplier=say(language, "answers.kept_for", period=period_words(own.rule, language)),
        )
        for key in keys_in_order(scene.graph, journey.erased)
        for own in (journey.erased[key],)
    )
    if lines:
        yield AnswerGroup(title=say(language, "answers.no_longer"), lines=lines)


def _titles(scene: Scene) -> Mapping[str, str]:
    """The heading of each fact that stands on a page of the flow."""
    pages = scene.graph.flow.pages.values()
    return {fact: words(page.title, scene.language) for page in pages for fact in page.facts}


def _item_title(scene: Scene, key: FactKey) -> str:
    return item_name(scene.view.item(key.name, key.at), scene.language)


def keys_in_order(graph: Graph, answers: Mapping[str, object]) -> list[str]:
    """Keys of answers in the author's order, a list's items one by one before the list itself."""

    def place(key: str) -> tuple[int, int, int]:
        parsed = read_key(key) or FactKey(key)
        own = graph.facts[parsed.name].order
        if parsed.field:
            return own, parsed.at, graph.facts[parsed.path].order
        return own, 1_000_000, 0

    return sorted((key for key in answers if (read_key(key) or FactKey("")).name in graph.facts), key=place)


def answer_line(scene: Scene, key: str, *, professional: bool = False) -> AnswerLine:
    """One answer. `counts` is False when the flow does not ask it in this situation."""
    answer, language = scene.journey.answers[key], scene.language
    node = node_of(scene.graph, key)
    label = question_of(scene, key)
    told = professional or answer.supplier is not Supplier.CITIZEN
    return AnswerLine(
        fact=key,
        label=label,
        text=_text(scene, key, node, answer),
        items=_items(scene, node, answer),
        supplier=supplier_words(str(answer.supplier), answer.source, language, professional) if told else "",
        on=day_words(day(answer.at), language) if told else "",
        disputed=answer.disputed,
        counts=applies(scene.graph, scene.view, key),
        change=None if professional else _change(scene, key, label),
        dispute=None if professional else _dispute(scene, key, label),
        file=_file(node, answer, language),
    )


def node_of(graph: Graph, key: str) -> FactNode:
    """The declaration of a fact that the journey holds."""
    parsed = read_key(key)
    assert parsed is not None
    return graph.facts[parsed.path]


def question_of(scene: Scene, key: str) -> str:
    """A fact as it is asked, with the name of its item; its label where it is never asked."""
    node, env = node_of(scene.graph, key), around(scene.view, key)
    added = {"item": item_name(env, scene.language)}
    asked = filled(node.spec.ask, scene.language, env, added)
    return asked or filled(node.spec.label, scene.language, env, added) or node.name.replace("_", " ").capitalize()


def _text(scene: Scene, key: str, node: FactNode, answer: Answer) -> str:
    if node.spec.type is FactType.LIST:
        return say(scene.language, "answers.items", count=answer.value)
    text = shown(scene.graph, key, answer.value, scene.language)
    return text[:1].upper() + text[1:] if node.spec.type in OUR_WORDS or answer.value is UNSURE else text


def _items(scene: Scene, node: FactNode, answer: Answer) -> tuple[str, ...]:
    if node.spec.type is not FactType.CHOICES or not isinstance(answer.value, list) or len(answer.value) < 2:
        return ()
    return tuple(node.spec.options[own].in_(scene.language.value) for own in answer.value if own in node.spec.options)


def supplier_words(supplier: str, source: str, language: Language, professional: bool = False) -> str:
    """Who supplied a fact, as people call them: a citizen reads "uzelf", a professional "de burger"."""
    if supplier != Supplier.REGISTER:
        own = f"work.supplier.{supplier}"
        return say(language, own if professional and known(own) else f"supplier.{supplier}")
    name = source.removeprefix("register:").partition(".")[0]
    key = f"register.{name}"
    return say(language, key) if known(key) else say(language, "register.other", name=name)


def _file(node: FactNode, answer: Answer, language: Language) -> Action | None:
    """What was sent in, to be seen again."""
    if node.spec.type is not FactType.FILE or not isinstance(answer.value, Mapping):
        return None
    name, size = str(answer.value["name"]), size_words(int(answer.value["size"]), language)
    return Action(kind=ActionKind.OPEN_FILE, label=f"{name} ({size})", to=str(answer.value["id"]))


def _change(scene: Scene, key: str, label: str) -> Action | None:
    if key not in scene.options.changeable:
        return None
    language = scene.language
    spoken = say(language, "do.change_of", label=label)
    return Action(kind=ActionKind.CHANGE, label=say(language, "do.change"), spoken=spoken, fact=key)


def _dispute(scene: Scene, key: str, label: str) -> Action | None:
    if key not in scene.options.disputable:
        return None
    language = scene.language
    spoken = say(language, "do.dispute_of", label=label)
    return Action(kind=ActionKind.DISPUTE, label=say(language, "do.dispute"), spoken=spoken, fact=key)


def list_items(scene: Scene, name: str) -> tuple[ListItem, ...]:
    """The items of a list so far."""
    return tuple(_list_item(scene, name, at) for at in range(scene.view.length(name)[0]))


def _list_item(scene: Scene, name: str, at: int) -> ListItem:
    language = scene.language
    title = item_name(scene.view.item(name, at), language)
    keys = [key for key in keys_in_order(scene.graph, scene.journey.answers) if key.startswith(f"{name}[{at}].")]
    return ListItem(
        number=at + 1,
        title=title,
        lines=tuple(answer_line(scene, key) for key in keys),
        remove=Action(
            kind=ActionKind.REMOVE_ITEM,
            label=say(language, "do.remove"),
            spoken=say(language, "do.remove_of", label=title),
            fact=f"{name}[{at}]",
            writes=True,
        ),
    )


def answered_by_citizen(scene: Scene) -> Iterator[str]:
    """Keys that the citizen answered, in the order of answering."""
    for key, answer in scene.journey.answers.items():
        if answer.supplier is Supplier.CITIZEN and applies(scene.graph, scene.view, key):
            yield key
