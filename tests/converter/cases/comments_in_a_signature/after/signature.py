"""Comments behind the last parameter may hold brackets."""

from prefect import flow, task


# a :) smile
# the task (instance)
@task
def show(x, one):
    print(x, one)


@task
def one(text: "str" = ")"):
    return text


@flow(name="signature", log_prints=True)
def signature():
    one_result = one()
    show(1, one=one_result)


if __name__ == "__main__":
    signature()
