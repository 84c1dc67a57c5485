"""Lowers every call that makes a task: asks the construct that claims it, or says what is refused."""

from __future__ import annotations

import traceback
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial

from dagferry import messages
from dagferry.constructs._base import Call, Construct, Refused, Unread
from dagferry.constructs._registry import claims
from dagferry.findings import Finding
from dagferry.lowering.bodies import refuse_body
from dagferry.lowering.defaults import Defaults
from dagferry.lowering.late_options import are_late
from dagferry.lowering.lost_names import refuse_lost_names
from dagferry.lowering.reserved_names import refuse_reserved
from dagferry.lowering.scopes import function_of, key_of, scopes_of
from dagferry.lowering.task_arguments import call_arguments, task_name, taskflow_arguments
from dagferry.lowering.task_calls import claimed, partial_of
from dagferry.lowering.task_stubs import no_construct, stub_of
from dagferry.lowering.taskflow_calls import has_override
from dagferry.messages import reason
from dagferry.model.task import FunctionKey, Task
from dagferry.model.values import Const
from dagferry.source.abstract import FunctionValue, Partial
from dagferry.source.airflow_names import decorator_of, short_name
from dagferry.source.annotations import returns_mapping
from dagferry.source.arguments import Arguments
from dagferry.source.constants import Located
from dagferry.source.machine import Machine
from dagferry.source.project import ParsedModule
from dagferry.syntax import grammar


@dataclass
class LoweredTask:
    """A task of the model with the findings on the way to it."""

    task: Task
    node: grammar.Call
    findings: list[Finding]


class TaskLowering:
    """Lowers the calls of one module."""

    def __init__(self, module: ParsedModule, machine: Machine, version: int) -> None:
        self.module = module
        self.version = version
        self.machine = machine
        self.scopes = scopes_of(module)

    def forgive(self, calls: Collection[grammar.Call]) -> None:
        """A variable for a task may have the name of the function that the task runs."""
        for node in self.module.index.of(grammar.Assign):
            match node:
                case grammar.Assign(targets=[grammar.Name(id=name)], value=grammar.Call() as call):
                    if call in calls:
                        self.scopes.bound[name] -= 1

    def lower(self, node: grammar.Call, defaults: Defaults) -> LoweredTask:
        """The task that a call makes. A crash of a construct is a DF901 finding for that task."""
        findings: list[Finding] = []
        try:
            task = self._lowered(node, defaults, findings)
        except Refused as refused:
            task = stub_of(node, refused, self.module, self.machine)
            findings += [self._finding(task, one) for one in (refused, *refused.more)]
        except Exception as error:  # our fault: one task is lost, not the batch
            fault = Refused(*reason("fault", error=f"{type(error).__name__}: {error}"))
            task = stub_of(node, fault, self.module, self.machine)
            detail = "".join(traceback.format_exception(error))
            findings.append(self._finding(task, fault, hint=detail))
        return LoweredTask(task, node, findings)

    def _lowered(self, node: grammar.Call, defaults: Defaults, findings: list[Finding]) -> Task:
        made = partial_of(node, self.machine)
        if made is not None:
            if defaults.unread is not None:
                raise defaults.unread
            return self._of_method(node, made, defaults, findings)
        found = claimed(node, self.module, self.machine)
        if defaults.unread is not None and not _may_keep_class(found):
            raise defaults.unread
        if found is not None:
            origin, construct = found
            arguments = call_arguments(node, defaults, self.module, self.machine)
            if arguments.positional:
                raise Refused(*reason("positional arguments"))
            return self._ask(construct, node, arguments, defaults, None, findings, origin)
        return self._taskflow(node, defaults, findings)

    def _of_method(
        self,
        node: grammar.Call,
        made: Partial,
        defaults: Defaults,
        findings: list[Finding],
    ) -> Task:
        assert isinstance(node.func, grammar.Attribute)
        name = f".{node.func.attr}"
        construct = claims()[name]
        if isinstance(made.callee, FunctionValue):
            decorator = decorator_of(made.callee.node, made.callee.module)
            assert decorator is not None
            key = self._key(made.callee)
            arguments = taskflow_arguments(
                node, made.callee, decorator[1], defaults, self.module, self.machine
            )
            return self._ask(construct, node, arguments, defaults, key, findings, name)
        keywords = [*(made.call.keywords if made.call is not None else ()), *node.keywords]
        whole = grammar.in_place_of(node, grammar.Call(func=node.func, args=[], keywords=keywords))
        arguments = call_arguments(whole, defaults, self.module, self.machine)
        return self._ask(construct, node, arguments, defaults, None, findings, name)

    def _ask(
        self,
        construct: Construct,
        node: grammar.Call,
        arguments: Arguments,
        defaults: Defaults,
        function: FunctionKey | None,
        findings: list[Finding],
        origin: str,
    ) -> Task:
        callees = self.machine.site_callees.get(node, [])
        call = Call(
            node=node,
            arguments=arguments,
            function_of=partial(self._function, self.scopes.path_of(node)),
            name=None,
            task_function=function,
            origin=origin,
            callee=partial_of(node, self.machine) or (callees[0] if callees else None),
            returns_mapping=self._returns_mapping(node),
        )
        call.name = call.attempt(lambda: task_name(arguments, function), None)
        if defaults.unread is not None:
            call.refusals.append(defaults.unread)
        bare = Task(construct=construct.name, span=self.module.source.span(node), name=call.name)
        task = call.attempt(lambda: construct.lower(call), bare)
        if call.refusals:
            task = self._by_class(task, construct, call)
        if task.by_class and not defaults.named:
            raise Refused(*reason("defaults without a name"))
        refuse_lost_names(task, node, self.module, self.machine)
        if not task.by_class:
            refuse_reserved(task, self._parameters(task, arguments))
        refuse_body(task, self.module, self.machine.project, self.version)
        task = replace(task, late_options=are_late(task, self.module))
        if not task.by_class:
            call.findings += call.of_new_form
        place = self.module.source.span(node)
        findings += [
            _placed(finding, place.line, place.column, construct.name, task)
            for finding in call.findings
        ]
        return task

    def _by_class(self, task: Task, construct: Construct, call: Call) -> Task:
        """The call keeps its spelling. Raises Refused where more is in the way than what a run can read."""
        if (construct.helper_class is None and not construct.by_class) or not all(
            isinstance(one, Unread) for one in call.refusals
        ):
            raise Refused.together(call.refusals)
        if construct.by_class:
            return task
        told = dict.fromkeys(one.subject.rstrip(",") for one in call.refusals)
        call.tell("call by class", reason=", ".join(told))
        return replace(task, by_class=True, ignored=tuple(call.ignored))

    def _parameters(self, task: Task, arguments: Arguments) -> grammar.Parameters | None:
        """The parameters of what a task runs, where the folder has it."""
        if task.function is not None:
            home = self.machine.project.find(task.function.module) or self.module
            return scopes_of(home).functions[task.function.name].args
        found = arguments.find("python_callable")
        return found.node.args if found and isinstance(found.node, grammar.Lambda) else None

    def _taskflow(self, node: grammar.Call, defaults: Defaults, findings: list[Finding]) -> Task:
        callees = self.machine.site_callees.get(node, [])
        functions = [c for c in callees if isinstance(c, FunctionValue)]
        if not functions or len(functions) != len(callees):
            raise Refused(*no_construct(node, self.module))
        if len({id(f.node) for f in functions}) > 1:
            raise Refused(*reason("several task functions"))
        function = functions[0]
        decorator = decorator_of(function.node, function.module)
        construct = claims().get(decorator[0]) if decorator else None
        if decorator is None or construct is None:
            name = decorator[0] if decorator else "task"
            raise Refused(*reason("decorator", name=short_name(name)))
        if function.overrides > has_override(node.func):
            # Only what stands in the call itself is read.
            raise Refused(*reason("override in another place"))
        key = self._key(function)
        arguments = taskflow_arguments(
            node, function, decorator[1], defaults, self.module, self.machine
        )
        task = self._ask(construct, node, arguments, defaults, key, findings, decorator[0])
        if node in self.machine.subscripted and not task.multiple_outputs:
            # Airflow looks for an XCom of that key, and there is none: the value is null.
            raise Refused(*reason("result that is taken apart"))
        return task

    def _returns_mapping(self, node: grammar.Call) -> bool | None:
        for callee in self.machine.site_callees.get(node, [])[:1]:
            function = callee.callee if isinstance(callee, Partial) else callee
            if isinstance(function, FunctionValue):
                return returns_mapping(function.node, function.module, self.machine.project)
        return False

    def _key(self, function: FunctionValue) -> FunctionKey:
        key = key_of(function)
        if key is None:
            raise Refused(*reason("unknown task function"))
        return key

    def _function(self, path: tuple[str, ...], found: Located) -> FunctionKey | None:
        return function_of(found.node, path, scopes_of(found.module), self.machine.project)

    def _finding(self, task: Task, refused: Refused, hint: str = "") -> Finding:
        return messages.refused(
            refused.code,
            refused.subject,
            "task",
            cause=refused.cause,
            hint=hint,
            line=task.span.line,
            column=task.span.column,
            task_id=_known_id(task),
            construct=task.construct,
        )


def _may_keep_class(claimed: tuple[str, Construct] | None) -> bool:
    return claimed is not None and (claimed[1].by_class or claimed[1].helper_class is not None)


def _placed(finding: Finding, line: int, column: int, construct: str, task: Task) -> Finding:
    return replace(finding, line=line, column=column, construct=construct, task_id=_known_id(task))


def _known_id(task: Task) -> str | None:
    return str(task.name.value) if isinstance(task.name, Const) else None
