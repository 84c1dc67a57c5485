from datetime import datetime

from prefect import flow, task

from airflow_compat import TaskGraph, airflow_run, template

ARGS = ["a{{ ds }}", 2]
CFG = {"x": 1, "y": "{{ ds }}"}


@task
def show(*args, **kwargs):
    return [list(args), {k: v for k, v in kwargs.items() if k in ("x", "y", "z")}]


@task
def two(x, y=None):
    return [x, y]


def args_of(n):
    return [n, n + 1]


@flow(name="spread", log_prints=True)
def spread(logical_date: datetime | None = None):
    run = airflow_run(logical_date)
    with TaskGraph(run) as graph:
        graph.add(show.with_options(name="constant_args"), *template(ARGS))
        graph.add(show.with_options(name="constant_kwargs"), **template(CFG))
        graph.add(two.with_options(name="computed_args"), *template(args_of(3)))
        graph.add(
            show.with_options(name="computed_kwargs"),
            **template(dict(zip("xy", args_of(5)))),
        )
        for pair in [("p", "q{{ ds }}"), ("r", "s")]:
            graph.add(two.with_options(name=f"loop_{pair[0]}"), *template(pair))
            graph.add(
                two.with_options(name=f"loop_kw_{pair[0]}"),
                x=template(pair[1]),
                y=template("{{ ds }}"),
            )
            graph.add(
                show.with_options(name=f"mixed_{pair[0]}"),
                *template([*pair]),
                **template(CFG),
            )
    return graph.leaves


if __name__ == "__main__":
    spread()
