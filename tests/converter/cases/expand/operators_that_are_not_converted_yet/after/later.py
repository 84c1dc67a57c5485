from prefect import flow, task


def options():
    return [{"bash_command": "echo 1"}]


@task
def computed(*args, **kwargs):
    # dagferry[DF701]: no conversion for dynamic task mapping of an operator over dicts that are computed.
    # See `dagferry explain DF701`.
    #   BashOperator.partial(task_id="computed").expand_kwargs(found.output)
    raise NotImplementedError(
        "computed: convert dynamic task mapping of an operator over dicts that are computed by hand (DF701)",
    )


@task
def options_of_a_run(*args, **kwargs):
    # dagferry[DF701]: no conversion for dynamic task mapping of an operator over dicts that are computed.
    # See `dagferry explain DF701`.
    #   BashOperator.partial(task_id="options_of_a_run").expand_kwargs(
    #       [{"bash_command": "echo 1", "retries": 2}]
    #   )
    raise NotImplementedError(
        "options_of_a_run: convert dynamic task mapping of an operator over dicts that are computed by hand (DF701)",
    )


@task
def files(*args, **kwargs):
    # dagferry[DF303]: no conversion for a template file of a mapped task.
    # See `dagferry explain DF303`.
    #   BashOperator.partial(task_id="files").expand(bash_command=["one.sh", "two.sh"])
    raise NotImplementedError(
        "files: convert a template file of a mapped task by hand (DF303)"
    )


@task
def limited(*args, **kwargs):
    # dagferry[DF301]: no conversion for the argument `max_active_tis_per_dag` of a mapped task.
    # See `dagferry explain DF301`.
    #   BashOperator.partial(task_id="limited", bash_command="echo", max_active_tis_per_dag=1).expand(env=[{}])
    raise NotImplementedError(
        "limited: convert the argument max_active_tis_per_dag of a mapped task by hand (DF301)",
    )


@task
def functions(*args, **kwargs):
    # dagferry[DF701]: no conversion for dynamic task mapping over the argument `python_callable`.
    # See `dagferry explain DF701`.
    #   PythonOperator.partial(task_id="functions").expand(python_callable=[options, print])
    raise NotImplementedError(
        "functions: convert dynamic task mapping over the argument python_callable by hand (DF701)",
    )


@task
def load(*args, **kwargs):
    # dagferry[DF701]: no conversion for dynamic task mapping of an operator.
    # See `dagferry explain DF701`.
    #   Load.partial(task_id="load").expand(table=["a", "b"])
    raise NotImplementedError(
        "load: convert dynamic task mapping of an operator by hand (DF701)"
    )


@flow(name="later", log_prints=True)
def later():
    options_run = task(options, name="options").submit()
    computed_run = computed.submit(options_run)
    options_of_a_run_run = options_of_a_run.submit()
    files_run = files.submit()
    limited_run = limited.submit()
    functions_run = functions.submit()
    load_run = load.submit()
    return [
        computed_run,
        options_of_a_run_run,
        files_run,
        limited_run,
        functions_run,
        load_run,
    ]


if __name__ == "__main__":
    later()
