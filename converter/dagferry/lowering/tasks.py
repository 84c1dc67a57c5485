"""Lowers every call that makes a task: asks the construct that claims it, or says what is refused."""

from __future__ import annotations

import dataclasses
import traceback
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from dagferry import messages
from dagferry.constructs._base import Call, Construct, Refused, Unread
from dagferry.constructs._registry import claimant, claims, class_claimant, is_replaced
from dagferry.errors import Impossible
from dagferry.findings import Finding
from dagferry.lowering.airflow_use import outermost
from dagferry.lowering.bodies import refuse_body
from dagferry.lowering.defaults import Defaults
from dagferry.lowering.handed import Handed
from dagferry.lowering.late_options import are_late
from dagferry.lowering.reserved_names import refuse_reserved, reserved_parameter
from dagferry.lowering.scopes import function_of, scopes_of
from dagferry.messages import Reason, reason
from dagferry.model.task import Argument, FunctionKey, Refusal, Task
from dagferry.model.values import Code, Const, Span, Template, Value
from dagferry.source.abstract import Abstract, ClassValue, External, FunctionValue, Known, Partial
from dagferry.source.airflow_names import decorator_of, short_name
from dagferry.source.annotations import returns_mapping
from dagferry.source.arguments import Arguments
from dagferry.source.code import code_of
from dagferry.source.constants import Located
from dagferry.source.machine import Machine
from dagferry.source.merging import merged
from dagferry.source.project import ParsedModule, is_airflow
from dagferry.source.scope import qualified
from dagferry.syntax import grammar
from dagferry.syntax.spelling import spelled
from dagferry.syntax.walking import below


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

    def calls(self) -> list[grammar.Call]:
        """Every call of the module that makes a task, in the order of their places."""
        return [node for node in self.module.index.of(grammar.Call) if self._makes_task(node)]

    def _makes_task(self, node: grammar.Call) -> bool:
        return node in self.machine.site_callees or self._claimed(node) is not None

    def _claimed(self, node: grammar.Call) -> tuple[str, Construct] | None:
        """The construct of the operator that a call makes, and the name that it is claimed by."""
        origins = [qualified(node.func, self.module.imports)]
        callees = self.machine.site_callees.get(node, [])
        if len(callees) == 1 and isinstance(callees[0], External):
            # The name may come by way of another module of the folder.
            origins.append(callees[0].name)
        for origin in filter(None, origins):
            construct = claimant(origin)
            if construct is not None:
                return (origin, construct) if construct.kind == "operator" else None
        classes = {one.node: one for one in callees if isinstance(one, ClassValue)}
        if len(classes) != 1 or len(classes) != len(set(map(type, callees))):
            return None
        (known,) = classes.values()
        return class_claimant(self.machine.project.base_names(known.node, known.module))

    def lower(self, node: grammar.Call, defaults: Defaults) -> LoweredTask:
        """The task that a call makes. A crash of a construct is a DF901 finding for that task."""
        findings: list[Finding] = []
        try:
            task = self._lowered(node, defaults, findings)
        except Refused as refused:
            task = self._refused(node, refused)
            findings += [self._finding(task, one) for one in (refused, *refused.more)]
        except Exception as error:  # our fault: one task is lost, not the batch
            fault = Refused(*reason("fault", error=f"{type(error).__name__}: {error}"))
            task = self._refused(node, fault)
            detail = "".join(traceback.format_exception(error))
            findings.append(self._finding(task, fault, hint=detail))
        return LoweredTask(task, node, findings)

    def _lowered(self, node: grammar.Call, defaults: Defaults, findings: list[Finding]) -> Task:
        made = self._partial(node)
        if made is not None:
            if defaults.unread is not None:
                raise defaults.unread
            return self._of_method(node, made, defaults, findings)
        claimed = self._claimed(node)
        if defaults.unread is not None and not _may_keep_class(claimed):
            raise defaults.unread
        if claimed is not None:
            origin, construct = claimed
            arguments = self._arguments(node, defaults)
            if arguments.positional:
                raise Refused(*reason("positional arguments"))
            return self._ask(construct, node, arguments, defaults, None, findings, origin)
        return self._taskflow(node, defaults, findings)

    def _partial(self, node: grammar.Call) -> Partial | None:
        """What a method was called on that makes a task, such as `operator.partial(...).expand(...)`."""
        callees = self.machine.site_callees.get(node, [])
        found = [one for one in callees if isinstance(one, Partial)]
        same = {_identity(one.callee) for one in found}
        if len(found) < len(callees) or len(same) != 1:
            return None
        names = dict.fromkeys(name for one in found for name in one.named)
        named = {
            name: merged([one.named.get(name, Known(None)) for one in found], name)
            for name in names
        }
        return replace(found[0], named=named, plain=all(one.plain for one in found))

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
            arguments = self._settings(made.callee, decorator[1], node, defaults)
            return self._ask(construct, node, arguments, defaults, key, findings, name)
        keywords = [*(made.call.keywords if made.call is not None else ()), *node.keywords]
        whole = grammar.in_place_of(node, grammar.Call(func=node.func, args=[], keywords=keywords))
        arguments = self._arguments(whole, defaults)
        return self._ask(construct, node, arguments, defaults, None, findings, name)

    def _settings(
        self,
        function: FunctionValue,
        decorator: grammar.Expression,
        node: grammar.Call,
        defaults: Defaults,
    ) -> Arguments:
        """The options of a call of a task function."""
        arguments = self._arguments(_settings(decorator, node), defaults)
        if function.module is not self.module:
            arguments = self._elsewhere(arguments, decorator, function.module, node)
        return arguments

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
            callee=self._partial(node) or (callees[0] if callees else None),
            returns_mapping=self._returns_mapping(node),
        )
        call.name = call.attempt(lambda: self._name(arguments, function), None)
        if defaults.unread is not None:
            call.refusals.append(defaults.unread)
        bare = Task(construct=construct.name, span=self.module.source.span(node), name=call.name)
        task = call.attempt(lambda: construct.lower(call), bare)
        if call.refusals:
            task = self._by_class(task, construct, call)
        if task.by_class and not defaults.named:
            raise Refused(*reason("defaults without a name"))
        self._refuse_lost(task, node)
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

    def _in_another_task(self, name: grammar.Node, argument: grammar.Node) -> bool:
        calls = (call for call in below(argument, grammar.Call) if call.holds(name))
        return any(call in self.machine.site_callees for call in calls)

    def _refuse_lost(self, task: Task, node: grammar.Call) -> None:
        """Raises Refused for an argument that names what only raises in a flow: the whole flow would end."""
        for one in [*node.args, *node.keywords]:
            for name, _ in outermost(one):
                origin = qualified(name, self.module.imports)
                if origin is None or not is_airflow(origin) or is_replaced(origin):
                    continue
                place = self.module.source.span(name).start
                # What a lambda names is only asked for in the task; a task inside speaks for itself.
                now = name.owner == node.owner and not self._in_another_task(name, one)
                in_flow = any(span.start <= place < span.end for span in _expressions([task]))
                if task.by_class or (now and in_flow):
                    raise Refused(*reason("name in an argument", name=short_name(origin)))

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
            raise Refused(*self._unknown(node))
        if len({id(f.node) for f in functions}) > 1:
            raise Refused(*reason("several task functions"))
        function = functions[0]
        decorator = decorator_of(function.node, function.module)
        construct = claims().get(decorator[0]) if decorator else None
        if decorator is None or construct is None:
            name = decorator[0] if decorator else "task"
            raise Refused(*reason("decorator", name=short_name(name)))
        if function.overrides > _has_override(node.func):
            # Only what stands in the call itself is read.
            raise Refused(*reason("override in another place"))
        key = self._key(function)
        arguments = self._settings(function, decorator[1], node, defaults)
        task = self._ask(construct, node, arguments, defaults, key, findings, decorator[0])
        if node in self.machine.subscripted and not task.multiple_outputs:
            # Airflow looks for an XCom of that key, and there is none: the value is null.
            raise Refused(*reason("result that is taken apart"))
        return task

    def _arguments(self, node: grammar.Call, defaults: Defaults) -> Arguments:
        machine = self.machine
        return Arguments(
            node,
            defaults.items,
            self.module,
            machine.project,
            machine.never_template,
            unread_defaults=defaults.unread is not None,
        )

    def _returns_mapping(self, node: grammar.Call) -> bool | None:
        for callee in self.machine.site_callees.get(node, [])[:1]:
            function = callee.callee if isinstance(callee, Partial) else callee
            if isinstance(function, FunctionValue):
                return returns_mapping(function.node, function.module, self.machine.project)
        return False

    def _elsewhere(
        self,
        arguments: Arguments,
        decorator: grammar.Expression,
        home: ParsedModule,
        node: grammar.Call,
    ) -> Arguments:
        """A decorator in another module: its options are read with that module's names."""
        own = {k.arg for k in _override_keywords(node)}
        for keyword in getattr(decorator, "keywords", []):
            if keyword.arg and keyword.arg not in own:
                arguments.given[keyword.arg] = Located(keyword.value, home)
        return arguments

    def _key(self, function: FunctionValue) -> FunctionKey:
        for name, node in scopes_of(function.module).functions.items():
            if node is function.node:
                return FunctionKey(module=function.module.name, name=name)
        raise Refused(*reason("unknown task function"))

    def _function(self, path: tuple[str, ...], found: Located) -> FunctionKey | None:
        return function_of(found.node, path, scopes_of(found.module), self.machine.project)

    def _name(self, arguments: Arguments, function: FunctionKey | None) -> Value | None:
        try:
            name = arguments.value("task_id")
        except Impossible:
            raise Unread(*reason("value", argument="task_id")) from None
        if name is None and function is not None:
            return Const(value=function.name.rpartition(".")[2])
        return name

    def _unknown(self, node: grammar.Call) -> Reason:
        origin = qualified(node.func, self.module.imports)
        called = spelled(node.func)
        if _expands(node):
            return reason("mapping")
        if origin is not None and is_airflow(origin):
            return reason("operator of Airflow", name=short_name(origin))
        return reason("other operator", name=called)

    def _refused(self, node: grammar.Call, refused: Refused) -> Task:
        function = self._stubbed(node)
        return Task(
            construct="manual",
            span=self.module.source.span(node),
            name=self._rough_name(node),
            arguments=tuple(
                Argument(value=code_of(one))
                for one in Handed(self.machine, self.module.imports).below(node)
            ),
            refusal=Refusal(
                code=refused.code,
                subject=", ".join(one.subject for one in (refused, *refused.more)),
            ),
            function=function,
            body=code_of(callee(node)) if function else None,
            taskflow=function is not None,
        )

    def _stubbed(self, node: grammar.Call) -> FunctionKey | None:
        """The function whose decorator has no conversion: its own definition becomes the stub."""
        callees = self.machine.site_callees.get(node, [])
        if len({id(getattr(c, "node", c)) for c in callees}) != 1 or _expands(node):
            return None
        for function in callees[:1]:
            if isinstance(function, FunctionValue) and function.module is self.module:
                decorator = decorator_of(function.node, function.module)
                if decorator is not None and (
                    decorator[0] not in claims() or reserved_parameter(function.node.args)
                ):
                    return self._key(function)
        return None

    def _rough_name(self, node: grammar.Call) -> Value | None:
        inner: grammar.Expression = node
        while isinstance(inner, grammar.Call):
            for keyword in inner.keywords:
                if keyword.arg == "task_id":
                    return self._simple(keyword.value)
            inner = inner.func.value if isinstance(inner.func, grammar.Attribute) else inner.func
        callees = self.machine.site_callees.get(node, [])
        functions = [f.callee if isinstance(f, Partial) else f for f in callees]
        name = next((_function_name(f) for f in functions if isinstance(f, FunctionValue)), None)
        return Const(value=name or spelled(inner))

    def _simple(self, node: grammar.Expression) -> Value:
        if isinstance(node, grammar.Constant) and isinstance(node.value, str):
            return Const(value=node.value)
        return code_of(node)

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


def _identity(callee: Abstract) -> object:
    if isinstance(callee, (FunctionValue, ClassValue)):
        return callee.node
    return callee.name if isinstance(callee, External) else callee


def _may_keep_class(claimed: tuple[str, Construct] | None) -> bool:
    return claimed is not None and (claimed[1].by_class or claimed[1].helper_class is not None)


def _expressions(values: Iterable[Any]) -> Iterator[Span]:
    """Where the user's own expressions stand that values of the model carry into the flow."""
    for value in values:
        if isinstance(value, (Code, Template)):
            yield from [value.span] if value.span is not None else []
        elif isinstance(value, tuple):
            yield from _expressions(value)
        elif dataclasses.is_dataclass(value) and not isinstance(value, type):
            yield from _expressions(getattr(value, one.name) for one in dataclasses.fields(value))


def _placed(finding: Finding, line: int, column: int, construct: str, task: Task) -> Finding:
    return replace(finding, line=line, column=column, construct=construct, task_id=_known_id(task))


def _known_id(task: Task) -> str | None:
    return str(task.name.value) if isinstance(task.name, Const) else None


def _function_name(function: Abstract) -> str | None:
    return getattr(function.node, "name", None) if isinstance(function, FunctionValue) else None


def callee(node: grammar.Call) -> grammar.Expression:
    """The expression that names what a TaskFlow call runs, without `.override(...)`."""
    function = node.func
    if isinstance(function, grammar.Call) and isinstance(function.func, grammar.Attribute):
        return function.func.value
    return function


def _expands(node: grammar.Call) -> bool:
    names = {"expand", "expand_kwargs"}
    return isinstance(node.func, grammar.Attribute) and node.func.attr in names


def _has_override(called: grammar.Expression) -> bool:
    """Whether `.override(...)` stands in what is called, behind `.partial(...)` or not."""
    match called:
        case grammar.Call(func=grammar.Attribute(attr="override")):
            return True
        case grammar.Call(func=inner) | grammar.Attribute(value=inner):
            return _has_override(inner)
    return False


def _override_keywords(node: grammar.Call) -> list[grammar.Keyword]:
    match node.func:
        case grammar.Call(func=grammar.Attribute(attr="override"), keywords=keywords):
            return keywords
        case grammar.Attribute(value=grammar.Call(func=grammar.Attribute()) as inner):
            # `.override(...).partial(...).expand(...)`
            named = isinstance(inner.func, grammar.Attribute) and inner.func.attr == "override"
            return inner.keywords if named else _override_keywords(inner)
    return []


def _settings(decorator: grammar.Expression, node: grammar.Call) -> grammar.Call:
    """The options of a TaskFlow call: the decorator's, with those of `.override(...)` over them."""
    own = _override_keywords(node)
    names = {keyword.arg for keyword in own}
    base = [k for k in getattr(decorator, "keywords", []) if k.arg not in names]
    return grammar.in_place_of(node, grammar.Call(func=node.func, args=[], keywords=[*base, *own]))
