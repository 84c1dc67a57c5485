def tell(context):
    with open("told.txt", "a") as told:
        words = [
            context["ti"].task_id,
            context["ti"].state,
            context["ds"],
            context.get("exception"),
        ]
        print(*map(str, words), context.get("word"), file=told)


def tell_too(context):
    tell(context)


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
            on_execute_callback=tell,
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
