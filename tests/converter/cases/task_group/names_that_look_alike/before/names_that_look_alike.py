from contextlib import contextmanager


@contextmanager
def TaskGroup(group_id):
    print("open", group_id)
    yield group_id


with TaskGroup("group") as group:
    print("not airflow's", group)
