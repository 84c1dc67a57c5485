"""Questions about the graph of one DAG: order, ancestors, leaves."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush

from dagferry.model.dag import Dag


class Order:
    """The graph of a DAG by positions of its nodes. `cycle` names the tasks of one, if there is one."""

    def __init__(self, dag: Dag) -> None:
        count = len(dag.nodes)
        self.dag = dag
        self.upstream: list[set[int]] = [set() for _ in range(count)]
        self.downstream: list[set[int]] = [set() for _ in range(count)]
        for edge in dag.edges:
            self.upstream[edge.downstream].add(edge.upstream)
            self.downstream[edge.upstream].add(edge.downstream)
        self.cycle: tuple[str, ...] = ()
        self.sorted: tuple[int, ...] = ()
        self._sort()

    def _sort(self) -> None:
        """Topological, and among what is free the order of the code."""
        sorter = TopologicalSorter({i: sorted(up) for i, up in enumerate(self.upstream)})
        try:
            sorter.prepare()
        except CycleError as error:
            self.cycle = tuple(self.dag.nodes[i].task_id for i in reversed(error.args[1]))
            return
        waiting = [len(up) for up in self.upstream]
        free = [node for node, left in enumerate(waiting) if left == 0]
        order: list[int] = []
        while free:
            node = heappop(free)
            order.append(node)
            for down in self.downstream[node]:
                waiting[down] -= 1
                if waiting[down] == 0:
                    heappush(free, down)
        self.sorted = tuple(order)

    @property
    def in_code_order(self) -> bool:
        """Whether the order of the code is already a topological one."""
        return all(up < i for i, ups in enumerate(self.upstream) for up in ups)

    @property
    def is_chain(self) -> bool:
        """Whether the edges leave only one order: each task waits for the one before it."""
        pairs = zip(self.sorted, self.sorted[1:])
        return all(first in self.upstream[second] for first, second in pairs)

    @property
    def leaves(self) -> tuple[int, ...]:
        """The nodes that nothing waits for."""
        return tuple(i for i, down in enumerate(self.downstream) if not down)

    def ancestors(self, node: int) -> set[int]:
        """Every node that ends before this one starts."""
        found: set[int] = set()
        stack = list(self.upstream[node])
        while stack:
            one = stack.pop()
            if one not in found:
                found.add(one)
                stack += self.upstream[one]
        return found
