"""Flows by slug and by version. A published version never changes; a running journey keeps its own.

The current flows come from a folder (`flows/<slug>/flow.yaml`); each is put in the store under its content hash, so
that a journey finds its version again after the file was edited. Graphs are compiled once and kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from api.clock import Clock
from api.store.port import FlowRow, Store
from engine.errors import FlowError, Problem, RefusedEvent, Where, worded
from engine.graph.graph import Graph
from engine.graph.load import load_flow

MOST_KEPT = 256
FLOW_FILE = "flow.yaml"
LARGEST = 1_000_000


def flow_text(path: Path, shown: str) -> str:
    """The text of a file that messages call `shown`. Raises FlowError for what is no text; OSError."""
    if path.stat().st_size > LARGEST:
        too_large = worded("The file is larger than {largest} kB; that is no flow file.", largest=LARGEST // 1000)
        raise FlowError([Problem(Where(shown, 1, 1), "E-SIZE", too_large)])
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        no_text = Problem(
            Where(shown, 1, 1), "E-UTF8", worded("The file is not UTF-8 text."), worded("Save it as UTF-8.")
        )
        raise FlowError([no_text]) from None


def read_flow_file(path: Path) -> tuple[Graph, str]:
    """The graph of one file, and its text. Raises FlowError; OSError when it cannot be read."""
    text = flow_text(path, str(path))
    return load_flow(text, str(path)), text


class Library:
    """See the top of this module. `problems` holds what was wrong with flows that could not be loaded, by slug."""

    def __init__(self, folder: Path, store: Store, clock: Clock, tenant: str) -> None:
        self._folder = folder
        self._store = store
        self._clock = clock
        self._tenant = tenant
        self._current: dict[str, Graph] = {}
        self._kept: OrderedDict[str, Graph] = OrderedDict()
        self.problems: dict[str, FlowError | OSError] = {}
        self.folder_wins = True
        self._since: datetime | None = None

    async def load(self) -> None:
        """Read the folder and publish what is new. A faulty flow is left out and named in `problems`.

        Where the folder does not win (production), a version that was published before stays as it is: what
        `wegwijzer publish` made the current one is that after a start too.
        """
        for path in sorted(self._folder.glob(f"*/{FLOW_FILE}")):
            try:
                graph, text = read_flow_file(path)
            except (FlowError, OSError) as error:  # one bad file keeps no other flow from its citizens
                self.problems[path.parent.name] = error
                continue
            if self.folder_wins or not await self.is_published(graph.version):
                await self.publish(graph, text)
        self._since = self._clock.now() if self.folder_wins else None
        await self.refresh()

    async def refresh(self) -> None:
        """Take up what was published elsewhere: the newest version of every flow. Running journeys keep theirs.

        Where the folder wins, only what was published since: a flow that was taken out of the folder stays away.
        """
        for row in await self._store.flows(self._tenant):
            serving = self._current.get(row.slug)
            newer = self._since is None or row.published_at > self._since
            if newer and (serving is None or serving.version != row.version):
                try:
                    self._current[row.slug] = await self.by_version(row.version)
                except FlowError as error:
                    self.problems[row.slug] = error

    async def is_published(self, version: str) -> bool:
        """Whether this version was ever published here."""
        return await self._store.flow(self._tenant, version) is not None

    async def publish(self, graph: Graph, text: str, by: str = "") -> None:
        """Make this version the current one of its slug. Running journeys keep theirs."""
        row = FlowRow(self._tenant, graph.flow.flow, graph.version, text, self._clock.now(), by)
        await self._store.publish_flow(row)
        self._current[graph.flow.flow] = graph
        self._keep(graph)

    @property
    def current(self) -> Mapping[str, Graph]:
        """The current version of each flow, by slug."""
        return self._current

    def by_slug(self, slug: str) -> Graph:
        """The current version. RefusedEvent when there is no such flow."""
        graph = self._current.get(slug)
        if graph is None:
            raise RefusedEvent("refused.no_such_flow")
        return graph

    async def by_version(self, version: str) -> Graph:
        """The graph with this content hash. RefusedEvent when it was never published here."""
        graph = self._kept.get(version)
        if graph is not None:
            self._kept.move_to_end(version)
            return graph
        row = await self._store.flow(self._tenant, version)
        if row is None:
            raise RefusedEvent("refused.no_such_flow")
        graph = load_flow(row.source, f"{row.slug}@{version[:12]}")
        self._keep(graph)
        return graph

    def _keep(self, graph: Graph) -> None:
        self._kept[graph.version] = graph
        self._kept.move_to_end(graph.version)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
