from datetime import timedelta

SLOW = dict(execution_timeout=timedelta(minutes=2))
