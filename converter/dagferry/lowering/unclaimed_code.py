"""Refuses the code of DAGs that no DAG and no task claims: nothing of it is passed over in silence."""

from __future__ import annotations

from dagferry.lowering.airflow_use import Mention, mentions
from dagferry.lowering.asked_objects import asks_a_task, asks_the_dag, helper_asks
from dagferry.lowering.dag_site import RawSite, bound_in
from dagferry.lowering.module_reader import ModuleReader, Sites
from dagferry.lowering.names import (
    changed_by_code,
    changed_later,
    read_before_bound,
)
from dagferry.lowering.scopes import scopes_of
from dagferry.lowering.shared_names import asked_in_functions, read_by_others
from dagferry.lowering.toplevel import is_mentioned
from dagferry.messages import reason
from dagferry.source.airflow_names import DAG_DECORATORS, decorator_of, is_task_decorator
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled
from dagferry.syntax.walking import around, below, loads


class UnclaimedCode:
    """What nothing claims in one module; `owners` are the DAG sites of the whole folder.

    Afterwards `leftover` has the mentions of Airflow that no DAG is given up for, `dag_ids` the
    places that ask a DAG for its id.
    """

    def __init__(self, reader: ModuleReader, owners: Sites) -> None:
        self.reader = reader
        self.owners = owners
        self.module = reader.module
        self.machine = reader.machine
        self.sites = reader.sites
        self.positions = reader.positions
        self.leftover: list[Mention] = []
        self.dag_ids: set[grammar.Attribute] = set()

    def refuse(self) -> None:
        """Refuse every DAG whose code holds some of it."""
        claimed = self._claimed()
        for mention in mentions(self.module):
            if any(one in claimed for one in (mention.node, *around(mention.node))):
                continue
            owner = self._owner(mention)
            if owner is None:
                self.leftover.append(mention)
            else:
                what = reason("graph code", name=mention.origin.rpartition(".")[2])
                self.reader.refuse(owner, what, mention.span.line)
        self._refuse_with_helpers()
        self._refuse_given_arguments()
        for site in self.sites:
            name = read_before_bound(site, self.module, self.positions)
            if name is not None:
                self.reader.refuse(site, reason("name that is bound again", name=name))
            settled = self._settled(site)
            late = changed_later(site, self.module, self._inherited(site), settled)
            if late is not None:
                self.reader.refuse(site, reason("value that changes later", name=late))
            kept = changed_by_code(site, self.module)
            if kept is not None:
                self.reader.refuse(site, reason("value that changes in place", name=kept))
            asked = asks_the_dag(site) or asks_a_task(site, self.positions)
            if asked is not None:
                self.reader.refuse(site, reason("graph code", name=asked))
            self._refuse_shared(site)
        for node, builder in self.machine.unfollowed.items():
            reader, owner = self.owners[builder.site]
            if reader is self.reader:
                reader.refuse(owner, reason("graph code", name=spelled(node.func)), node.line)
        self._refuse_asked()
        self._take_along()

    def _settled(self, site: RawSite) -> list[grammar.Expression]:
        """Arguments of the DAG that leave no code; `default_args` do where a task takes them in the run."""
        header = self.reader.headers[site]
        nodes = [node for one in self.machine.builders.get(site.key, ()) for node in one.nodes]
        calls = {task.node for task in self.reader.tasks if task.task.by_class}
        if all(node.module is self.module and node.call not in calls for node in nodes):
            return header.settled
        inherited = header.defaults_node
        return [one for one in header.settled if one is not inherited]

    def _inherited(self, site: RawSite) -> list[grammar.Node]:
        """What tasks of the DAG take from `default_args` that stand in this module."""
        given = self.reader.headers[site].default_args.values()
        return [value.node for value in given if value.module is self.module and value.spelled]

    def _refuse_asked(self) -> None:
        """A flow has no attribute of a DAG's but its id."""
        self.dag_ids = asked_in_functions(self.module, self.sites, "dag_id")
        for node, (module, builder) in self.machine.asked_dags.items():
            if module is not self.module or any(self._builds(site, node) for site in self.sites):
                continue
            if node.attr == "dag_id":
                self.dag_ids.add(node)
            elif builder.site in self.owners:
                reader, site = self.owners[builder.site]
                reader.refuse(site, reason("graph code", name=spelled(node)), node.line)
        for site in self.sites:
            for node in asked_in_functions(self.module, [site]) - self.dag_ids:
                self.reader.refuse(site, reason("graph code", name=spelled(node)), node.line)

    def _take_along(self) -> None:
        """What asks a DAG that is given up goes with it: its stub would fail while the module loads."""
        for node, (module, builder) in self.machine.asked_dags.items():
            reader, site = self.owners.get(builder.site, (None, None))
            if module is not self.module or reader is not self.reader or site is None:
                continue
            if site in self.reader.refusals and node.attr != "dag_id":
                self._take_statement(site, node)

    def _take_statement(self, site: RawSite, node: grammar.Node) -> None:
        taken = [s for one in self.sites for s in (*one.moved, one.statement)]
        names: set[str] = set()
        for statement in self.module.tree.body:
            if any(statement.holds(one.statement) for one in self.sites):
                # What a DAG stands in stays where it is.
                continue
            if statement in taken or isinstance(
                statement, (grammar.FunctionDef, grammar.ClassDef, grammar.Import)
            ):
                continue
            read = {name.id for name in loads(statement)}
            if statement.holds(node) or read & names:
                site.moved.append(statement)
                names |= bound_in([statement])

    def _builds(self, site: RawSite, node: grammar.Node) -> bool:
        return any(statement.holds(node) for statement in [*site.body, *site.moved])

    def _refuse_shared(self, site: RawSite) -> None:
        """Refuse what the block shares with the code around it: the names it binds, and its own."""
        same = [s for s in self.sites if s.variable == site.variable and s.path == site.path]
        if len(same) > 1 and is_mentioned(site, self.module, self.sites, self.positions):
            self.reader.refuse(site, reason("variable of several DAGs", name=site.variable))
        shared = read_by_others(site, self.module, self.sites)
        if shared is not None:
            name, spoilt = shared
            for one in spoilt:
                self.reader.refuse(one, reason("name that is shared", name=name))

    def _refuse_given_arguments(self) -> None:
        """`my_dag(v=5)`: the call would set params of the DAG, and a flow must not be called here."""
        for module, call in self.machine.dag_calls:
            if module is not self.module or not (call.args or call.keywords):
                continue
            called = spelled(call.func)
            for reader, site in self.owners.values():
                if site.form == "decorator" and site.variable == called.rpartition(".")[2]:
                    reader.refuse(site, reason("call of a DAG with arguments", name=called))

    def _claimed(self) -> set[grammar.Node]:
        """The calls and decorators that somebody reads, with all that is in them."""
        found: set[grammar.Node] = {task.node for task in self.reader.tasks}
        found |= {site.call for site in self.sites}
        for function in scopes_of(self.module).functions.values():
            decorator = decorator_of(function, self.module)
            if decorator is not None and (
                is_task_decorator(decorator[0]) or decorator[0] in DAG_DECORATORS
            ):
                found.add(decorator[1])
        return found

    def _owner(self, mention: Mention) -> RawSite | None:
        """The DAG site in whose graph-building code a mention stands (not in a task's body)."""
        for site in self.sites:
            if any(_is_graph_code(mention.node, statement) for statement in site.body):
                return site
        return None

    def _refuse_with_helpers(self) -> None:
        """A helper that mentions what nothing claims refuses every DAG that it makes tasks for."""
        scopes = scopes_of(self.module)
        for function in scopes.functions.values():
            asked = helper_asks(function)
            if asked is not None:
                self._refuse_callers(function, asked)
        for mention in list(self.leftover):
            for function in scopes.functions.values():
                if _is_helper_code(mention.node, function):
                    self._refuse_callers(function, mention.origin.rpartition(".")[2])

    def _refuse_callers(self, function: grammar.Node, what: str) -> None:
        for node in below(function, grammar.Call):
            for builder in self.machine.site_dags.get(node, []):
                reader, site = self.owners[builder.site]
                reader.refuse(site, reason("graph code in a helper", name=what))


def _is_helper_code(
    node: grammar.Node, function: grammar.FunctionDef | grammar.AsyncFunctionDef
) -> bool:
    """Whether a node of a helper runs when the DAG is built: its body, and before it its decorators."""
    return any(_is_graph_code(node, part) for part in [*function.body, *function.decorator_list])


def _is_graph_code(node: grammar.Node, statement: grammar.Node) -> bool:
    """Whether a node of a statement runs when the DAG is built: not in the body of a nested function."""
    if isinstance(statement, (grammar.FunctionDef, grammar.AsyncFunctionDef)):
        parts = [*statement.decorator_list, *statement.args.defaults]
        return node.owner == statement.number and any(part.holds(node) for part in parts)
    return statement.holds(node) and node.owner == statement.owner
