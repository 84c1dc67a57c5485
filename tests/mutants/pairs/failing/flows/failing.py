from prefect import allow_failure, flow, task


@task
def create_cluster():
    return "cluster-1"


@task
def run_job(cluster):
    print(f"running on {cluster}")
    raise ValueError("out of memory")


@task
def publish():
    print("published")


@task
def delete_cluster(cluster):
    print(f"deleted {cluster}")


@flow(name="failing", log_prints=True)
def failing():
    cluster = create_cluster.submit()
    job = run_job.submit(cluster)
    published = publish.submit(wait_for=[job])
    deleted = delete_cluster.submit(cluster, wait_for=[allow_failure(job)])
    return [published, deleted]


if __name__ == "__main__":
    failing()
