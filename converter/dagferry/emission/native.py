"""Writes a lifted flow: plain calls where there is one order, submits where work can overlap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

from dagferry.build.layout import Room, lay_out
from dagferry.build.nodes import Dotted, Entry, Invoke, Listed, Named, Node, Raw
from dagferry.emission.data_flow import DataFlow, Use
from dagferry.emission.flows import FlowWriter
from dagferry.emission.function_text import FunctionText
from dagferry.emission.places import begins_with_text
from dagferry.emission.result_names import ResultNames
from dagferry.emission.statements import with_above, with_behind, written_above
from dagferry.emission.templates import needs_run
from dagferry.model.context_names import TASK_INSTANCE
from dagferry.model.dag import Dag, Statement
from dagferry.model.function import Function
from dagferry.model.task import Task
from dagferry.model.values import Const, Template
from dagferry.plan.functions import needs_rewrite
from dagferry.syntax import make
from dagferry.syntax import nodes as cst
from dagferry.syntax.write import comments_in


class NativeWriter:
    """The body of a lifted flow."""

    def __init__(self, flow: FlowWriter, dag: Dag, submits: bool) -> None:
        self.flow = flow
        self.dag = dag
        self.submits = submits
        self.tasks = flow.tasks
        self.tasks.in_graph = False
        self.tasks.params = frozenset(param.name for param in flow.site.params)
        self.data = DataFlow(flow.module, flow.site, dag, flow.tasks.index)
        self.order = self.data.order
        self.position = self.data.position
        self.carried: dict[int, set[int]] = {i: set() for i in range(len(dag.nodes))}
        self.names = ResultNames(self.data, flow.tasks, submits).names

    def _value(self, use: Use) -> Node:
        value: Node = Raw(self.names[use.node])
        for key in use.path:
            value = Entry(value, key)
        return value

    def _arguments(self, node: int, explicit: tuple[Node, ...]) -> list[Node]:
        task, function = self.data.task(node), self.data.function(node)
        self._note_templates(task)
        self.carried[node] |= self.data.argument_nodes(node) | self.data.nested_in(node)
        if function is None:
            return list(explicit)
        given = {argument.name for argument in task.arguments}
        found = [*explicit]
        if needs_rewrite(function):
            found += self._slots(node, function)
        for name in function.context_parameters:
            if name not in given and name not in TASK_INSTANCE:
                self.flow.needs_run = True
                found.append(Named(name, Dotted(Raw(self.tasks.run), name)))
        return found

    def _note_templates(self, task: Task) -> None:
        for argument in task.arguments:
            value = argument.value
            if isinstance(value, Template) and value.source is not None and self._rendered(value):
                self.flow.needs_run = True

    def _rendered(self, value: Template) -> bool:
        """Whether writing a template takes the run."""
        places = self.flow.places
        literal = value.span is None or begins_with_text(places.expression(value.span))
        return not literal or needs_run(value, self.tasks.params)

    def _slots(self, node: int, function: Function) -> list[Node]:
        text = FunctionText(function, self.flow.places)
        found: list[Node] = []
        for slot in text.slots:
            if slot.pull is None:
                self.flow.needs_run = True
                value: Node = Dotted(Raw(self.tasks.run), slot.key or "")
            else:
                uses = self.data.uses(slot.pull.task_ids, slot.pull.key)
                self.carried[node] |= {use.node for use in uses}
                values = tuple(self._value(use) for use in uses)
                value = Listed(values) if slot.pull.many else values[0]
            plain = text.by_position and not self.data.task(node).arguments
            found.append(value if plain else Named(slot.name, value))
        return found

    # Statements.

    def call(self, node: int) -> Node:
        """The call or submit of a task."""
        task = self.data.task(node)
        form = self.tasks.form(
            task, name=Const(value=self.dag.nodes[node].task_id) if _is_const(task) else None
        )
        arguments = self._arguments(node, form.arguments)
        if not self.submits:
            return Invoke(form.task, tuple(arguments))
        rest = sorted(self.order.upstream[node] - self.carried[node])
        if rest:
            futures = tuple(Raw(self.names[up]) for up in rest)
            arguments.append(Named("wait_for", Listed(futures)))
        return Invoke(Dotted(form.task, "submit"), tuple(arguments))

    def write(self) -> tuple[list[cst.Statement], list[str]]:
        """The statements of the body, and the comments behind them."""
        site, places = self.flow.site, self.flow.places
        for task, node in self.position.items():
            call = places.expression(self.flow.module.tasks[task].span)
            places.changes.replace(call, partial(self._nested_call, node))
        found: list[cst.Statement] = []
        pending: list[str] = []
        for index in self._sequence():
            statement = site.body[index]
            node_there = places.statement(statement.span)
            above, behind = places.around(node_there)
            new = self._statement(statement)
            if not new:
                pending += [text for text in (*above, behind) if text]
                continue
            own = written_above(above, first=not found and not pending)
            new[-1] = with_behind(new[-1], behind)
            new[0] = with_above(new[0], [*pending, *own, *self._lost(statement, new)])
            found += new
            pending = []
        after = [*pending, *self.flow.last_comments()]
        if self.submits:
            leaves = tuple(Raw(self.names[leaf]) for leaf in self.order.leaves)
            result = lay_out(Listed(leaves), Room(block=4, before=11))
            return [*found, make.line(cst.Return(result), above=after)], []
        return found, after

    def _lost(self, statement: Statement, new: Sequence[cst.Statement]) -> list[str]:
        """Comments inside calls that are written anew, where the new ones do not have them."""
        tasks, places = self.flow.module.tasks, self.flow.places
        calls = [places.expression(tasks[task].span) for task in statement.tasks]
        outer = [call for call in calls if not any(places.holds(one, call) for one in calls)]
        before = [comment for call in outer for comment in places.comments(call)]
        kept = Counter(comment for one in new for comment in comments_in(one)) if before else {}
        left = Counter(before) - Counter(kept)
        return [comment for comment in before if left[comment] > 0]

    def _nested_call(self, node: int) -> cst.BaseExpression:
        return lay_out(self.call(node), Room(block=4, before=8))

    def _sequence(self) -> list[int]:
        """The order of the statements: the code's, or the graph's where the two disagree."""
        body = self.flow.site.body
        if self.order.in_code_order:
            return list(range(len(body)))
        rank = {node: place for place, node in enumerate(self.order.sorted)}
        return sorted(range(len(body)), key=lambda i: (self._rank(body[i], rank), i))

    def _rank(self, statement: Statement, rank: dict[int, int]) -> int:
        nodes = [self.position[task] for task in statement.tasks if task in self.position]
        return max((rank[node] for node in nodes), default=-1)

    def _statement(self, statement: Statement) -> list[cst.Statement]:
        if statement.kind == "task":
            return [self._assigned(self.position[statement.tasks[0]])]
        if statement.kind == "edge":
            return [self._assigned(self.position[task]) for task in self._inline(statement)]
        if statement.kind in {"property", "mention"}:
            return []
        places = self.flow.places
        return places.lines(places.statement(statement.span))

    def _inline(self, statement: Statement) -> list[int]:
        return [task for task in statement.tasks if self.position[task] not in self.data.nested]

    def _assigned(self, node: int) -> cst.Statement:
        name = self.names.get(node)
        before = 4 + (len(f"{name} = ") if name else 0)
        call = lay_out(self.call(node), Room(block=4, before=before))
        return make.assigned(name, call) if name else make.line(cst.Expr(call))


def _is_const(task: Task) -> bool:
    return isinstance(task.name, Const)
