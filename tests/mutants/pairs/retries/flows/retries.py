from pathlib import Path

from prefect import flow, task


@task(retries=3, retry_delay_seconds=0.01, timeout_seconds=300)
def fetch():
    marker = Path("attempts")
    attempt = int(marker.read_text()) + 1 if marker.exists() else 1
    marker.write_text(str(attempt))
    print(f"attempt {attempt}")
    if attempt < 3:
        raise ConnectionError("not yet")
    return attempt


@task(retries=1, retry_delay_seconds=0.02)
def report(fetched):
    print(f"fetched after {fetched} attempts")


@flow(name="retries", log_prints=True)
def retries():
    fetched = fetch()
    report(fetched)


if __name__ == "__main__":
    retries()
