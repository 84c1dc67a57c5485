def show(task_id, text, **options):
    return BashOperator(task_id=task_id, bash_command=f"echo {text}", **options)


def build():
    first = show("first", "1")
    with TaskGroup("outer", default_args={"env": {"WHO": "outer"}}) as outer:
        a = show("a", "$WHO")
        with TaskGroup("inner", default_args={"env": {"WHO": "inner"}}) as inner:
            b, c = show("b", "$WHO"), show("c", "$WHO", env={"WHO": "own"})
        with TaskGroup("bare", prefix_group_id=False) as bare:
            d = show("d", "$WHO") >> show("e", "{{ ti.xcom_pull('outer.inner.b') }}")
        a >> inner >> bare
    with TaskGroup("outer", add_suffix_on_collision=True) as again:
        show("a", "again")
    last = show("last", "{{ ti.xcom_pull('outer.a') }}{{ task.task_id }}")
    first >> outer >> again
    outer >> last
    with TaskGroup("torn") as torn:
        made = show("made", "made").as_setup()
        work = show("work", "work")
        made >> work >> show("gone", "gone").as_teardown(setups=made)
    torn >> show("after_torn", "x")
