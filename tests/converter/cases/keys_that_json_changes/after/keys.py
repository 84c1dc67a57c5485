from prefect import flow, task


@task
def number():
    return {1: "one", "two": 2}


@task
def named():
    found = {"rows": [{None: 0}]}
    return found


@task
def counted():
    return {place: name for place, name in enumerate("ab")}


@task
def pushed():
    return {-1: 0.5}


@task
def texts():
    inner = {1: "one"}
    return {"text": str(inner), **{"more": inner[1]}}


@task
def kept():
    counts = {0: "nothing"}
    print(counts)
    return sorted({1: "one"})


@flow(name="keys", log_prints=True)
def keys():
    number_run = number.submit()
    named_run = named.submit()
    counted_run = counted.submit()
    shares = pushed.submit()
    texts_run = texts.submit()
    kept_run = kept.submit()
    return [number_run, named_run, counted_run, shares, texts_run, kept_run]


if __name__ == "__main__":
    keys()
