import warnings
from datetime import datetime

from airflow import DAG
from airflow.exceptions import (
    AirflowException,
    AirflowNotFoundException,
    AirflowProviderDeprecationWarning,
    DagRunAlreadyExists,
    DeserializingResultError,
    PoolNotFound,
    TaskDeferred,
)
from airflow.operators.python import PythonOperator
from airflow.utils.state import DagRunState, State, TaskInstanceState
from airflow.utils.trigger_rule import TriggerRule
from airflow.utils.types import DagRunType
from airflow.utils.xcom import XCOM_RETURN_KEY

# Needs a subclass of Warning.
warnings.simplefilter("ignore", AirflowProviderDeprecationWarning)

try:
    from airflow.exceptions import AirflowNonsense
except ImportError:
    AirflowNonsense = None


def states(ti, dag_run):
    print(TaskInstanceState.FAILED, repr(TaskInstanceState("failed")))
    print(list(DagRunState), DagRunState.SUCCESS, f"{State.SUCCESS}")
    print(State.SUCCESS == "success", State.NONE, sorted(State.finished))
    print("queued" in State.unfinished, sorted(State.failed_states))
    print(dag_run.state == DagRunState.RUNNING, dag_run.run_type == DagRunType.MANUAL)
    print(TriggerRule.is_valid("all_done"), TriggerRule.ALL_DONE in TriggerRule.all_triggers())
    print(repr(DagRunType.SCHEDULED))
    ti.xcom_push("state", State.SKIPPED)
    return "pushed"


def keys(ti):
    print(XCOM_RETURN_KEY, ti.xcom_pull(task_ids="states", key=XCOM_RETURN_KEY))
    print(ti.xcom_pull(task_ids="states", key="state"))


def exceptions():
    for one in (AirflowException, AirflowNotFoundException, DagRunAlreadyExists, PoolNotFound):
        print(one.__name__, one.__mro__[1].__name__, int(one.status_code))
    for one in (DeserializingResultError, TaskDeferred, AirflowProviderDeprecationWarning):
        print(one.__name__, one.__mro__[1].__name__)
    print(AirflowNonsense)


with DAG("states_and_keys", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    one = PythonOperator(task_id="states", python_callable=states)
    one >> PythonOperator(task_id="keys", python_callable=keys)
    PythonOperator(task_id="exceptions", python_callable=exceptions)
