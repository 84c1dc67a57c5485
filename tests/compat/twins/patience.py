COUNTS = {"grown": 0, "in_time": 0}


def grown(name, pokes):
    COUNTS[name] += 1
    return COUNTS[name] >= pokes


def waiting(task_id, function, **options):
    return PythonSensor(task_id=task_id, python_callable=function, **options)


def build():
    waiting("grown", grown, op_args=["grown", 3], poke_interval=60)
    waiting("in_time", grown, op_args=["in_time", 5], poke_interval=100, timeout=450)
    waiting("too_late", lambda: False, poke_interval=100, timeout=450, soft_fail=True)
    waiting("tired", lambda: False, poke_interval=timedelta(hours=6), timeout=timedelta(days=1))
    waiting("grows", lambda: False, poke_interval=60, timeout=3600, exponential_backoff=True)
    waiting("later", lambda: False, poke_interval=600, timeout=3000, mode="reschedule", retries=0)
