"""Commands with variables and a folder of their own; exit code 99 skips what comes after."""

from prefect import flow

from airflow_compat import TaskGraph, bash


@flow(name="bash_environment", log_prints=True)
def bash_environment():
    with TaskGraph() as graph:
        greet = graph.add(
            bash.with_options(name="greet"),
            'echo "$GREETING, $NAME"',
            env={"GREETING": "hello", "NAME": "world"},
        )
        where = graph.add(bash.with_options(name="where"), "pwd", cwd="/tmp")
        path = graph.add(
            bash.with_options(name="path"),
            'test -n "$PATH" && echo "$EXTRA"',
            env={"EXTRA": "more"},
            append_env=True,
        )
        nothing_new = graph.add(bash.with_options(name="nothing_new"), "exit 99")
        load = graph.add(bash.with_options(name="load"), "echo never")

        greet >> [where, path]
        nothing_new >> load
    return graph.leaves


if __name__ == "__main__":
    bash_environment()
