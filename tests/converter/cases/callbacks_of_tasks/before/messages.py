def send(context):
    print("sent", context["ti"].task_id)
