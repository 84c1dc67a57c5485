from prefect import flow

from airflow_compat import TaskGraph, bash, chain


@flow(name="arrow", log_prints=True)
def arrow():
    with TaskGraph() as graph:
        early = graph.add(bash.with_options(name="early"), "true")
        first = graph.add(
            bash.with_options(name="first", retries=3, retry_delay_seconds=300), "true"
        )
        second = graph.add(bash.with_options(name="second"), "true")
        third = graph.add(bash.with_options(name="third"), "true")
        fourth = graph.add(bash.with_options(name="fourth"), "true")
        many = [graph.add(bash.with_options(name=f"m{i}"), "true") for i in range(2)]
        first >> second
        chain(second, third)
        fourth.set_upstream(third)
        fourth >> many
        early >> first
    return graph.leaves


if __name__ == "__main__":
    arrow()
