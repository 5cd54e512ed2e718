"""The worklist as a page: what is in force, what each other choice would leave, the tasks, and the way on.

    toon=vrij|mijn|alles          whose work: to claim (left out), mine, everybody's
    termijn=laat|vandaag|week     promised before now, for today, for this week; left out: any time
    proces=SLUG  kanaal=CHANNEL  kenmerk=REFERENCE

The address holds all of it, so a page can be kept, shared and gone back to; filters are links and one form with GET.
Called by `api.web.worker`; the same words there and here. Tests: tests/ui_schema/test_build_work.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from engine.graph.graph import Graph
from engine.journey.events import Channel
from ui_schema.build_work import Desk, TaskFacts, task_row, work_frame
from ui_schema.shape import Action, ActionKind, Language
from ui_schema.texts import say
from ui_schema.work import Filter, FilterGroup, Kept, Search, WorkKind, WorkPage

WHOSE = {"vrij": "work.filter.free", "mijn": "work.filter.mine", "alles": "work.filter.all"}
DUE = {"": "work.due.any", "laat": "work.due.late", "vandaag": "work.due.today", "week": "work.due.week"}
FREE = "vrij"


@dataclass(frozen=True)
class Shown:
    """What is in force, in the words of the address. `wrong`: what was typed as a reference is none."""

    whose: str = FREE
    due: str = ""
    flow: str = ""
    channel: str = ""
    reference: str = ""
    wrong: bool = False

    @property
    def words(self) -> dict[str, str]:
        """The address's own words, without what goes without saying."""
        whose = "" if self.whose == FREE else self.whose
        own = {"toon": whose, "termijn": self.due, "proces": self.flow, "kanaal": self.channel}
        return {name: value for name, value in {**own, "kenmerk": self.reference}.items() if value}

    @property
    def query(self) -> str:
        return urlencode(self.words)


def worklist_page(
    desk: Desk,
    tasks: Sequence[TaskFacts],
    graphs: Mapping[str, Graph],
    shown: Shown,
    counts: Mapping[str, int] | None = None,
    after: str = "",
) -> WorkPage:
    """The tasks, urgent first. `counts` by the words of WHOSE and DUE; `after`: the mark of the next page."""
    language = desk.language
    rows = tuple(task_row(desk, task, graphs.get(task.flow)) for task in tasks)
    more = urlencode({**shown.words, "na": after}) if after else ""
    everything = replace(shown, wrong=False) == Shown(whose="alles")
    return work_frame(
        desk,
        WorkKind.WORKLIST,
        say(language, "work.list.title"),
        lead=say(language, "work.list.lead"),
        filters=_filters(shown, counts or {}, language),
        search=_search(shown, graphs, language),
        rows=rows,
        empty="" if rows else say(language, "work.list.empty" if everything else "work.list.empty_filter"),
        more=Action(kind=ActionKind.WORKLIST, label=say(language, "work.list.more"), to=more) if more else None,
    )


def _filters(shown: Shown, counts: Mapping[str, int], language: Language) -> tuple[FilterGroup, ...]:
    def choice(key: str, to: Shown, name: str, current: bool) -> Filter:
        return Filter(label=say(language, key), to=to.query, current=current, count=counts.get(name))

    whose = [choice(key, replace(shown, whose=own), own, own == shown.whose) for own, key in WHOSE.items()]
    due = [choice(key, replace(shown, due=own), own, own == shown.due) for own, key in DUE.items()]
    return (
        FilterGroup(name="toon", label=say(language, "work.filter.state"), filters=tuple(whose)),
        FilterGroup(name="termijn", label=say(language, "work.filter.due"), filters=tuple(due)),
    )


def _search(shown: Shown, graphs: Mapping[str, Graph], language: Language) -> Search:
    flows = {slug: graph.flow.question.in_(language.value) for slug, graph in sorted(graphs.items())}
    if shown.flow and shown.flow not in flows:
        flows[shown.flow] = shown.flow
    channels = {own.value: say(language, f"channel.{own.value}").capitalize() for own in Channel}
    narrowed = any((shown.due, shown.flow, shown.channel, shown.reference))
    return Search(
        kept=tuple(Kept(name=name, value=own) for name, own in shown.words.items() if name in ("toon", "termijn")),
        choices=(
            _choice("proces", say(language, "work.filter.flow"), flows, shown.flow, language),
            _choice("kanaal", say(language, "work.filter.channel"), channels, shown.channel, language),
        ),
        name="kenmerk",
        label=say(language, "work.filter.reference"),
        value=shown.reference,
        wrong=say(language, "work.filter.no_reference") if shown.wrong else "",
        submit=say(language, "work.filter.do"),
        clear=Shown(whose=shown.whose).query or "toon=vrij" if narrowed else "",
        clear_label=say(language, "work.filter.clear"),
    )


def _choice(name: str, label: str, values: Mapping[str, str], current: str, language: Language) -> FilterGroup:
    options = {"": say(language, "work.filter.any"), **values}
    own = tuple(Filter(label=text, to=value, current=value == current) for value, text in options.items())
    return FilterGroup(name=name, label=label, filters=own)
