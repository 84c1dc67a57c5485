"""PythonOperator: its callable becomes a Prefect task, and the operator a call of it.

Airflow calls `python_callable(*op_args, **op_kwargs)` with the context variables that the signature
names; what the callable returns is XCom `return_value`. A Prefect task takes and returns plain values.

Airflow: https://airflow.apache.org/docs/apache-airflow-providers-standard/stable/operators/python.html
Prefect: https://docs.prefect.io/v3/concepts/tasks
"""

from __future__ import annotations

import builtins
from functools import partial

from dagferry.constructs._base import Call, Case, Construct, Emitter, Form, Refused, templated
from dagferry.constructs._options import finish, read_options
from dagferry.errors import Impossible
from dagferry.model.parameters import Parameter
from dagferry.model.task import Argument, Task
from dagferry.model.values import Code, Value
from dagferry.source.code import code_of
from dagferry.source.constants import Located
from dagferry.source.functions import generates, read_parameters
from dagferry.syntax import grammar


class PythonOperator(Construct):
    """PythonOperator in all its homes."""

    names = (
        "airflow.operators.PythonOperator",
        "airflow.operators.python.PythonOperator",
        "airflow.operators.python_operator.PythonOperator",
        "airflow.providers.standard.operators.python.PythonOperator",
    )

    def lower(self, call: Call) -> Task:
        """The callable, `op_args` and `op_kwargs`. Raises Refused for a callable that is computed."""
        options = read_options(call, "templates_dict", "multiple_outputs")
        several = call.attempt(partial(_several, call), False)
        nothing: list[Argument] = []
        arguments = [
            *call.attempt(partial(_positional, call), nothing),
            *call.attempt(partial(_named, call), nothing),
            *call.attempt(partial(_dictionary, call), nothing),
        ]
        found = call.arguments.find("python_callable")
        finish(call, "PythonOperator")
        if found is None:
            raise Refused("DF404", "an operator without `python_callable`")
        if isinstance(found.node, grammar.Lambda) and generates(found.node):
            raise Refused("DF411", "a lambda with `yield`")
        function = call.function_of(found)
        body = _expression(call, found)
        return Task(
            construct=self.name,
            span=call.arguments.module.source.span(call.node),
            name=call.name,
            options=options,
            function=function,
            body=body,
            arguments=tuple(arguments),
            template_fields=_template_fields(arguments),
            parameters=_parameters(found),
            multiple_outputs=several,
        )

    def emit(self, task: Task, out: Emitter) -> Form:
        """The callable's task with its arguments."""
        node, own_name = out.body(task)
        return Form(task=node, own_name=own_name, arguments=out.arguments(task))

    cases = (
        Case(
            name="smallest",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.python import PythonOperator


                def hello():
                    print("hello")


                with DAG("greet", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="hello", python_callable=hello)
                """,
            after="""\
                from prefect import flow, task


                @task
                def hello():
                    print("hello")


                @flow(name="greet", log_prints=True)
                def greet():
                    hello()


                if __name__ == "__main__":
                    greet()
                """,
            grade="native",
        ),
        Case(
            name="every argument",
            before="""\
                from datetime import datetime, timedelta

                from airflow import DAG
                from airflow.operators.python import PythonOperator


                def tell(context):
                    print("told")


                def add(a, b, c=0):
                    return a + b + c


                with DAG("sums", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(
                        task_id="three",
                        python_callable=add,
                        op_args=[1],
                        op_kwargs={"b": 2, "c": 3},
                        retries=2,
                        retry_delay=timedelta(seconds=5),
                        execution_timeout=timedelta(minutes=1),
                        on_failure_callback=tell,
                        owner="me",
                    )
                """,
            after="""\
                from prefect import flow, task

                from airflow_compat import on_failure


                def tell(context):
                    print("told")


                @task(
                    name="three",
                    retries=2,
                    retry_delay_seconds=5,
                    timeout_seconds=60,
                    on_failure=[on_failure(tell)],
                )
                def add(a, b, c=0):
                    return a + b + c


                @flow(name="sums", log_prints=True)
                def sums():
                    add(1, b=2, c=3)


                if __name__ == "__main__":
                    sums()
                """,
            findings=("DF302",),
            grade="adapted",
        ),
        Case(
            name="another name and Airflow 1.10",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.python_operator import PythonOperator as Py


                def hello(**context):
                    print(context["ds"])


                with DAG("greet", start_date=datetime(2024, 1, 1), schedule_interval=None) as dag:
                    Py(task_id="hello", python_callable=hello, provide_context=True)
                """,
            after="""\
                from datetime import datetime

                from prefect import flow, task

                from airflow_compat import airflow_run


                @task
                def hello(ds):
                    print(ds)


                @flow(name="greet", log_prints=True)
                def greet(logical_date: datetime | None = None):
                    run = airflow_run(logical_date)
                    hello(ds=run.ds)


                if __name__ == "__main__":
                    greet()
                """,
            grade="adapted",
        ),
        Case(
            name="Airflow 3 and a module",
            before="""\
                import datetime

                from airflow import sdk
                from airflow.providers.standard.operators import python as operators


                def hello():
                    print("hello")


                with sdk.DAG("greet", start_date=datetime.datetime(2024, 1, 1), schedule=None, catchup=False):
                    operators.PythonOperator(task_id="hello", python_callable=hello)
                """,
            after="""\
                from prefect import flow, task


                @task
                def hello():
                    print("hello")


                @flow(name="greet", log_prints=True)
                def greet():
                    hello()


                if __name__ == "__main__":
                    greet()
                """,
            grade="native",
        ),
        Case(
            name="a value that is pulled",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.python import PythonOperator


                def count(ti):
                    ti.xcom_push(key="number", value=3)


                def show(ti, word="times"):
                    print(ti.xcom_pull(task_ids="count", key="number"), word)


                with DAG("counting", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    count_task = PythonOperator(task_id="count", python_callable=count)
                    count_task >> PythonOperator(task_id="show", python_callable=show)
                """,
            after="""\
                from prefect import flow, task


                @task
                def count():
                    return 3


                @task
                def show(word="times", *, number):
                    print(number, word)


                @flow(name="counting", log_prints=True)
                def counting():
                    number = count()
                    show(number=number)


                if __name__ == "__main__":
                    counting()
                """,
            grade="native",
        ),
        Case(
            name="a pull that nobody can follow",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.python import PythonOperator


                def one():
                    return 1


                def show(ti):
                    for name in ["one"]:
                        print(ti.xcom_pull(task_ids=name))


                with DAG("counting", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    first = PythonOperator(task_id="one", python_callable=one)
                    first >> PythonOperator(task_id="show", python_callable=show)
                """,
            after="""\
                from datetime import datetime

                from prefect import flow, task

                from airflow_compat import TaskGraph, airflow_run


                @task
                def one():
                    return 1


                @task
                def show(ti):
                    for name in ["one"]:
                        print(ti.xcom_pull(task_ids=name))


                @flow(name="counting", log_prints=True)
                def counting(logical_date: datetime | None = None):
                    run = airflow_run(logical_date)
                    with TaskGraph(run) as graph:
                        first = graph.add(one)
                        first >> graph.add(show)
                    return graph.leaves


                if __name__ == "__main__":
                    counting()
                """,
            findings=("DF502",),
            grade="adapted",
        ),
        Case(
            name="a push before an early return",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.python import PythonOperator


                def maybe(ti):
                    ti.xcom_push(key="number", value=3)
                    if datetime.now().year > 2000:
                        return
                    print("long ago")


                with DAG("early", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="maybe", python_callable=maybe)
                """,
            after="""\
                from datetime import datetime

                from prefect import flow, task

                from airflow_compat import TaskGraph, airflow_run


                @task
                def maybe(ti):
                    ti.xcom_push(key="number", value=3)
                    if datetime.now().year > 2000:
                        return
                    print("long ago")


                @flow(name="early", log_prints=True)
                def early(logical_date: datetime | None = None):
                    run = airflow_run(logical_date)
                    with TaskGraph(run) as graph:
                        graph.add(maybe)
                    return graph.leaves


                if __name__ == "__main__":
                    early()
                """,
            findings=("DF502",),
            grade="adapted",
        ),
        Case(
            name="a class of the same name from here",
            before="""\
                class PythonOperator:
                    def __init__(self, task_id, python_callable):
                        self.task_id = task_id


                def hello():
                    print("hello to airflow")


                operator = PythonOperator(task_id="hello", python_callable=hello)
                """,
        ),
        Case(
            name="a class of the same name from elsewhere",
            before='''\
                """Not airflow."""

                from airlift.operators.python import PythonOperator


                def make(hello):
                    return PythonOperator(task_id="hello", python_callable=hello)
                ''',
        ),
        Case(
            name="an argument that nobody knows",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.python import PythonOperator


                def hello():
                    print("hello")


                with DAG("greet", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="hello", python_callable=hello, pre_execute=print)
                """,
            after="""\
                from prefect import flow, task


                def hello():
                    print("hello")


                @task(name="hello")
                def hello_task(*args, **kwargs):
                    # dagferry[DF301]: the argument `pre_execute` has no conversion.
                    # See `dagferry explain DF301`.
                    #   PythonOperator(task_id="hello", python_callable=hello, pre_execute=print)
                    raise NotImplementedError("hello: convert the argument pre_execute by hand (DF301)")


                @flow(name="greet", log_prints=True)
                def greet():
                    hello_task()


                if __name__ == "__main__":
                    greet()
                """,
            findings=("DF301",),
            grade="manual",
        ),
        Case(
            name="a callable that is computed",
            before="""\
                from datetime import datetime
                from functools import partial

                from airflow import DAG
                from airflow.operators.python import PythonOperator

                with DAG("greet", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="hello", python_callable=partial(print, "hello"))
                """,
            after="""\
                from prefect import flow, task


                @task
                def hello(*args, **kwargs):
                    # dagferry[DF404]: a callable that is computed has no conversion.
                    # See `dagferry explain DF404`.
                    #   PythonOperator(task_id="hello", python_callable=partial(print, "hello"))
                    raise NotImplementedError(
                        "hello: convert a callable that is computed by hand (DF404)"
                    )


                @flow(name="greet", log_prints=True)
                def greet():
                    hello()


                if __name__ == "__main__":
                    greet()
                """,
            findings=("DF404",),
            grade="manual",
        ),
        Case(
            name="arguments that are spread",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.python import PythonOperator

                options = {"retries": 2}


                def hello():
                    print("hello")


                with DAG("greet", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="hello", python_callable=hello, **options)
                """,
            after="""\
                from prefect import flow, task

                options = {"retries": 2}


                @task(retries=2, retry_delay_seconds=300)
                def hello():
                    print("hello")


                @flow(name="greet", log_prints=True)
                def greet():
                    hello()


                if __name__ == "__main__":
                    greet()
                """,
            grade="native",
        ),
        Case(
            name="arguments that only a run knows",
            before="""\
                from datetime import datetime

                from airflow import DAG
                from airflow.operators.python import PythonOperator

                options = dict(enumerate("ab"))


                def hello():
                    print("hello")


                with DAG("greet", start_date=datetime(2024, 1, 1), schedule=None, catchup=False) as dag:
                    PythonOperator(task_id="hello", python_callable=hello, **options)
                """,
            after="""\
                from prefect import flow, task

                options = dict(enumerate("ab"))


                def hello():
                    print("hello")


                @task(name="hello")
                def hello_task(*args, **kwargs):
                    # dagferry[DF303]: arguments spread with `**` has no conversion.
                    # See `dagferry explain DF303`.
                    #   PythonOperator(task_id="hello", python_callable=hello, **options)
                    raise NotImplementedError("hello: convert arguments spread with ** by hand (DF303)")


                @flow(name="greet", log_prints=True)
                def greet():
                    hello_task()


                if __name__ == "__main__":
                    greet()
                """,
            findings=("DF303",),
            grade="manual",
        ),
    )


def _expression(call: Call, found: Located) -> Code:
    if not isinstance(found.node, (grammar.Name, grammar.Attribute, grammar.Lambda)):
        raise Refused("DF404", "a callable that is computed")
    name = found.node.id if isinstance(found.node, grammar.Name) else ""
    if name in dir(builtins) and name not in found.module.imports and not call.is_bound(name):
        raise Refused("DF404", "a builtin as the callable")
    if found.module is not call.arguments.module:
        raise Refused("DF404", "a callable that another module's arguments name")
    return code_of(found.node)


def _parameters(found: Located) -> tuple[Parameter, ...] | None:
    if not isinstance(found.node, grammar.Lambda):
        return None
    return tuple(read_parameters(found.node, found.module))


def _positional(call: Call) -> list[Argument]:
    found = call.arguments.find("op_args")
    if found is None or _is_none(found):
        return []
    if isinstance(found.node, (grammar.List, grammar.Tuple)):
        values = [Located(element, found.module) for element in found.node.elts]
        if not any(isinstance(value.node, grammar.Starred) for value in values):
            return [Argument(value=_value(call, value)) for value in values]
    return [Argument(value=_value(call, found), stars=1)]


def _named(call: Call) -> list[Argument]:
    found = call.arguments.find("op_kwargs")
    if found is None or _is_none(found):
        return []
    if isinstance(found.node, (grammar.Dict, grammar.Call)):
        try:
            items = call.arguments.items(found)
        except Impossible:
            items = None
        if items is not None and all(name.isidentifier() for name in items):
            return [Argument(name=n, value=_value(call, v)) for n, v in items.items()]
    return [Argument(value=_value(call, found), stars=2)]


def _dictionary(call: Call) -> list[Argument]:
    """`templates_dict`: Airflow renders it and puts it in the context under that name."""
    found = call.arguments.find("templates_dict")
    if found is None or _is_none(found):
        return []
    return [Argument(name="templates_dict", value=_value(call, found))]


def _template_fields(arguments: list[Argument]) -> tuple[tuple[str, str | None], ...]:
    found: tuple[tuple[str, str | None], ...] = (("op_args", None), ("op_kwargs", None))
    if any(argument.name == "templates_dict" for argument in arguments):
        return (*found, ("templates_dict", "templates_dict"))
    return found


def _several(call: Call) -> bool:
    try:
        return bool(call.arguments.const("multiple_outputs"))
    except Impossible:
        raise Refused("DF303", "the value of `multiple_outputs`") from None


def _value(call: Call, found: Located) -> Value:
    return templated(call, found, "an argument that another module computes")


def _is_none(found: Located) -> bool:
    return isinstance(found.node, grammar.Constant) and found.node.value is None
