class Show(BaseOperator):
    template_fields = ("a", "b")

    def __init__(self, *, a=None, b=None, **kwargs):
        super().__init__(**kwargs)
        self.a, self.b = a, b

    def execute(self, context):
        print(self.a, self.b, context["ti"].map_index)
        if self.a == "bad":
            raise ValueError(self.a)
        if self.a == "skip":
            raise AirflowSkipException("skipped")
        return [self.a, self.b]


class All(Show):
    def execute(self, context):
        print(self.a)
        return None if self.a is None else list(self.a)


def returns(task_id, value, **options):
    return PythonOperator(task_id=task_id, python_callable=lambda: value, **options)


def rules(source, name):
    for rule in RULES:
        source >> EmptyOperator(task_id=f"{name}_{rule}", trigger_rule=rule)


RULES = [
    "all_success",
    "all_failed",
    "all_done",
    "one_success",
    "one_failed",
    "none_failed",
    "all_skipped",
]


def build():
    product = Show.partial(task_id="product").expand(a=[1, 2], b=["{{ ds }}", "x", "y"])
    All(task_id="all_of", a=product.output)
    one = Show.partial(task_id="one").expand(a=[7])
    [product, one] >> PythonOperator(
        task_id="pulls",
        python_callable=lambda ti: [list(ti.xcom_pull(task_id)) for task_id in ("product", "one")],
    )
    numbers = returns("numbers", [1, "{{ ds }}", 3])
    over = Show.partial(task_id="over", b="{{ ds }}").expand(a=numbers.output)
    Show.partial(task_id="over_mapped").expand(a=over.output)
    Show.partial(task_id="over_dict").expand(a=returns("a_dict", {"k": 1, "l": 2}).output)
    Show.partial(task_id="kwargs", b=5).expand_kwargs([{"a": 1}, {"a": "{{ ds }}"}])
    Show.partial(task_id="zero").expand(a=[]) >> EmptyOperator(task_id="after_zero")
    none = Show.partial(task_id="none").expand(a=returns("an_empty", []).output)
    none >> EmptyOperator(task_id="after_none")
    All(task_id="of_none", a=none.output, trigger_rule="all_done")
    text = returns("text", "text")
    Show.partial(task_id="over_text").expand(a=text.output)
    nothing = returns("nothing", None)
    Show.partial(task_id="over_nothing", trigger_rule="all_done").expand(a=nothing.output)
    rules(Show.partial(task_id="mixed").expand(a=[1, "bad", "skip"]), "mixed")
    rules(Show.partial(task_id="bads").expand(a=["bad", "bad"]), "bads")
    rules(Show.partial(task_id="skips").expand(a=["skip", "skip"]), "skips")
    rules(Show.partial(task_id="goods").expand(a=[1, 2]), "goods")
    failed = Show(task_id="failed", a="bad")
    failed >> Show.partial(task_id="known").expand(a=[1, 2])
    Show.partial(task_id="unknown").expand(a=failed.output)
    Show.partial(task_id="again", retries=1, retry_delay=timedelta(0)).expand(a=[1, "bad"])
