"""Writes a function that tasks run: its decorator, and its body without Airflow's context."""

from __future__ import annotations

from dataclasses import dataclass

from dagferry.build.edits import Edits
from dagferry.build.names import fresh, identifier
from dagferry.model.function import ContextRead, Function, Pull
from dagferry.model.values import Span
from dagferry.source.context_names import TASK_INSTANCE
from dagferry.source.xcom import RETURN_VALUE


@dataclass(frozen=True, slots=True)
class Slot:
    """A parameter that stands for something of the context: an XCom (`pull`) or a variable (`key`)."""

    name: str
    pull: Pull | None = None
    key: str | None = None


class FunctionText:
    """A function whose body is freed of the context; `slots` are the parameters that it gains."""

    def __init__(self, function: Function, edits: Edits) -> None:
        self.function = function
        self.edits = edits
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
        """Put the edits of signature and body in."""
        self._signature()
        for span in self.function.aliases:
            self._drop_line(span)
        for use in self._uses():
            name = self._names[_identity(use)]
            if use.statement is not None and use.assigned == name:
                self._drop_line(use.statement)
            else:
                self.edits.replace(use.span, name)
        self._pushes()

    def _kept(self) -> list[str]:
        return [
            p.name
            for p in self.function.parameters
            if p.kind != "double" and p.name not in TASK_INSTANCE
        ]

    def _signature(self) -> None:
        kept = [p for p in self.function.parameters if p.name in self._kept()]
        plain = [self._text(p.span) for p in kept if p.kind == "plain"]
        star = [self._text(p.span) for p in kept if p.kind == "star"]
        keyword = [self._text(p.span) for p in kept if p.kind == "keyword"]
        new = [slot.name for slot in self.slots]
        defaults = any(p.default for p in kept if p.kind == "plain")
        if keyword or (new and (defaults or star)):
            parts = [*plain, *(star or ["*"]), *keyword, *new]
        else:
            parts = [*plain, *new, *star]
        self.edits.replace(self.function.signature, f"({', '.join(parts)})")

    def _text(self, span: Span) -> str:
        return self.edits.render(span.start, span.end)

    def _pushes(self) -> None:
        pushes = self.function.pushes
        if not pushes:
            return
        values = {}
        for push in pushes:
            if push.last or push.name or self._constant(push.value):
                values[push.key] = self._text(push.value)
                if not push.last:
                    self._drop_line(push.statement)
            else:
                name = fresh(identifier(push.key), self.function.local_names, "value")
                values[push.key] = name
                self.edits.replace(push.statement, f"{name} = {self._text(push.value)}")
        self._return(values)

    def _constant(self, span: Span) -> bool:
        text = self._text(span)
        return text.replace("_", "").isalnum() or text[:1] in "'\""

    def _return(self, values: dict[str, str]) -> None:
        if len(values) == 1:
            result = next(iter(values.values()))
        else:
            result = "{" + ", ".join(f'"{key}": {value}' for key, value in values.items()) + "}"
        last = self.function.pushes[-1]
        if last.last:
            self.edits.replace(last.statement, f"return {result}")
            return
        end = self.function.body.end
        margin = " " * self._indent(self.function.body.start)
        place = Span(start=end, end=end, line=0, column=0)
        self.edits.replace(place, f"\n{margin}return {result}")

    def _indent(self, offset: int) -> int:
        line = self.edits.text.rfind("\n", 0, offset) + 1
        return offset - line

    def _drop_line(self, span: Span) -> None:
        """Leave a statement out with its line, unless something else stands on it."""
        text = self.edits.text
        start = text.rfind("\n", 0, span.start) + 1
        end = text.find("\n", span.end)
        end = len(text) if end < 0 else end + 1
        if text[start : span.start].strip() or text[span.end : end].split("#")[0].strip():
            self.edits.replace(span, "pass")
        else:
            self.edits.drop(Span(start=start, end=end, line=0, column=0))


def _identity(use: Pull | ContextRead) -> tuple[object, ...]:
    if isinstance(use, Pull):
        return (use.task_ids, use.many, use.key)
    return (use.key,)
