from prefect import flow


@flow(name="empty", log_prints=True)
def empty():
    pass


if __name__ == "__main__":
    empty()
