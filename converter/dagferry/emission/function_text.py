"""Writes a function that tasks run: its decorator, and its body without Airflow's context."""

from __future__ import annotations

from dataclasses import dataclass

from dagferry.build.layout import Room, lay_out
from dagferry.build.names import fresh, identifier
from dagferry.build.nodes import Mapped, Node, Raw, literal
from dagferry.emission.places import Places
from dagferry.emission.signatures import parameters_of, plain
from dagferry.emission.statements import lost_comments
from dagferry.model.context_names import TASK_INSTANCE
from dagferry.model.function import ContextRead, Function, Pull
from dagferry.model.values import Span
from dagferry.model.xcom_keys import RETURN_VALUE
from dagferry.syntax import make
from dagferry.syntax import nodes as cst


@dataclass(frozen=True, slots=True)
class Slot:
    """A parameter that stands for something of the context: an XCom (`pull`) or a variable (`key`)."""

    name: str
    pull: Pull | None = None
    key: str | None = None


class FunctionText:
    """A function whose body is freed of the context; `slots` are the parameters that it gains."""

    def __init__(self, function: Function, places: Places) -> None:
        self.function = function
        self.places = places
        self.slots: tuple[Slot, ...] = ()
        self._names: dict[tuple[object, ...], str] = {}
        self._collect()

    @property
    def by_position(self) -> bool:
        """Whether the function takes nothing but XComs, so that calls need no names."""
        return not self._kept() and all(slot.pull for slot in self.slots)

    def _collect(self) -> None:
        slots: list[Slot] = []
        for use in self._uses():
            if _identity(use) not in self._names:
                name = self._name(use)
                self._names[_identity(use)] = name
                slots.append(
                    Slot(name, pull=use) if isinstance(use, Pull) else Slot(name, key=use.key)
                )
        self.slots = tuple(slots)

    def _uses(self) -> list[Pull | ContextRead]:
        uses: list[Pull | ContextRead] = [*self.function.pulls, *self.function.reads]
        return sorted(uses, key=lambda use: use.span.start)

    def _name(self, use: Pull | ContextRead) -> str:
        if use.assigned is not None:
            return use.assigned
        wanted = use.key
        if isinstance(use, Pull) and use.key == RETURN_VALUE:
            wanted = "_and_".join(use.task_ids)
        taken = {*self.function.local_names, *self._names.values()}
        return fresh(identifier(wanted), taken, "value")

    def write(self) -> None:
        """Put the changes of signature and body in."""
        self._signature()
        for span in self.function.aliases:
            self._drop(span)
        for use in self._uses():
            name = self._names[_identity(use)]
            if use.statement is not None and use.assigned == name:
                self._drop(use.statement)
            else:
                node = self.places.expression(use.span)
                self.places.changes.replace(node, make.expression(name))
        self._pushes()

    def _drop(self, span: Span) -> None:
        statement = self.places.statement(span)
        assert isinstance(statement, cst.BaseSmallStatement)
        self.places.changes.drop(statement)

    def _kept(self) -> list[str]:
        return [
            p.name
            for p in self.function.parameters
            if p.kind != "double" and p.name not in TASK_INSTANCE
        ]

    def _signature(self) -> None:
        node = self.places.function(self.function.span)
        self.places.changes.alter(node, self._with_slots)

    def _with_slots(self, node: cst.FunctionDef) -> cst.FunctionDef:
        """The function with the parameters that are kept and those that it gains, on one line."""
        own = {one.name.value: plain(one) for one in parameters_of(node.params)}
        kept = [p for p in self.function.parameters if p.name in self._kept()]
        ordinary = [own[p.name] for p in kept if p.kind == "plain"]
        star = [own[p.name] for p in kept if p.kind == "star"]
        keyword = [own[p.name] for p in kept if p.kind == "keyword"]
        new = [make.parameter(slot.name) for slot in self.slots]
        defaults = any(p.default for p in kept if p.kind == "plain")
        named = bool(keyword or (new and (defaults or star)))
        parameters = cst.Parameters(
            params=ordinary if named else [*ordinary, *new],
            star_arg=star[0] if star else cst.ParamStar() if named else cst.MaybeSentinel.DEFAULT,
            kwonly_params=[*keyword, *new] if named else [],
        )
        blanks = cst.SimpleWhitespace("")
        written = node.with_changes(params=parameters, whitespace_before_params=blanks)
        lost = make.lines(lost_comments(node, written))
        return written.with_changes(leading_lines=[*node.leading_lines, *lost])

    def _pushes(self) -> None:
        pushes = self.function.pushes
        if not pushes:
            return
        values: dict[str, cst.BaseExpression] = {}
        for push in pushes:
            value = self.places.expression(push.value)
            values[push.key] = value
            if push.last or push.name or isinstance(value, _CONSTANTS):
                if not push.last:
                    self._drop(push.statement)
            else:
                name = fresh(identifier(push.key), self.function.local_names, "value")
                values[push.key] = cst.Name(name)
                self._named(push.statement, name, value)
        self._return(values)

    def _named(self, span: Span, name: str, value: cst.BaseExpression) -> None:
        target = cst.AssignTarget(target=cst.Name(name))
        self.places.changes.replace(
            self.places.statement(span),
            lambda: cst.Assign(targets=[target], value=self.places.changes.applied(value)),
        )

    def _return(self, values: dict[str, cst.BaseExpression]) -> None:
        last = self.function.pushes[-1]
        statement = self.places.statement(last.statement)
        margin = self.places.margin(statement)

        def written() -> cst.Return:
            items = [(key, self._value(value)) for key, value in values.items()]
            result = Mapped(tuple((literal(key), value) for key, value in items))
            room = Room(block=margin, before=margin + 7)
            return cst.Return(lay_out(items[0][1] if len(items) == 1 else result, room))

        if last.last:
            self.places.changes.replace(statement, written)
            return
        body = self.places.function(self.function.span).body
        self.places.changes.alter(body, lambda block: _ended(block, written()))

    def _value(self, value: cst.BaseExpression) -> Node:
        return Raw(value.value) if isinstance(value, cst.Name) else self.places.kept(value)


_CONSTANTS = (cst.Name, cst.Integer, cst.SimpleString)


def _ended(body: cst.IndentedBlock, small: cst.BaseSmallStatement) -> cst.IndentedBlock:
    return body.with_changes(body=[*body.body, make.line(small)])


def _identity(use: Pull | ContextRead) -> tuple[object, ...]:
    if isinstance(use, Pull):
        return (use.task_ids, use.many, use.key)
    return (use.key,)
