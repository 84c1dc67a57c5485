"""Writes a lifted flow: plain calls where there is one order, submits where work can overlap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from dagferry.build.layout import Room, lay_out
from dagferry.build.names import fresh, identifier
from dagferry.build.nodes import Dotted, Entry, Invoke, Listed, Named, Node, Raw
from dagferry.constructs._registry import constructs
from dagferry.emission.flows import FlowWriter
from dagferry.emission.function_text import FunctionText
from dagferry.emission.places import begins_with_text
from dagferry.emission.requests import RESERVED
from dagferry.emission.statements import with_above, with_behind, written_above
from dagferry.emission.templates import needs_run
from dagferry.model.context_names import TASK_INSTANCE
from dagferry.model.dag import Dag, Statement
from dagferry.model.function import Function
from dagferry.model.task import Task
from dagferry.model.values import Code, Const, Template
from dagferry.model.xcom_keys import RETURN_VALUE
from dagferry.plan.functions import needs_rewrite
from dagferry.plan.lift import find_node
from dagferry.plan.order import Order
from dagferry.plan.xcoms import paths
from dagferry.syntax import make
from dagferry.syntax import nodes as cst
from dagferry.syntax.write import comments_in


@dataclass(frozen=True, slots=True)
class Use:
    """A task's value as another task takes it: the upstream node and the path into its result."""

    node: int
    path: tuple[str, ...]


class NativeWriter:
    """The body of a lifted flow."""

    def __init__(self, flow: FlowWriter, dag: Dag, submits: bool) -> None:
        self.flow = flow
        self.dag = dag
        self.order = Order(dag)
        self.submits = submits
        self.tasks = flow.tasks
        self.tasks.in_graph = False
        self.tasks.params = frozenset(param.name for param in flow.site.params)
        self.position = {node.task: index for index, node in enumerate(dag.nodes)}
        self.statement_of = {
            task: statement for statement in flow.site.body for task in statement.tasks
        }
        self.carried: dict[int, set[int]] = {i: set() for i in range(len(dag.nodes))}
        self.names: dict[int, str] = {}
        self._name_all()

    def _task(self, node: int) -> Task:
        return self.flow.module.tasks[self.dag.nodes[node].task]

    def _function(self, node: int) -> Function | None:
        return self.tasks.index.function(self._task(node).function)

    # Names.

    def _name_all(self) -> None:
        needed = self._referenced()
        used = {name for s in self.flow.site.body for name in s.reads} | self._functions_used
        taken = {*self.flow.module.top_names, *RESERVED, self.tasks.run, "logical_date", *used}
        taken |= {param.name for param in self.flow.site.params}
        targets = {s.target for s in self.flow.site.body if s.kind == "task" and s.target}
        for node in sorted(needed):
            name = self._wanted(node, (taken - targets) | self._functions_used)
            self.names[node] = name
            taken.add(name)
            self._rename(node, name)

    @cached_property
    def _functions_used(self) -> set[str]:
        """Names by which the flow calls its tasks: no variable of the flow may have one."""
        found = set()
        for node in range(len(self.dag.nodes)):
            task = self._task(node)
            if task.function is not None:
                found.add(task.function.name.rpartition(".")[2])
            elif isinstance(task.name, Const) and self._is_defined(task):
                found.add(identifier(str(task.name.value)))
        return found

    def _is_defined(self, task: Task) -> bool:
        """Whether the task is a function of our own above the flow, called like the task."""
        return task.refusal is not None or constructs()[task.construct].runs_nothing

    def _wanted(self, node: int, taken: set[str]) -> str:
        task = self._task(node)
        target = self.statement_of[self.dag.nodes[node].task].target
        if task.taskflow and target is not None:
            return fresh(target, taken - {target} | self._functions_used, "run")
        keys = [key for key in self._paths(node) if key != RETURN_VALUE]
        wanted = keys[0] if len(keys) == 1 else self.dag.nodes[node].task_id
        return fresh(identifier(wanted), taken, "run" if self.submits else "result")

    def _rename(self, node: int, name: str) -> None:
        statement = self.statement_of[self.dag.nodes[node].task]
        if statement.target is not None:
            self.tasks.renamed[statement.target] = name

    def _referenced(self) -> set[int]:
        found: set[int] = set()
        for node in range(len(self.dag.nodes)):
            found |= {use.node for uses in self._pulled(node) for use in uses}
            found |= self._argument_nodes(node)
            if self.submits:
                found |= self.order.upstream[node] - self._nested_in(node)
        if self.submits:
            found |= set(self.order.leaves)
        return found - self._nested

    @cached_property
    def _nested(self) -> set[int]:
        """Tasks that are called inside the arguments of another: they need no name."""
        return {up for node in range(len(self.dag.nodes)) for up in self._nested_in(node)}

    def _nested_in(self, node: int) -> set[int]:
        span = self._task(node).span
        return {
            other
            for other in self.order.upstream[node]
            if span.start < self._task(other).span.start and self._task(other).span.end < span.end
        }

    @cached_property
    def _targets(self) -> dict[str, int]:
        """The tasks that variables hold."""
        return {
            s.target: self.position[s.tasks[0]]
            for s in self.flow.site.body
            if s.kind == "task" and s.target and s.tasks and s.tasks[0] in self.position
        }

    def _argument_nodes(self, node: int) -> set[int]:
        """Tasks whose variables the arguments of a task name."""
        targets = self._targets
        found = set()
        for argument in self._task(node).arguments:
            if isinstance(argument.value, Code):
                found |= {targets[name] for name in argument.value.names if name in targets}
        return found

    # Values.

    def _paths(self, node: int) -> dict[str, tuple[str, ...]]:
        function = self._function(node)
        return paths(self._task(node), function, function is not None and needs_rewrite(function))

    def _pulled(self, node: int) -> list[list[Use]]:
        function = self._function(node)
        if function is None or not needs_rewrite(function):
            return []
        return [self._uses(pull.task_ids, pull.key) for pull in function.pulls]

    def _uses(self, task_ids: tuple[str, ...], key: str) -> list[Use]:
        found = []
        for task_id in task_ids:
            upstream = find_node(self.dag, task_id)
            assert upstream is not None
            found.append(Use(upstream, self._paths(upstream)[key]))
        return found

    def _value(self, use: Use) -> Node:
        value: Node = Raw(self.names[use.node])
        for key in use.path:
            value = Entry(value, key)
        return value

    def _arguments(self, node: int, explicit: tuple[Node, ...]) -> list[Node]:
        task, function = self._task(node), self._function(node)
        self._note_templates(task)
        self.carried[node] |= self._argument_nodes(node) | self._nested_in(node)
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
                uses = self._uses(slot.pull.task_ids, slot.pull.key)
                self.carried[node] |= {use.node for use in uses}
                values = tuple(self._value(use) for use in uses)
                value = Listed(values) if slot.pull.many else values[0]
            plain = text.by_position and not self._task(node).arguments
            found.append(value if plain else Named(slot.name, value))
        return found

    # Statements.

    def call(self, node: int) -> Node:
        """The call or submit of a task."""
        task = self._task(node)
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
        return [task for task in statement.tasks if self.position[task] not in self._nested]

    def _assigned(self, node: int) -> cst.Statement:
        name = self.names.get(node)
        before = 4 + (len(f"{name} = ") if name else 0)
        call = lay_out(self.call(node), Room(block=4, before=before))
        return make.assigned(name, call) if name else make.line(cst.Expr(call))


def _is_const(task: Task) -> bool:
    return isinstance(task.name, Const)
