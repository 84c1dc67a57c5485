"""Writes a flow: its decorator, its parameters, the run it stands for, and the stub of a refused one."""

from __future__ import annotations

from dagferry.build.edits import Edits
from dagferry.build.layout import lay_out
from dagferry.build.names import fresh, identifier, words
from dagferry.build.nodes import Invoke, Mapped, Named, Node, Raw, literal
from dagferry.emission.body import behind_block, comments_in, source_at
from dagferry.emission.tasks import TaskWriter, raised, stub_comment
from dagferry.model.dag import DagSite
from dagferry.model.project import Module
from dagferry.model.task import Refusal
from dagferry.model.values import Code, Const, Value


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
    """The parts of one flow that do not depend on its form. All text starts at the margin."""

    def __init__(
        self, site: DagSite, module: Module, tasks: TaskWriter, edits: Edits, name: str
    ) -> None:
        self.site = site
        self.module = module
        self.tasks = tasks
        self.edits = edits
        self.name = name
        self.needs_run = False

    def head(self) -> list[str]:
        """The decorator and the `def` line."""
        word = Raw(self.tasks.requests.name("prefect", "flow"))
        decorator = lay_out(Invoke(word, tuple(self._options())), 0, 1)
        parameters = self._parameters()
        line = f"def {self.name}({', '.join(parameters)}):"
        if len(line) > 88:
            line = "\n".join([f"def {self.name}(", *(f"    {p}," for p in parameters), "):"])
        return [*comments_in(self.edits.text, self.site.call), f"@{decorator}", line]

    def _options(self) -> list[Node]:
        site = self.site
        options: list[Node] = [Named("name", self._flow_id())]
        if site.doc is not None:
            options.append(Named("description", self.tasks.value(site.doc)))
        if site.timeout is not None:
            options.append(Named("timeout_seconds", literal(site.timeout)))
        if site.on_failure:
            options.append(Named("on_failure", self.tasks.hooks(site.on_failure)))
        return [*options, Named("log_prints", literal(True))]

    def _flow_id(self) -> Node:
        if self.site.dag_id is None:
            return literal(self.name)
        return self.tasks.value(self.site.dag_id)

    def _parameters(self) -> list[str]:
        found = []
        if self.site.parameters is not None:
            own = self.edits.render(self.site.parameters.start + 1, self.site.parameters.end - 1)
            own = own.strip().removesuffix(",")
            found += [own] if own else []
        own_names = self._own_parameters()
        for param in self.site.params:
            if param.name in own_names:
                # Airflow: the function's own default stands over the param of that name.
                continue
            found.append(f"{param.name}={lay_out(self.tasks.value(param.default), 4)}")
        if self.needs_run:
            found.append(f"logical_date: {self._dated('datetime')} | None = None")
        return found

    def _own_parameters(self) -> set[str]:
        span = self.site.parameters
        return words(self.edits.text[span.start : span.end]) if span else set()

    def _dated(self, name: str) -> str:
        """`datetime` or `timedelta`, by the name that the module has for it."""
        modules = [n.local for s in self.module.imports for n in s.names if n.origin == "datetime"]
        if "datetime" in modules:
            return f"datetime.{name}"
        return self.tasks.requests.name("datetime", name)

    def last_comments(self) -> list[str]:
        """The comments behind the last statement of the DAG's block."""
        return behind_block(self.edits.text, self.site)[0]

    def run_line(self) -> list[str]:
        """`run = airflow_run(...)`, when the flow needs to know Airflow's dates."""
        if not self.needs_run:
            return []
        word = Raw(self.tasks.requests.helper("airflow_run"))
        call = Invoke(word, (Raw("logical_date"), *self._run_arguments()))
        head = f"    {self.tasks.run} = "
        return [head + lay_out(call, 4, len(head))]

    def _run_arguments(self) -> list[Node]:
        schedule = self.site.schedule
        found: list[Node] = []
        if schedule.kind == "cron" and schedule.cron:
            found.append(Named("schedule", literal(schedule.cron)))
        elif schedule.kind == "interval" and schedule.seconds is not None:
            seconds = int(schedule.seconds) if schedule.seconds % 1 == 0 else schedule.seconds
            delta = Invoke(Raw(self._dated("timedelta")), (Named("seconds", literal(seconds)),))
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
        return found

    def stub(self, refusal: Refusal) -> list[str]:
        """A flow that raises, with the original source in a comment."""
        spans = [self.site.span, *self.site.moved]
        source = [source_at(self.module.text, span) for span in spans]
        subject = refusal.subject.replace("`", "")
        message = f"{self.name}: convert {subject} by hand ({refusal.code})"
        comment = stub_comment(refusal.code, refusal.subject, "\n".join(source))
        head = [line for line in self.head() if not line.startswith("#")]
        return [*head, *comment, *raised(message)]


def known_id(value: Value | None) -> str | None:
    """The dag id or task id when reading settles it."""
    return str(value.value) if isinstance(value, Const) else None
