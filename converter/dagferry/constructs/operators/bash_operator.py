"""BashOperator: the helper task `bash`, which runs the command and gives its last line.

Airflow merges stderr into stdout, pushes the last line, skips on exit code 99 and fails on any other
but 0. `airflow_compat.bash` does the same; whether it may skip decides how the flow is written.

Airflow: https://airflow.apache.org/docs/apache-airflow-providers-standard/stable/operators/bash.html
Prefect: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

import shlex
from functools import partial

from dagferry.build.nodes import Named
from dagferry.constructs._base import (
    Call,
    Case,
    Construct,
    Emitter,
    Form,
    Refused,
    Unread,
    templated,
)
from dagferry.constructs._options import finish, read_options
from dagferry.errors import Impossible
from dagferry.messages import reason
from dagferry.model.task import Argument, Task
from dagferry.model.values import Const, Template, Value
from dagferry.source.jinja import parts

_SCRIPT_ENDINGS = (".sh", ".bash")
# Commands whose manuals give them no exit code but 0, 1 and 2.
_NEVER_99 = frozenset({"echo", "date", "sleep", "true", "false", "pwd", "printf", "ls", "mkdir"})


class Bash(Construct):
    """BashOperator in all its homes."""

    grade = "adapted"
    helper_class = "BashOperator"
    names = (
        "airflow.operators.BashOperator",
        "airflow.operators.bash.BashOperator",
        "airflow.operators.bash_operator.BashOperator",
        "airflow.providers.standard.operators.bash.BashOperator",
    )

    def lower(self, call: Call) -> Task:
        """The command and its surroundings. Raises Refused for template files."""
        options = read_options(call)
        nothing: Value = Const(value="")
        command = call.attempt(lambda: _command(call), nothing)
        arguments = [Argument(value=command), *_surroundings(call)]
        finish(call, "BashOperator")
        return Task(
            construct=self.name,
            span=call.arguments.module.source.span(call.node),
            name=call.name,
            options=options,
            arguments=tuple(arguments),
            template_fields=(("bash_command", "command"), ("env", "env"), ("cwd", "cwd")),
            may_skip=_may_skip(command, arguments),
        )

    def emit(self, task: Task, out: Emitter) -> Form:
        """`bash` with the command and what it needs."""
        nodes = [
            Named(argument.name, out.value(argument.value))
            if argument.name
            else out.value(argument.value)
            for argument in task.arguments
        ]
        return Form(task=out.helper("bash"), own_name="bash", arguments=tuple(nodes))

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.bash import BashOperator

                with DAG("shell", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    BashOperator(task_id="say", bash_command="echo hello")
                """,
            after="""\
                from prefect import flow

                from airflow_compat import bash


                @flow(name="shell", log_prints=True)
                def shell():
                    bash.with_options(name="say")("echo hello")


                if __name__ == "__main__":
                    shell()
                """,
            grade="adapted",
        ),
        Case(
            name="a class of the same name from here",
            before='''\
                class BashOperator:
                    """Nothing to do with airflow."""

                    def __init__(self, task_id, bash_command):
                        self.bash_command = bash_command


                operator = BashOperator(task_id="say", bash_command="echo hello")
                ''',
        ),
        Case(
            name="a template file",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.bash import BashOperator

                with DAG("shell", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    BashOperator(task_id="say", bash_command="scripts/hello.sh")
                """,
            after="""\
                from prefect import flow, task


                @task
                def say(*args, **kwargs):
                    # dagferry[DF703]: no conversion for the template file `scripts/hello.sh`.
                    # See `dagferry explain DF703`.
                    #   BashOperator(task_id="say", bash_command="scripts/hello.sh")
                    raise NotImplementedError(
                        "say: convert the template file scripts/hello.sh by hand (DF703)"
                    )


                @flow(name="shell", log_prints=True)
                def shell():
                    say()


                if __name__ == "__main__":
                    shell()
                """,
            findings=("DF703",),
            grade="manual",
            run=False,
        ),
    )


def _command(call: Call) -> Value:
    command = _templated(call, "bash_command")
    if command is None:
        kind = Refused if call.arguments.whole else Unread
        raise kind("DF303", "a BashOperator without `bash_command`")
    _refuse_script(command)
    return command


def _templated(call: Call, name: str) -> Value | None:
    found = call.arguments.find(name)
    if found is None:
        return None
    return templated(call, found, f"the value of `{name}`")


def _refuse_script(command: Value) -> None:
    text = command.source if isinstance(command, Template) else getattr(command, "value", None)
    if isinstance(text, str) and text.endswith(_SCRIPT_ENDINGS):
        raise Refused("DF703", f"the template file `{text}`")


def _surroundings(call: Call) -> list[Argument]:
    found: list[Argument] = []
    for name in ("env", "append_env", "cwd"):
        value = call.attempt(partial(_templated, call, name), None)
        if value is not None and not (isinstance(value, Const) and value.value is None):
            found.append(Argument(name=name, value=value))
    encoding = call.attempt(partial(_plain, call, "output_encoding"), None)
    if encoding is not None and not (isinstance(encoding, Const) and encoding.value == "utf-8"):
        found.append(Argument(name="output_encoding", value=encoding))
    processor = call.attempt(partial(_plain, call, "output_processor"), None)
    if processor is not None:
        found.append(Argument(name="output_processor", value=processor))
    call.arguments.ignore("skip_on_exit_code")
    old = "skip_exit_code" if call.arguments.find("skip_exit_code") else "skip_on_exit_code"
    skip = call.attempt(partial(_plain, call, old), None)
    if skip is not None and not (isinstance(skip, Const) and skip.value == 99):
        found.append(Argument(name="skip_on_exit_code", value=skip))
    return found


def _plain(call: Call, name: str) -> Value | None:
    try:
        return call.arguments.value(name)
    except Impossible:
        raise Unread(*reason("value", argument=name)) from None


def _may_skip(command: Value, arguments: list[Argument]) -> bool:
    skip = [a.value for a in arguments if a.name == "skip_on_exit_code"]
    if skip:
        return not (isinstance(skip[0], Const) and skip[0].value is None)
    text = _known_text(command)
    return text is None or not _plain_command(text)


def _known_text(command: Value) -> str | None:
    """The command where reading settles it; dates stand for a word each."""
    if isinstance(command, Const):
        return str(command.value)
    if not isinstance(command, Template) or command.source is None:
        return None
    found = parts(command.source)
    if found is None or any(kind == "params" for kind, _ in found):
        return None
    return "".join(text if kind == "text" else "0" for kind, text in found)


def _plain_command(text: str) -> bool:
    """Whether the command is one whose exit code is certainly not 99."""
    if any(mark in text for mark in "`$|&;<>(){}\n\\"):
        return False
    try:
        words = shlex.split(text)
    except ValueError:
        return False
    return bool(words) and words[0] in _NEVER_99
