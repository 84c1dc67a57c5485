# options: {"logical_date": "2024-03-05T06:30:00+00:00"}
from __future__ import annotations
from datetime import datetime, timedelta
from airflow import DAG

try:
    from airflow.providers.standard.operators.python import PythonOperator
    from airflow.providers.standard.operators.empty import EmptyOperator
    from airflow.providers.standard.operators.bash import BashOperator
except ImportError:
    from airflow.operators.python import PythonOperator
    from airflow.operators.empty import EmptyOperator
    from airflow.operators.bash import BashOperator
try:
    from airflow.sdk import (
        BaseOperator,
        task,
        dag as dag_decorator,
        TaskGroup,
        Variable,
        BaseHook,
        Param,
        get_current_context,
    )
    from airflow.sdk import BaseSensorOperator, PokeReturnValue
except ImportError:
    from airflow.models import BaseOperator, Variable
    from airflow.models.param import Param
    from airflow.decorators import task, dag as dag_decorator
    from airflow.utils.task_group import TaskGroup
    from airflow.hooks.base import BaseHook
    from airflow.operators.python import get_current_context
    from airflow.sensors.base import BaseSensorOperator, PokeReturnValue
from airflow.exceptions import AirflowException, AirflowSkipException, AirflowFailException


def show(exprs, names):
    for line in exprs.strip().split("\n"):
        try:
            print(line, "=>", repr(eval(line, dict(names))))
        except Exception as e:
            print(line, "=> !", type(e).__name__, str(e)[:200])


import json, functools, dataclasses, os
from pathlib import Path
from typing import Any, Sequence

HERE = Path(__file__).parent
(HERE / "conf.json").write_text(json.dumps([{"name": "x", "n": 2}, {"name": "y", "n": 3}]))
(HERE / "q.sql").write_text("select {{ ds }} from {{ params.t }} {% include 'inc.sql' %}")
(HERE / "inc.sql").write_text("where {{ task.task_id }}")
CONF = json.loads((HERE / "conf.json").read_text())


@dataclasses.dataclass
class Step:
    name: str
    n: int = 1
    template_fields = ("name",)


class Mixin:
    def __init__(self, *args, mixed="m", **kwargs):
        super().__init__(*args, **kwargs)
        self.mixed = mixed

    def hello(self):
        return f"hello {self.mixed} {self.task_id}"


class MyOp(Mixin, BaseOperator):
    template_fields: Sequence[str] = ("sql", "step", "extra")
    template_ext: Sequence[str] = (".sql",)
    template_fields_renderers = {"sql": "sql"}
    ui_color = "#abc"

    def __init__(self, *, sql, step=None, extra=None, my_default="zz", **kwargs):
        kwargs.setdefault("retries", 1)
        super().__init__(**kwargs)
        self.sql, self.step, self.extra, self.my_default = sql, step, extra, my_default
        self.log.info("made")

    def pre_execute(self, context):
        super().pre_execute(context)
        print("pre", self.sql, context["ti"].try_number)
        self.from_pre = 1

    def execute(self, context):
        print("exec", self.sql, self.step, self.extra, self.my_default, self.hello(), self.from_pre)
        print(self.retries, self.owner, self.ui_color)
        context["ti"].xcom_push(key="k", value=dataclasses.asdict(self.step) if self.step else None)
        self.helper(context)
        return {"sql": self.sql}

    def helper(self, context):
        print("ctx same", get_current_context()["ti"].task_id)
        print(self.xcom_pull(context, task_ids="none")) if hasattr(self, "xcom_pull") else print(
            "no xcom_pull"
        )

    def post_execute(self, context, result=None):
        print("post", result)

    def on_kill(self):
        print("killed")


class Callable_:
    def __init__(self, v):
        self.v = v

    def __call__(self, ds, *args, **kwargs):
        print("called", self.v, ds, args, sorted(k for k in kwargs if k in ("x", "ti")))
        return self.v


def base(a, b, *, c=3, ds=None, **kw):
    print(a, b, c, ds, "ti" in kw)
    return [a, b, c]


class MyDAG(DAG):
    def __init__(self, *args, team="t", **kwargs):
        super().__init__(*args, **kwargs)
        self.team = team

    def add_step(self, name):
        return PythonOperator(
            task_id=name, python_callable=lambda **c: print("step", name, c["dag"].team), dag=self
        )


def make(dag_id, n):
    d = DAG(dag_id, start_date=datetime(2024, 1, 1), schedule=None)
    with d:
        prev = None
        for i in range(n):
            t = EmptyOperator(task_id=f"t{i}")
            if prev:
                prev >> t
            prev = t
    return d


for conf in CONF:
    globals()[f"made_{conf['name']}"] = make(f"made_{conf['name']}", conf["n"])


class MySensor(BaseSensorOperator):
    template_fields = ("what",)

    def __init__(self, what, **kw):
        super().__init__(**kw)
        self.what = what
        self.count = 0

    def poke(self, context):
        self.count += 1
        print("poke", self.what, self.count)
        if self.count >= 2:
            return PokeReturnValue(is_done=True, xcom_value={"w": self.what})
        return PokeReturnValue(is_done=False, xcom_value="no")


class NoInit(BaseOperator):
    template_fields = ("missing_before",)
    missing_before = "{{ ds }}"

    def execute(self, context):
        print(self.missing_before)


class ModIn(BaseOperator):
    template_fields = ("a",)

    def __init__(self, a, **kw):
        self.a = a
        super().__init__(**kw)

    def execute(self, context):
        print(self.a, self.b if hasattr(self, "b") else "no b")
        print(self.some.thing)


class OldOp(BaseOperator):
    def __init__(self, a=1, *args, **kw):
        super(OldOp, self).__init__(*args, **kw)
        self.a = a

    def execute(self, context):
        print("old", self.a, self.dag.dag_id, self.task_id)
        raise AirflowException("boom")


class Ctx(BaseOperator):
    def execute(self, context):
        print(type(context).__name__ != "", "ds" in context, context.get("nope"), context.get("ds"))
        print(sorted(context)[:4])
        try:
            context["nope"]
        except KeyError as e:
            print("KeyError", e)
        context["own"] = 5
        print(context["own"])
        d = dict(context)
        print(len(d) > 10)
        try:
            print({**context}["ds"])
        except Exception as e:
            print(type(e))
        print(len(context.keys()) > 10, "ts" in list(context.items())[0] or True)


with MyDAG(
    "operators_of_users",
    start_date=datetime(2024, 1, 1),
    schedule="@daily",
    team="red",
    catchup=False,
    default_args={
        "owner": "o",
        "my_default": "from_default",
        "mixed": "dm",
        "retries": 0,
        "nonexist": 4,
    },
) as dag:
    one = MyOp(
        task_id="one",
        sql="q.sql",
        params={"t": "tab"},
        step=Step("{{ ds }}", 4),
        extra={"k": ["{{ ds_nodash }}", Step("{{ ts }}")], "{{ ds }}": 1},
    )
    two = MyOp(
        task_id="two",
        sql="{{ ti.xcom_pull(task_ids='one')['sql'] }}",
        mixed="own",
        retries=3,
        extra=one.output["sql"],
    )
    one >> two
    c = PythonOperator(
        task_id="callable",
        python_callable=Callable_(5),
        op_args=["{{ ds }}", 2] if False else [],
        op_kwargs={"x": "{{ ds }}"},
    )
    p = PythonOperator(
        task_id="part",
        python_callable=functools.partial(base, "A", c="{{ ds }}"),
        op_args=["{{ ds_nodash }}"],
    )
    p2 = PythonOperator(
        task_id="part2",
        python_callable=functools.partial(base, b=2),
        op_kwargs={"a": "{{ params }}"},
    )
    l = [
        PythonOperator(task_id=f"lam_{i}", python_callable=lambda i=i: print("lam", i))
        for i in range(2)
    ]
    late = [
        PythonOperator(task_id=f"late_{i}", python_callable=lambda: print("late", i))
        for i in range(2)
    ]
    s = MySensor(task_id="sens", what="{{ dag.dag_id }}", poke_interval=5, timeout=100)
    NoInit(task_id="noinit")
    m = ModIn(task_id="modin", a="{{ ds }}")
    m.b = 7
    OldOp(task_id="old")
    Ctx(task_id="ctx")
dag.add_step("stepped") << c
