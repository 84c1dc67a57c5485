class Counts(BaseSensorOperator):
    template_fields = ("until",)

    def __init__(self, *, until, **kwargs):
        super().__init__(**kwargs)
        self.until = until
        self.count = 0

    def poke(self, context):
        self.count += 1
        print("poke", self.count)
        return PokeReturnValue(self.count >= int(self.until), xcom_value=f"{self.count} pokes")


def poking(task_id, function, **options):
    return PythonSensor(
        task_id=task_id, python_callable=function, poke_interval=0.01, timeout=0.03, **options
    )


def fail():
    raise ValueError("poked")


def build():
    counts = Counts(task_id="counts", until="{{ 3 }}", poke_interval=0.01)
    counts >> BashOperator(task_id="shows", bash_command="echo {{ ti.xcom_pull('counts') }}")
    poking("at_once", lambda ds: ds)
    poking("value", lambda: PokeReturnValue(True, "found"))
    poking("never", lambda: False) >> EmptyOperator(task_id="after_never")
    poking("softly", lambda: False, soft_fail=True) >> EmptyOperator(task_id="after_softly")
    poking("breaks", fail)
    poking("breaks_softly", fail, soft_fail=True)
    poking("breaks_silently", fail, silent_fail=True)
    poking("never_fails", fail, never_fail=True)
    poking("timed_out_for_good", lambda: False, retries=1, retry_delay=timedelta(0))
    poking("tries", fail, retries=1, retry_delay=timedelta(0))
