from messages import send


def tell(context):
    print("told", context["ti"].task_id)


def cry(context):
    print("cried", context["ti"].task_id)


DEFAULTS = {"on_failure_callback": cry, "on_success_callback": [tell, send]}
