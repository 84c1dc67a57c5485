"""What a command prints is read in the encoding that the operator names."""

from prefect import flow

from airflow_compat import bash

ENCODING = "utf-16-le"


@flow(name="bytes", log_prints=True)
def bytes_flow():
    latin = bash.with_options(name="latin").submit(
        "printf 'caf\\351'", output_encoding="latin-1"
    )
    wide = bash.with_options(name="wide").submit(
        "printf 'a\\000b\\000'", output_encoding=ENCODING
    )
    wrong = bash.with_options(name="wrong").submit("printf 'caf\\351'")
    return [latin, wide, wrong]


if __name__ == "__main__":
    bytes_flow()
