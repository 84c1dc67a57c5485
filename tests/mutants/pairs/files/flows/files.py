import csv
from pathlib import Path

from prefect import flow, task

ROWS = [("apple", 3), ("pear", 5)]


@task
def write(header):
    Path("out").mkdir(exist_ok=True)
    with open("out/fruit.csv", "w", newline="") as target:
        csv.writer(target).writerows([header, *ROWS])
    return "out/fruit.csv"


@task
def summarise(path):
    with open(path, newline="") as source:
        rows = list(csv.DictReader(source))
    Path("out/total.txt").write_text(str(sum(int(row["count"]) for row in rows)))


@flow(name="files")
def files():
    path = write(["fruit", "count"])
    summarise(path)


if __name__ == "__main__":
    files()
