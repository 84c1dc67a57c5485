from prefect import flow, task


@task
def extract():
    data = [1, 2, 3, 4, 5]
    return data


@task
def transform(data):
    result = [x * 2 for x in data]
    return result


@flow(name="etl", log_prints=True)
def etl():
    data = extract()
    transform(data)


if __name__ == "__main__":
    etl()
