def tell(context):
    with open("told.txt", "a") as told:
        state = getattr(context["ti"].state, "value", context["ti"].state)
        print(context["ti"].task_id, state, context["ds"], file=told)
        print(context.get("exception"), context.get("word"), file=told)


def tell_too(context):
    tell(context)


def tell_start(context):
    """Without the state: that of `dag.test()` is "scheduled" in Airflow 2."""
    with open("told.txt", "a") as told:
        print("start", context["ti"].task_id, context["ti"].try_number, file=told)


def tell_of_dag(context):
    with open("dag.txt", "a") as told:
        print(context["ti"].task_id, context.get("exception"), context["reason"], file=told)


def work(word, **context):
    if word == "skip":
        raise AirflowSkipException(word)
    if word == "fail":
        raise ValueError(word)


def build():
    before = None
    for word in ("work", "skip", "fail"):
        here = PythonOperator(
            task_id=word,
            python_callable=work,
            op_kwargs={"word": word},
            on_execute_callback=tell_start,
            on_success_callback=[tell, tell_too],
            on_failure_callback=[tell, tell_too],
            on_skipped_callback=tell,
            trigger_rule="all_done",
        )
        if before is not None:
            before >> here
        before = here
    here >> EmptyOperator(task_id="after", on_failure_callback=tell)


DAG_FAILURE = tell_of_dag
