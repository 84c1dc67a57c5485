"""Flows over TaskGraph; `test_flows.py` says what each of them must do."""
# ruff: noqa: T201 (what bodies print is part of what is tested)

from __future__ import annotations

import pickle
import threading
from datetime import datetime
from pathlib import Path

from airflow_compat import (
    AirflowFailException,
    AirflowSkipException,
    TaskGraph,
    airflow_run,
    branch,
    chain,
    cross_downstream,
    get_current_context,
    on_failure,
    on_success,
    short_circuit,
    skips,
    template,
)
from prefect import flow, task
from prefect.task_runners import ThreadPoolTaskRunner


@task
def give(value=None):
    return value


@task
def fail(message="bad"):
    raise ValueError(message)


@task
@skips
def skip():
    raise AirflowSkipException("not today")


def named(name, body=give, **options):
    return body.with_options(name=name, **options)


@task
def pushes(ti, ds, **context):
    ti.xcom_push("rows", 5)
    print(ds, context["params"]["table"], sorted(context)[:3])
    return {"left": 1, "right": [2]}


@flow
def values(logical_date: datetime | None = None):
    run = airflow_run(logical_date, schedule="@daily", dag_id="values", params={"table": "t"})
    with TaskGraph(run) as graph:
        pushed = graph.add(pushes, multiple_outputs=True)
        nothing, skipped = graph.add(named("nothing")), graph.add(skip)
        failed = graph.add(fail)
        nested = {"a": [pushed["rows"], (pushed["left"],)], "b": {"c": pushed}}
        graph.add(named("nested"), nested)
        graph.add(named("absent"), [nothing, skipped, failed], trigger_rule="all_done")
        text = (
            "{{ ds }} {{ ti.xcom_pull('pushes', key='rows') }} {{ task.task_id }} {{ ti.run_id }}"
        )
        graph.add(named("rendered"), template([text, pushed["right"]]))
        graph.add(named("kept"), "{{ ds }}")
    return graph.leaves


@task
def pulls(ti):
    return [ti.xcom_pull("first"), ti.xcom_pull(["first", "later"]), ti.xcom_pull("later")]


@task
def asks_for_its_context(mine):
    context = get_current_context()
    return [
        context["ti"].task_id,
        context["mine"],
        context["ds"] == context["dag_run"].logical_date.strftime("%Y-%m-%d"),
    ]


@flow
def asking():
    with TaskGraph() as graph:
        graph.add(asks_for_its_context, mine=1)
        graph.add(named("other", asks_for_its_context), mine=2)
    return graph.leaves


@flow
def pulling():
    with TaskGraph() as graph:
        first, later = graph.add(named("first"), 1), graph.add(named("later"), 2)
        first >> graph.add(pulls) >> later
    return graph.leaves


@flow
def rescued():
    with TaskGraph() as graph:
        failed = graph.add(fail)
        failed >> graph.add(named("cleanup"), trigger_rule="all_done")
    return graph.leaves


@flow
def lost():
    with TaskGraph() as graph:
        graph.add(fail) >> graph.add(named("after")) >> graph.add(named("last"))
        graph.add(skip) >> graph.add(named("skipped_leaf"))
    return graph.leaves


@flow
def all_well():
    with TaskGraph() as graph:
        graph.add(named("a")) >> graph.add(skip) >> graph.add(named("leaf"))
    return graph.leaves


@flow
def nothing_at_all():
    with TaskGraph() as graph:
        pass
    return graph.leaves


@flow
def branching(chosen: list[str] | str | None = None):
    with TaskGraph() as graph:
        pick = graph.add(branch(named("pick")), chosen)
        a, b, direct = (graph.add(named(name)) for name in ("a", "b", "direct"))
        stubborn = graph.add(named("stubborn"), trigger_rule="all_done")
        join = graph.add(named("join"), trigger_rule="none_failed_min_one_success")
        pick >> [a, b, direct, stubborn]
        [a, b] >> join
        a >> direct
    return graph.leaves


@flow
def cutting(go: bool, ignore: bool):
    with TaskGraph() as graph:
        made = graph.add(named("made")).as_setup()
        cut = graph.add(short_circuit(named("cut"), ignore_downstream_trigger_rules=ignore), go)
        direct, later = (
            graph.add(named("direct")),
            graph.add(named("later"), trigger_rule="all_done"),
        )
        removed = graph.add(named("removed")).as_teardown(setups=made)
        made >> cut >> direct >> later >> removed
    return graph.leaves


@flow
def setups(setup_works: bool, teardown_works: bool):
    with TaskGraph() as graph:
        make = graph.add(named("make", give if setup_works else fail))
        work = graph.add(named("work"))
        remove = graph.add(named("remove", give if teardown_works else fail))
        make >> work >> remove.as_teardown(setups=make)
    return graph.leaves


JOINED = {rule: threading.Event() for rule in ("one_success", "one_failed", "one_done")}


@task
def joined(rule):
    JOINED[rule].set()


@task
def waits_for(rule):
    return JOINED[rule].wait(timeout=60)


@flow
def early():
    with TaskGraph() as graph:
        for rule in JOINED:
            quick = graph.add(named(f"quick_{rule}", fail if rule == "one_failed" else give))
            slow = graph.add(named(f"slow_{rule}", waits_for), rule)
            [quick, slow] >> graph.add(named(rule, joined), rule, trigger_rule=rule)
    return [graph.nodes[f"slow_{rule}"].future for rule in JOINED]


@task(retries=2)
def flaky(ti):
    ti.xcom_push(f"try_{ti.try_number}", True)
    print("try", ti.try_number)
    if ti.try_number < 3:
        raise ValueError("again")
    return ti.try_number


@task(retries=5)
def final():
    raise AirflowFailException("no use")


@task(retries=1)
def needs_a_name(text):
    return text


def refuse(task, task_run, state):
    return False


@task(retries=5, retry_condition_fn=refuse)
def never_again():
    raise ValueError


@flow
def trying():
    with TaskGraph() as graph:
        graph.add(flaky)
        graph.add(final)
        graph.add(never_again)
    return graph.leaves


@flow
def unmakeable():
    with TaskGraph() as graph:
        graph.add(
            named("unready", needs_a_name, on_failure=[on_failure(tell)]), template("{{ unknown }}")
        )
        graph.add(named("too_many", needs_a_name), 1, 2)
        graph.add(named("own_ds", takes_ds), "mine")
    return graph.leaves


@task
def takes_ds(ds):
    return ds


def note(*words):
    with Path("told.txt").open("a") as file:
        print(*words, file=file)


def tell(context):
    ti = context["ti"]
    note(ti.task_id, ti.dag_id, ti.try_number, ti.state, context["ds"], context["reason"])
    note(
        "why", repr(context.get("exception", "none")), context["params"], context["dag_run"].run_id
    )


def tell_too(context):
    note("too", context["task_instance"].task_id)


def tell_argument(context):
    note("given", context["message"], context["task_instance"].map_index)


@flow(on_failure=[on_failure(tell)])
def telling(logical_date: datetime | None = None, airflow: int = 2):
    run = airflow_run(logical_date, airflow=airflow, dag_id="told_dag", params={"p": 1})
    with TaskGraph(run) as graph:
        argument = fail.with_options(name="given", on_failure=[on_failure(tell_argument)])
        graph.add(argument, message="{{ kept }}")
        graph.add(
            fail.with_options(name="loud", retries=1, on_failure=[on_failure([tell, tell_too])])
        )
        graph.add(named("fine", on_failure=[on_failure(tell)]))
    return graph.leaves


@flow(on_failure=[on_failure(tell, task_id="alone")], on_completion=[on_success(tell)])
def telling_of(works: bool):
    if not works:
        fail.with_options(on_failure=[on_failure(tell_argument)])("as argument")


@flow(on_failure=[on_failure(tell)])
def telling_without_run():
    fail.with_options(name="alone", on_failure=[on_failure(tell)])()


@flow
def shapes():
    with TaskGraph() as graph:
        a, b, c, d, e, f = (graph.add(named(name)) for name in "abcdef")
        chain(a, [b, c], [d, e], f)
        g, h, i, j = (graph.add(named(name)) for name in "ghij")
        cross_downstream([g, h], [i, j])
        k = [i, j] >> graph.add(named("k"))
        k << f.output
        graph.add(named("l"), trigger_rule="all_done").set_upstream([k, a])
    return graph.leaves


@flow
def numbered():
    with TaskGraph() as graph:
        one, two = graph.add(give, 1, unique=True), graph.add(give, 2, unique=True)
        graph.add(give, [one, two], unique=True)
    return graph.leaves


@flow
def long_chain(length: int):
    with TaskGraph() as graph:
        node = graph.add(named("t0"), 0)
        for number in range(1, length):
            node = graph.add(named(f"t{number}", add_one), node)
    return graph.leaves


@task
def add_one(number):
    return number + 1


@flow(task_runner=ThreadPoolTaskRunner(max_workers=1))
def one_worker():
    with TaskGraph() as graph:
        left, right = graph.add(named("left")), graph.add(named("right", fail))
        [left, right] >> graph.add(named("join"), trigger_rule="one_done")
        left >> graph.add(skip) >> graph.add(named("after"))
    return [graph.nodes["join"].future]


@task
def sends_ti_away(ti):
    return pickle.dumps(ti)


@flow
def ti_abroad():
    with TaskGraph() as graph:
        graph.add(sends_ti_away)
    return graph.leaves


# Wrong uses: each is an error of its own, and no task runs.


def cycle():
    with TaskGraph() as graph:
        a, b, c = (graph.add(named(name)) for name in "abc")
        a >> b >> c >> a


def twice():
    with TaskGraph() as graph:
        graph.add(give)
        graph.add(give)


def no_graph():
    TaskGraph.current()


def too_late():
    with TaskGraph() as graph:
        pass
    graph.add(give)


def not_a_task():
    with TaskGraph() as graph:
        graph.add(print)


def no_such_rule():
    with TaskGraph() as graph:
        graph.add(give, trigger_rule="sometimes")


def two_graphs():
    with TaskGraph() as outer:
        assert TaskGraph.current() is outer
        a = outer.add(named("a"))
        with TaskGraph() as inner:
            assert TaskGraph.current() is inner
            a >> inner.add(named("b"))


def iterated():
    with TaskGraph() as graph:
        list(graph.add(give))


def broken_block():
    with TaskGraph() as graph:
        graph.add(give)
        raise RuntimeError("while building")


def unequal_chain():
    with TaskGraph() as graph:
        a, b, c = (graph.add(named(name)) for name in "abc")
        chain([a], [b, c])


WRONG_USES = [
    cycle,
    twice,
    no_graph,
    too_late,
    not_a_task,
    no_such_rule,
    two_graphs,
    iterated,
    broken_block,
    unequal_chain,
]


@flow
def wrong_uses():
    give({use.__name__: error_of(use) for use in WRONG_USES})


def error_of(use):
    try:
        use()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


@flow
def branch_to_nowhere():
    with TaskGraph() as graph:
        graph.add(branch(named("pick")), "nowhere") >> graph.add(named("a"))
    return graph.leaves
