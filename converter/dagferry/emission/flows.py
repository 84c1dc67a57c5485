"""Writes a flow: its decorator, its parameters, the run it stands for, and the stub of a refused one."""

from __future__ import annotations

from collections.abc import Sequence

from dagferry.build.layout import Room, lay_out, on_one_line
from dagferry.build.names import fresh, identifier
from dagferry.build.nodes import Dotted, Invoke, Mapped, Named, Node, Raw, literal
from dagferry.emission.param_types import annotation
from dagferry.emission.places import Places
from dagferry.emission.signatures import fitted, joined, parameters_of, without_stars
from dagferry.emission.statements import is_docstring, lost_comments, only_comments
from dagferry.emission.stubs import raised, stub_comment
from dagferry.emission.tasks import TaskWriter
from dagferry.model.dag import Dag, DagSite
from dagferry.model.project import Module
from dagferry.model.task import Refusal
from dagferry.model.values import Code, Const, Value
from dagferry.syntax import make
from dagferry.syntax import nodes as cst


def flow_name(site: DagSite, taken: set[str]) -> str:
    """The name of the flow's function: the user's where code names it, else the dag id's."""
    if site.form == "decorator" and site.variable:
        return site.variable
    if site.variable and (site.mentioned or site.factory):
        return site.variable
    if isinstance(site.dag_id, Const):
        return fresh(identifier(str(site.dag_id.value)), taken, "flow")
    return fresh(site.variable or "dag", taken, "flow")


class FlowWriter:
    """The parts of one flow that do not depend on its form."""

    def __init__(
        self, site: DagSite, module: Module, tasks: TaskWriter, places: Places, name: str
    ) -> None:
        self.site = site
        self.module = module
        self.tasks = tasks
        self.places = places
        self.name = name
        self.needs_run = False
        # Whether nothing in the flow's body names the run: it is there for callbacks.
        self.hides_run = False
        # The task whose context the callbacks of the DAG are given; None where a graph knows it.
        self.reported: str | None = None

    def written(
        self, body: Sequence[cst.Statement], after: Sequence[str] = (), *, bare: bool = False
    ) -> cst.FunctionDef:
        """The flow with a body, and comments behind it; `bare` leaves out those inside the DAG's call."""
        word = Raw(self.tasks.requests.name("prefect", "flow"))
        decorator = lay_out(Invoke(word, tuple(self._options())), Room(before=1))
        found = make.function(
            self.name,
            self._parameters(),
            self._with_run(body),
            decorator=decorator,
            after=after,
        )
        above = [] if bare else self._lost(found)
        return fitted(self.name, found).with_changes(leading_lines=make.lines(above))

    def _lost(self, written: cst.FunctionDef) -> list[str]:
        """Comments inside the DAG's call, and those of parameters that are written anew."""
        found = self.places.comments(self.places.expression(self.site.call))
        if self.site.parameters is None:
            return found
        return [*found, *lost_comments(self.places.function(self.site.span).params, written.params)]

    def needs_run_for(self, dag: Dag) -> None:
        """Callbacks are given Airflow's dates, which the flow then has to know."""
        tasks = [self.tasks.index.task(node) for node in dag.nodes]
        called_back = any(task.options.callbacks for task in tasks)
        if not self.needs_run and (called_back or self.site.on_failure or self.site.on_success):
            self.needs_run = self.hides_run = True

    def _with_run(self, body: Sequence[cst.Statement]) -> list[cst.Statement]:
        """The run stands behind the flow's docstring, if it has one."""
        if not self.needs_run:
            return list(body)
        behind = 1 if body and is_docstring(body[0]) else 0
        return [*body[:behind], self._run(), *body[behind:]]

    def _options(self) -> list[Node]:
        site = self.site
        options: list[Node] = [Named("name", self._flow_id())]
        if site.doc is not None:
            options.append(Named("description", self.tasks.value(site.doc)))
        if site.timeout is not None:
            options.append(Named("timeout_seconds", literal(site.timeout)))
        if site.on_failure:
            hooks = self.tasks.hooks(site.on_failure, task_id=self.reported)
            options.append(Named("on_failure", hooks))
        if site.on_success:
            hooks = self.tasks.hooks(site.on_success, "on_success", self.reported)
            options.append(Named("on_completion", hooks))
        return [*options, Named("log_prints", literal(True))]

    def _flow_id(self) -> Node:
        if self.site.dag_id is None:
            return literal(self.name)
        return self.tasks.value(self.site.dag_id)

    def _parameters(self) -> cst.Parameters:
        own = cst.Parameters()
        if self.site.parameters is not None:
            given = self.places.changes.applied(self.places.function(self.site.span).params)
            own = without_stars(given)
        own_names = {one.name.value for one in parameters_of(own)}
        # Airflow: the function's own default stands over the param of that name.
        new = [
            make.parameter(
                param.name,
                lay_out(self.tasks.value(param.default), Room(deeper=4)),
                annotation(param.type, self.tasks.requests) if param.type is not None else None,
            )
            for param in self.site.params
            if param.name not in own_names
        ]
        if self.needs_run:
            kind = on_one_line(self._dated("datetime"))
            nothing = make.expression("None")
            new.append(make.parameter("logical_date", nothing, make.either(kind, nothing)))
        return joined(own, new)

    def _dated(self, name: str) -> Node:
        """`datetime` or `timedelta`, by the name that the module has for it."""
        modules = [n.local for s in self.module.imports for n in s.names if n.origin == "datetime"]
        if "datetime" in modules:
            return Dotted(Raw("datetime"), name)
        return Raw(self.tasks.requests.name("datetime", name))

    def last_comments(self) -> list[str]:
        """The comments behind the last statement of the DAG's block."""
        node = self.places.statement(self.site.span)
        body = getattr(node, "body", None)
        if self.site.form == "variable" or not isinstance(body, cst.IndentedBlock):
            return []
        return only_comments(body.footer) if self._owns_block() else []

    def _owns_block(self) -> bool:
        """Whether the DAG's own block holds all that makes it."""
        span = self.site.span
        inside = [s for s in self.site.body if span.start <= s.span.start < span.end]
        return bool(inside) and len(inside) == len(self.site.body)

    def _run(self) -> cst.SimpleStatementLine:
        """`run = airflow_run(...)`, when the flow needs to know Airflow's dates."""
        word = Raw(self.tasks.requests.helper("airflow_run"))
        call = Invoke(word, (Raw("logical_date"), *self._run_arguments()))
        if self.hides_run:
            return make.line(cst.Expr(lay_out(call, Room(block=4, before=4))))
        before = 4 + len(f"{self.tasks.run} = ")
        return make.assigned(self.tasks.run, lay_out(call, Room(block=4, before=before)))

    def _run_arguments(self) -> list[Node]:
        schedule = self.site.schedule
        found: list[Node] = []
        if schedule.kind == "cron" and schedule.cron:
            found.append(Named("schedule", literal(schedule.cron)))
        elif schedule.kind == "interval" and schedule.seconds is not None:
            seconds = int(schedule.seconds) if schedule.seconds % 1 == 0 else schedule.seconds
            delta = Invoke(self._dated("timedelta"), (Named("seconds", literal(seconds)),))
            found.append(Named("schedule", delta))
        elif schedule.kind == "code" and schedule.span is not None:
            found.append(Named("schedule", self.tasks.value(Code(span=schedule.span))))
        if schedule.timezone != "UTC":
            found.append(Named("timezone", literal(schedule.timezone)))
        if self.site.airflow_version != 2:
            found.append(Named("airflow", literal(self.site.airflow_version)))
        names = [param.name for param in self.site.params]
        if names:
            items = tuple((literal(name), Raw(name)) for name in names)
            found.append(Named("params", Mapped(items)))
        for word, code in (("macros", self.site.macros), ("filters", self.site.filters)):
            if code is not None:
                found.append(Named(f"user_defined_{word}", self.tasks.value(code)))
        return found

    def stub(self, refusal: Refusal) -> cst.FunctionDef:
        """A flow that raises, with the original source in a comment."""
        spans = [self.site.span, *self.site.moved]
        source = [self.places.source(span) for span in spans]
        subject = refusal.subject.replace("`", "")
        message = f"{self.name}: convert {subject} by hand ({refusal.code})"
        comment = stub_comment(refusal.code, refusal.subject, "\n".join(source))
        return self.written([raised(message, comment)], self.last_comments(), bare=True)


def known_id(value: Value | None) -> str | None:
    """The dag id or task id when reading settles it."""
    return str(value.value) if isinstance(value, Const) else None
