"""Results kept in a folder, in JSON; a result that is reused for an hour."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from prefect import flow, task
from prefect.filesystems import LocalFileSystem
from prefect.serializers import JSONSerializer
from prefect.tasks import task_input_hash

results = LocalFileSystem(basepath="results")
results.save("results", overwrite=True)


@task(persist_result=True, result_storage=results, result_serializer=JSONSerializer())
def numbers():
    return {"data": [1, 2, 3]}


@task(
    cache_key_fn=task_input_hash,
    cache_expiration=timedelta(hours=1),
    result_storage="local-file-system/results",
)
def slow(number):
    print("computing", number)
    return number * number


@flow(persist_result=True, result_storage=results)
def main():
    data = numbers()["data"]
    return [slow(number) for number in [*data, *data]]


print(main())
print(len(list(Path("results").iterdir())), "files")
