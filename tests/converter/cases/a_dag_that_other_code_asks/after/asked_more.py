from prefect import flow


def describe():
    return by_tags.tags


@flow(name="tags", log_prints=True)
def by_tags():
    # dagferry[DF501]: no conversion for `by_tags.tags`. See `dagferry explain DF501`.
    #   with DAG(
    #       "tags", start_date=datetime(2024, 1, 1), schedule=None, catchup=False
    #   ) as by_tags:
    #       EmptyOperator(task_id="start")
    raise NotImplementedError("by_tags: convert by_tags.tags by hand (DF501)")


if __name__ == "__main__":
    by_tags()
