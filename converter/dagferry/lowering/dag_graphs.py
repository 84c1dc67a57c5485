"""The graphs of a folder's DAGs for the model, from what the machine has followed."""

from __future__ import annotations

from collections.abc import Sequence

from dagferry.lowering.module import ModuleLowering
from dagferry.lowering.unfollowed_tasks import loose_nodes, unmade_dag
from dagferry.model.dag import Dag, Edge, Node
from dagferry.source.abstract import Builder
from dagferry.source.machine import Machine


class DagGraphs:
    """Makes the DAGs of each module. `readers` are the modules that make DAGs and tasks."""

    def __init__(self, readers: Sequence[ModuleLowering], machine: Machine) -> None:
        self.by_path = {reader.module.path: reader for reader in readers}
        self.published = machine.published
        self.made: dict[str, list[Builder]] = {}
        self.keys = set(machine.builders)
        for path, builder in machine.dags:
            self.made.setdefault(path, []).append(builder)

    def of(self, reader: ModuleLowering) -> tuple[Dag, ...]:
        """The DAGs that running a module makes, then those that nothing is seen to make."""
        made = [self._dag(builder) for builder in self.made.get(reader.module.path, ())]
        unmade = [
            unmade_dag(reader, position)
            for position, site in enumerate(reader.sites)
            if site.key not in self.keys and site.form != "expression"
        ]
        return (*made, *unmade)

    def _dag(self, builder: Builder) -> Dag:
        home = self.by_path[builder.module.path]
        site = home.positions_of_sites[builder.site]
        nodes = tuple(
            Node(
                task_id=made.task_id,
                family=made.family,
                conditional=made.conditional,
                module=made.module.path,
                task=self.by_path[made.module.path].positions[made.call],
            )
            for made in builder.nodes
        )
        loose = loose_nodes(home, site, {(made.module.path, made.call) for made in builder.nodes})
        edges = tuple(
            Edge(upstream=up, downstream=down, data=data)
            for (up, down), data in sorted(builder.edges.items())
        )
        return Dag(
            dag_id=builder.dag_id,
            family=builder.family,
            module=builder.module.path,
            site=site,
            attribute=self.published.get(builder),
            deployment=home.deployment(home.sites[site], builder),
            nodes=(*nodes, *loose),
            edges=edges,
            exact=builder.exact and not loose,
        )
