"""Templates, contexts, XCom and the other parts that need no engine."""

from __future__ import annotations

import copy
import json
import pickle
import re
from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import jinja2
import pytest
from conftest import FakeVariable, utc
from dagferry.model.context_names import UNAVAILABLE

DATA = Path(__file__).with_name("data")


@pytest.fixture
def run(compat):
    return compat.airflow_run(utc("2024-01-31T06:00"), schedule="0 6 * * *", dag_id="etl")


@pytest.fixture
def ti(compat, run):
    return compat.TaskInstance("load", run, compat.XComs())


TEMPLATES = {
    "{{ ds }} {{ ds_nodash }}": "2024-01-31 20240131",
    "{{ ts }}": "2024-01-31T06:00:00+00:00",
    "{{ logical_date }}": "2024-01-31 06:00:00+00:00",
    "{{ data_interval_start | ds }}": "2024-01-30",
    "{{ data_interval_end | ts }}": "2024-01-31T06:00:00+00:00",
    "{{ execution_date | ds_nodash }} {{ execution_date | ts_nodash }}": "20240131 20240131T060000",
    "{{ execution_date | ts_nodash_with_tz }}": "20240131T060000+0000",
    "{{ none | ds }}": "None",
    "{{ macros.ds_add(ds, 1) }} {{ macros.ds_add(ds, -31) }}": "2024-02-01 2023-12-31",
    "{{ macros.ds_format(ds, '%Y-%m-%d', '%d.%m.%y') }}": "31.01.24",
    "{{ (logical_date - macros.timedelta(days=1)).strftime('%d') }}": "30",
    "{{ macros.datetime(2024, 1, 1).year }} {{ macros.json.dumps([1]) }}": "2024 [1]",
    "{{ macros.random() < 1 }} {{ macros.time.time() > 0 }}": "True True",
    "{{ macros.uuid.UUID(int=1).int }}": "1",
    "{{ dag.dag_id }} {{ run_id }}": "etl manual__2024-01-31T06:00:00+00:00",
    "{{ prev_ds }} {{ next_ds }} {{ yesterday_ds }}": "2024-01-30 2024-01-31 2024-01-30",
    "{% do [].append(1) %}done": "done",
    "ends with one newline\n": "ends with one newline",
    "no template": "no template",
}


@pytest.mark.parametrize("source", TEMPLATES)
def test_a_template_gives_what_airflow_gives(run, source):
    assert run.render(source) == TEMPLATES[source]


def test_params_conf_and_variables_are_names_of_templates(compat):
    FakeVariable.values.update(host="db1", limits='{"rows": 5}')
    run = compat.airflow_run(params={"table": "t"}, conf={"day": 3})
    assert run.render("{{ params.table }} {{ params['day'] }} {{ dag_run.conf.day }}") == "t 3 3"
    assert run.render("{{ var.value.host }} {{ var.json.limits.rows }}") == "db1 5"
    assert run.render("{{ var.value.get('nope', 'x') }}") == "x"
    with pytest.raises(KeyError, match="Variable nope does not exist"):
        run.render("{{ var.value.nope }}")


def test_lists_tuples_sets_and_dicts_are_rendered_inside(run):
    Point = namedtuple("Point", "x y")
    value = {"{{ ds }}": ["{{ ds_nodash }}", ("{{ ds }}", 5)], "n": {"{{ ds }}"}}
    assert run.render(value) == {
        "{{ ds }}": ["20240131", ("2024-01-31", 5)],
        "n": {"2024-01-31"},
    }
    assert run.render(Point("{{ ds }}", None)) == Point("2024-01-31", None)
    assert run.render(7) == 7


def test_an_unknown_name_is_an_error(run):
    with pytest.raises(jinja2.UndefinedError, match="'nope' is undefined"):
        run.render("{{ nope }}")


def test_names_that_airflow_3_removed_are_unknown_there(compat):
    run = compat.airflow_run(airflow=3)
    with pytest.raises(jinja2.UndefinedError, match="'execution_date' is undefined"):
        run.render("{{ execution_date }}")


def test_a_template_may_read_private_names_but_not_pythons_own(run):
    run_names = {"it": type("It", (), {"_private": 1})()}
    assert run.render("{{ it._private }}", **run_names) == "1"
    with pytest.raises(jinja2.exceptions.SecurityError):
        run.render("{{ it.__class__.__mro__ }}", **run_names)


def test_user_macros_and_filters_are_known(compat):
    run = compat.airflow_run(
        user_defined_macros={"bucket": "b", "double": lambda n: 2 * n},
        user_defined_filters={"shout": str.upper},
    )
    assert run.render("{{ bucket }} {{ double(3) }} {{ 'a' | shout }}") == "b 6 A"


def asks_for_ds(ds, x=None): ...


def takes_everything(x, **context): ...


CONTEXT = {"ds": "2024-01-01", "ti": "TI", "params": {}}


def test_a_body_gets_the_context_names_of_its_signature(compat):
    assert compat.wanted(asks_for_ds, (), CONTEXT) == {"ds": "2024-01-01"}
    assert compat.wanted(len, ([],), CONTEXT) == {}


def test_a_body_with_kwargs_gets_the_whole_context(compat):
    assert compat.wanted(takes_everything, (1,), CONTEXT) == CONTEXT


def test_a_positional_argument_on_a_context_name_is_airflows_error(compat):
    with pytest.raises(ValueError, match="The key 'ds' in args is a part of kwargs"):
        compat.wanted(asks_for_ds, ("mine",), CONTEXT)


def pushed(compat, run):
    """XComs of a run: `a` and `b` returned, `s` was skipped after a push."""
    xcoms = compat.XComs()
    for task_id, key, value in [
        ("a", "k", 1),
        ("a", "return_value", "A"),
        ("s", "k", "S"),
        ("b", "return_value", {"x": 5}),
    ]:
        xcoms.push(task_id, key, value)
    return compat.TaskInstance("p", run, xcoms)


# Recorded with Airflow 2.11.2: a returned dict has no keys of its own unless `multiple_outputs` is set.
PULLS_IN_AIRFLOW_2 = [
    ({"task_ids": "a"}, "A"),
    ({"task_ids": "a", "key": "k"}, 1),
    ({"task_ids": "b", "key": "x"}, None),
    ({"task_ids": "s"}, None),
    ({"task_ids": "s", "key": "k"}, "S"),
    ({"task_ids": "zz"}, None),
    ({"task_ids": "zz", "default": 7}, 7),
    ({"task_ids": ["a", "s", "b", "zz"]}, ["A", {"x": 5}]),
    ({"task_ids": ("b", "a")}, [{"x": 5}, "A"]),
    ({"task_ids": ["s", "a"], "key": "k"}, ["S", 1]),
    ({}, {"x": 5}),
    ({"key": "k"}, "S"),
    ({"task_ids": ["b", "a", "b"]}, ["A", {"x": 5}]),
    ({"task_ids": "a", "map_indexes": 0, "default": 7}, 7),
    ({"task_ids": "a", "map_indexes": -1, "default": 7}, "A"),
    ({"task_ids": "a", "map_indexes": [0, -1], "default": 7}, ["A"]),
    ({"task_ids": "a", "map_indexes": None}, "A"),
]
#: Recorded with Airflow 3.3.2.
PULLS_IN_AIRFLOW_3 = [
    ({"task_ids": "zz", "default": 7}, None),
    ({"task_ids": ["zz", "a"], "default": 7}, [None, "A"]),
    ({"task_ids": ["a", "a"]}, ["A", "A"]),
    ({"task_ids": "a", "map_indexes": 0, "default": 7}, 7),
    ({"task_ids": "a", "map_indexes": -1, "default": 7}, "A"),
    ({"task_ids": "a", "map_indexes": [0, -1], "default": 7}, [7, "A"]),
]


@pytest.mark.parametrize(("arguments", "value"), PULLS_IN_AIRFLOW_2, ids=str)
def test_a_pull_gives_what_airflow_2_gives(compat, run, arguments, value):
    assert pushed(compat, run).xcom_pull(**arguments) == value


@pytest.mark.parametrize(("arguments", "value"), PULLS_IN_AIRFLOW_3, ids=str)
def test_a_pull_gives_what_airflow_3_gives(compat, arguments, value):
    ti = pushed(compat, compat.airflow_run(airflow=3))
    assert ti.xcom_pull(**arguments) == value


@pytest.mark.parametrize(("major", "found"), [(2, [None, None]), (3, [7, 7])])
def test_airflow_3_takes_none_for_no_value_where_it_looks_for_a_single_one(compat, major, found):
    ti = pushed(compat, compat.airflow_run(airflow=major))
    ti.xcom_push("nothing", None)
    asked = {"task_ids": ti.task_id, "key": "nothing", "default": 7}
    single = ti.xcom_pull(**asked, map_indexes=-1)
    assert [single, *ti.xcom_pull(**asked, map_indexes=[-1])] == found


def test_map_indexes_without_a_task_are_refused(compat, run):
    with pytest.raises(NotImplementedError, match="needs ids of tasks"):
        pushed(compat, run).xcom_pull(map_indexes=0)


def test_in_airflow_3_a_list_has_a_place_for_everything_and_none_means_oneself(compat):
    ti = pushed(compat, compat.airflow_run(airflow=3))
    assert ti.xcom_pull(["a", "zz", "b"]) == ["A", None, {"x": 5}]
    assert ti.xcom_pull(key="k") is None
    ti.xcom_push("k", 9)
    assert ti.xcom_pull(key="k") == 9


def test_a_pull_has_airflows_order_of_arguments_and_stays_in_its_dag(compat, run):
    ti = pushed(compat, run)
    assert ti.xcom_pull("a", "etl", "k") == ti.xcom_pull("a", None, "k") == 1
    with pytest.raises(NotImplementedError, match=r"XComs of another DAG \(other\)"):
        ti.xcom_pull("a", "other")


def test_a_push_is_seen_by_the_trace_and_by_others_and_the_last_one_counts(compat, run, ti):
    ti.xcom_push("k", 1)
    ti.xcom_push(key="k", value=2)
    other = compat.TaskInstance("other", run, ti._xcoms)
    assert ti.__xcoms__ == {"k": 2}
    assert other.xcom_pull("load", key="k") == 2
    assert other.__xcoms__ == {}


def test_a_new_try_forgets_what_the_last_one_pushed(ti):
    ti._try_number = 1
    ti.xcom_push("old", 1)
    ti._try_number = 2
    ti.xcom_push("new", 2)
    assert ti.__xcoms__ == {"new": 2}
    assert ti.xcom_pull("load", key="old") is None


@pytest.mark.parametrize("leave", [pickle.dumps, copy.deepcopy])
def test_ti_cannot_leave_its_process(ti, leave):
    with pytest.raises(TypeError, match="`ti` of task 'load' cannot leave its process"):
        leave(ti)


def test_ti_knows_its_run(ti, run):
    assert (ti.task_id, ti.dag_id, ti.run_id) == ("load", "etl", run.run_id)
    assert (ti.try_number, ti.map_index, ti.log_url) == (1, -1, None)
    assert ti.execution_date == ti.logical_date == run.logical_date


@pytest.mark.parametrize("key", ["My_Var", "a.b", "a b", "", "ä"])
def test_a_variable_that_prefect_cannot_hold_is_kept_under_another_name(compat, key):
    before = set(FakeVariable.values)
    compat.Variable.set(key, "one")
    (name,) = set(FakeVariable.values) - before
    assert re.fullmatch(r"[a-z0-9_-]+", name)
    assert compat.Variable.get(key) == "one"


def test_variables_that_differ_in_case_stay_two(compat):
    compat.Variable.set("ENV", "upper")
    compat.Variable.set("env", "lower")
    assert (compat.Variable.get("ENV"), compat.Variable.get("env")) == ("upper", "lower")
    assert FakeVariable.values["env-65e20073"] == "upper"


def test_variables_are_text_unless_json_is_asked_for(compat):
    FakeVariable.values.update(text="5", table={"a": [1]})
    assert compat.Variable.get("text") == "5"
    assert compat.Variable.get("text", deserialize_json=True) == 5
    assert compat.Variable.get("table") == '{"a": [1]}'
    assert compat.Variable.get("table", deserialize_json=True) == {"a": [1]}


def test_a_missing_variable_has_its_default_or_is_a_key_error(compat):
    assert compat.Variable.get("nope", "x") == "x"
    assert compat.Variable.get("nope", default_var=None) is None
    assert compat.Variable.get("nope", default=3) == 3
    with pytest.raises(KeyError, match="Variable nope does not exist"):
        compat.Variable.get("nope")


def test_setting_a_variable_keeps_text_or_json(compat):
    compat.Variable.set("n", 5)
    compat.Variable.set("n", 6)
    compat.Variable.set("j", {"a": 1}, serialize_json=True)
    assert compat.Variable.get("n") == "6"
    assert compat.Variable.get("j", deserialize_json=True) == {"a": 1}


def test_a_missing_name_can_be_imported_and_derived_from(compat):
    operator = compat.missing("airflow.providers.x.XOperator", "DF710")

    class Mine(operator):
        kind = "mine"

        def __init__(self, table):
            self.table = table

    assert Mine.kind == "mine"
    assert issubclass(Mine, operator)


def uses():
    return {
        "call": lambda op: op(task_id="x"),
        "attribute": lambda op: op.partial,
        "subclass": lambda op: type("Mine", (op,), {"__init__": print})(),
        "attribute of a subclass": lambda op: type("Mine", (op,), {}).partial,
        "decorator": lambda op: op(lambda: None),
    }


@pytest.mark.parametrize("how", uses())
def test_using_a_missing_name_says_what_is_missing(compat, how):
    operator = compat.missing("airflow.providers.x.XOperator", "DF710")
    with pytest.raises(NotImplementedError, match=r"airflow\.providers\.x\.XOperator.*DF710"):
        uses()[how](operator)


def test_a_final_failure_is_not_retried(compat):
    failed = type("State", (), {"data": compat.AirflowFailException()})
    other = type("State", (), {"data": ValueError()})
    assert compat.retry_unless_final(None, None, failed) is False
    assert compat.retry_unless_final(None, None, other) is True


def test_a_timedelta_schedule_reaches_back_from_the_date(compat):
    run = compat.airflow_run(utc("2024-01-02T05:00"), schedule=timedelta(hours=8))
    assert run.data_interval_start == utc("2024-01-01T21:00")
    assert run.prev_ds == "2024-01-01"


USES = {
    "attribute": lambda value: value.get,
    "item": lambda value: value["core"],
    "call": lambda value: value(),
    "truth": lambda value: bool(value),
    "text": lambda value: f"{value}",
    "print": lambda value: str(value),
    "loop": lambda value: list(value),
    "length": lambda value: len(value),
    "membership": lambda value: 1 in value,
    "equality": lambda value: value == [],
    "inequality": lambda value: value != [],
    "order": lambda value: value < 1,
    "pickle": pickle.dumps,
    "copy": copy.deepcopy,
}


@pytest.mark.parametrize("use", USES)
def test_what_only_airflow_has_in_its_context_raises_when_it_is_used(compat, run, ti, use):
    context = compat.wanted(lambda **_: None, (), compat.task_context(run, ti))
    with pytest.raises(NotImplementedError, match=r"'conf' of Airflow's context .* \(DF405\)"):
        USES[use](context["conf"])


def test_a_context_that_lacks_names_can_be_shown_whole(compat, run, ti):
    context = compat.task_context(run, ti)
    assert "'conf': <'conf' of Airflow's context, which a flow does not have>" in repr(context)


@pytest.mark.parametrize("major", [2, 3])
def test_a_context_has_the_names_that_airflow_gives_it(compat, major):
    run = compat.airflow_run(utc("2024-01-31T06:00"), dag_id="etl", airflow=major)
    context = compat.task_context(run, compat.TaskInstance("load", run, compat.XComs()))
    recorded = json.loads((DATA / f"airflow{major}-context.json").read_text())
    assert sorted(context) == recorded["names"]


@pytest.mark.parametrize("major", [2, 3])
def test_what_a_context_lacks_is_what_the_converter_warns_of(compat, major):
    assert set(compat.NOT_IN_FLOWS[major]) <= UNAVAILABLE


def test_the_converter_warns_of_nothing_that_every_context_has(compat, run, ti):
    context = compat.task_context(run, ti)
    there = {name for name, value in context.items() if not isinstance(value, compat.NotInFlows)}
    # A flow's `dag` is there for templates: its id, none of its tasks.
    assert sorted(there & UNAVAILABLE) == ["dag"]


@pytest.mark.parametrize("option", ["unique", "multiple_outputs", "trigger_rule"])
def test_an_option_of_a_node_is_no_argument_of_its_body(compat, run, option):
    body = compat.Task()
    body.name = "load"
    with (
        pytest.raises((TypeError, compat.AirflowException), match=option.replace("_", ".")),
        compat.TaskGraph(run) as graph,
    ):
        graph.add(body, **{option: 1})


def test_a_parameter_that_airflow_fills_and_a_flow_cannot_raises_whatever_its_default(
    compat, run, ti
):
    with pytest.raises(NotImplementedError, match="'inlets' of Airflow's context"):
        compat.wanted(lambda inlets=(): inlets, (), compat.task_context(run, ti))
