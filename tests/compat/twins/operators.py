class Copy(BaseOperator):
    template_fields = ("table", "more")

    def __init__(self, *, table, more=None, **kwargs):
        super().__init__(**kwargs)
        self.table = table
        self.more = more

    def execute(self, context):
        print(self.table, self.more, context["params"], context["ti"].try_number, self.task_id)
        return {"table": self.table, "try": context["ti"].try_number}


class Twice(Copy):
    def pre_execute(self, context):
        self.before = self.table

    def execute(self, context):
        if context["ti"].try_number < 2:
            raise ValueError("again")
        context["ti"].xcom_push(key="pushed", value=self.before)
        return super().execute(context)


def greet(name, ds=None, ti=None, **context):
    print(name, ds, ti.task_id, context["params"]["colour"])
    return name


def tell(context):
    print("told", context["ti"].task_id, context["name"], context["exception"])


def fail(name):
    raise KeyError(name)


DEFAULTS = {"retries": 1, "retry_delay": timedelta(seconds=0), "table": "of_default_args"}


def build():
    plain = Copy(task_id="plain")
    own = Copy(
        task_id="own",
        table="t_{{ ds_nodash }}",
        more=[{"from": plain.output, "text": ("{{ task.task_id }}", 5)}],
        params={"colour": "blue"},
        retries=0,
    )
    twice = Twice(task_id="twice", table="{{ ti.xcom_pull('plain')['table'] }}")
    pushed = Copy(task_id="pushed", table=twice.output["pushed"], trigger_rule="none_failed")
    hello = PythonOperator(
        task_id="hello", python_callable=greet, op_args=["{{ ds }}"], params={"colour": "red"}
    )
    bad = PythonOperator(
        task_id="bad",
        python_callable=fail,
        op_kwargs={"name": "{{ ds }}"},
        on_failure_callback=tell,
        retries=0,
    )
    unready = Copy(task_id="unready", table="{{ nonesuch }}", retries=0)
    shell = BashOperator(task_id="shell", bash_command="echo {{ ds }}; exit 0", do_xcom_push=False)
    skipped = BashOperator(task_id="skipped", bash_command="exit 99")
    empty = EmptyOperator(task_id="empty", trigger_rule="all_done")
    plain >> [own, twice]
    [own, bad, unready, skipped] >> empty
    hello << plain
    empty >> shell
