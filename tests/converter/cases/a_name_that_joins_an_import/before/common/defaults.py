from datetime import timedelta


def notify(context):
    print(context["task_instance"].task_id)


def defaults(owner):
    return {"owner": owner, "retry_delay": timedelta(seconds=1), "on_failure_callback": notify}
