def task(function):
    """Nothing to do with airflow."""
    return function


@task
def hello():
    print("hello")


hello()
