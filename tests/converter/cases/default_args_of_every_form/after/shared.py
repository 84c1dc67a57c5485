from datetime import timedelta

BASE = {"owner": "shop", "retries": 1, "retry_delay": timedelta(minutes=5)}


def defaults(retries):
    return {**BASE, "retries": retries}
