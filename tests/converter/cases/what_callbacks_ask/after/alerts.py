def tell(context):
    ti = context["task_instance"]
    print(ti.log_url, context["exception"], context["dag"].dag_id)


def tell_more(context, channel):
    print(channel, context["ti"].hostname)
