from datetime import timedelta


def told(context):
    print("failed", context["ti"].task_id)


def defaults(retries):
    found = {"retry_delay": timedelta(seconds=0), "on_failure_callback": told}
    for name in ["retries"]:
        found[name] = retries
    return found
