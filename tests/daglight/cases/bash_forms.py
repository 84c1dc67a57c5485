from datetime import datetime

from airflow import DAG
from airflow.operators.bash import BashOperator

with DAG("bash_forms", start_date=datetime(2024, 1, 1), schedule=None) as dag:
    BashOperator(task_id="last_line", bash_command="echo one; echo two  ")
    BashOperator(task_id="silent", bash_command="true")
    BashOperator(task_id="stderr_last", bash_command="echo out; sleep 0.05; echo err >&2")
    BashOperator(task_id="skipped", bash_command="exit 99")
    BashOperator(task_id="skip_other", bash_command="exit 7", skip_on_exit_code=7)
    BashOperator(task_id="skip_list", bash_command="exit 8", skip_on_exit_code=[7, 8])
    BashOperator(task_id="no_skip", bash_command="exit 99", skip_on_exit_code=None)
    BashOperator(
        task_id="env_only", bash_command='echo "[$WHO] [$HOME]"', env={"WHO": "me {{ ds }}"}
    )
    BashOperator(
        task_id="env_more",
        bash_command='test -n "$PATH" && echo $WHO',
        env={"WHO": "me"},
        append_env=True,
    )
    BashOperator(task_id="where", bash_command="pwd", cwd="/")
    BashOperator(task_id="no_where", bash_command="pwd", cwd="/does/not/exist")
    BashOperator(task_id="no_push", bash_command="echo x", do_xcom_push=False)
    BashOperator(
        task_id="ids",
        bash_command="echo $AIRFLOW_CTX_DAG_ID $AIRFLOW_CTX_TASK_ID $AIRFLOW_CTX_TRY_NUMBER",
    )
    BashOperator(
        task_id="processed", bash_command="echo 41", output_processor=lambda text: int(text) + 1
    )
    BashOperator(task_id="trailing", bash_command="echo a\n\n")
