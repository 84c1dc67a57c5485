def branch(task_id, chosen, **options):
    return BranchPythonOperator(task_id=task_id, python_callable=lambda: chosen, **options)


def empty(task_id, **options):
    return EmptyOperator(task_id=task_id, **options)


class Choose(BaseBranchOperator):
    def choose_branch(self, context):
        return ["chosen_b", "chosen_c"]


def build():
    one = branch("one", "one_a")
    one >> [empty("one_a"), empty("one_b"), empty("one_c", trigger_rule="all_done")]
    [empty("one_d"), one] >> empty("one_e")
    joined = branch("joined", "left")
    left, right, join = empty("left"), empty("right"), empty("join")
    joined >> [left, right, join]
    left >> join
    right >> empty("after_right") >> empty("rescued", trigger_rule="none_failed")
    Choose(task_id="several") >> [empty("chosen_a"), empty("chosen_b"), empty("chosen_c")]
    branch("nothing", None) >> [empty("nothing_a"), empty("nothing_b")]
    branch("nowhere", "not_there") >> empty("nowhere_a")
    wrong = branch("wrong", [1])
    wrong >> empty("wrong_a") >> empty("wrong_b", trigger_rule="one_failed")
    grouped = branch("grouped", "group")
    with TaskGroup("group") as group:
        empty("first") >> empty("second")
        empty("third")
    other = empty("other")
    grouped >> [group, other]
    group >> empty("after_group", trigger_rule="none_failed_min_one_success")
    for near in (True, False):
        name = f"cut_{near}".lower()
        cut = ShortCircuitOperator(
            task_id=name, python_callable=lambda: 0, ignore_downstream_trigger_rules=near
        )
        cut >> empty(f"{name}_a") >> empty(f"{name}_b", trigger_rule="all_done")
    ShortCircuitOperator(task_id="go_on", python_callable=lambda: "yes") >> empty("went_on")
