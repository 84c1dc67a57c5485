from prefect import flow

seen = set()


@flow(name="changes", log_prints=True)
def changes():
    # dagferry[DF506]: no conversion for `seen`, which the DAG's code changes in place.
    # See `dagferry explain DF506`.
    #   with DAG("changes", start_date=datetime(2024, 1, 1), schedule=None):
    #       for name in ("a", "b", "a"):
    #           if name not in seen:
    #               EmptyOperator(task_id=name)
    #           seen.add(name)
    raise NotImplementedError(
        "changes: convert seen, which the DAG's code changes in place, by hand (DF506)"
    )


if __name__ == "__main__":
    changes()
