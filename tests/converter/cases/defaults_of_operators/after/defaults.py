"""`default_args` hold arguments of the operators' own, too."""

from prefect import flow, task

from airflow_compat import bash


def shout(text):
    return text.upper()


args = {"skip_exit_code": 7, "output_processor": shout, "nobody_takes": 1}


@task
def empty():
    """Marks a place in the graph and does nothing."""


@flow(name="defaults", log_prints=True)
def defaults():
    skipped = bash.with_options(name="skipped").submit(
        "exit 7", output_processor=shout, skip_on_exit_code=7
    )
    shouted = bash.with_options(name="shouted").submit(
        "echo once; echo twice", output_processor=shout, skip_on_exit_code=7
    )
    reversed_run = bash.with_options(name="reversed").submit(
        "echo abc", output_processor=lambda text: text[::-1], skip_on_exit_code=7
    )
    empty_run = empty.submit()
    return [skipped, shouted, reversed_run, empty_run]


if __name__ == "__main__":
    defaults()
