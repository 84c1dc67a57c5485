"""The random DAG that a seed stands for.

A task pulls only from tasks that have ended whenever it runs, and rules are chosen so that what a
file does does not hang on the order in which an engine takes tasks that are free to run.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from dag_mapping import ITEMS, mapped
from dag_plans import FEATURES, DagPlan, Input, TaskPlan
from dag_races import OUTRUN, RACING, without_race
from dag_words import (
    CHANGED,
    DATES,
    EARLY,
    KINDS,
    NEW_RULES,
    OLD_TEMPLATES,
    RULES,
    TEMPLATES,
    VALUES,
)


def plan(seed: int, version: int, without: Sequence[str] = ()) -> DagPlan:
    """The DAG of a seed, for a major version of Airflow, without some features."""
    random = Random(seed)  # noqa: S311 - no secret
    patient = random.random() < 0.4
    features = frozenset(FEATURES) - frozenset(without) - (RACING if patient else frozenset())
    fast = random.random() < 0.06 and "fail fast" in features
    features -= OUTRUN if fast else frozenset()
    maker = _Maker(random, version, features, patient, fast)
    tasks = _with_choices(random, tuple(maker.tasks()))
    return DagPlan(
        dag_id=f"random_{seed}",
        version=version,
        logical_date=random.choice(DATES),
        tasks=tuple(without_race(one, tasks, patient) for one in tasks),
        options=tuple(maker.dag_options()),
        conf=random.choice(({}, {}, {"limit": 7}, {"limit": 3, "name": "Zoë"})),
    )


class _Maker:
    def __init__(
        self,
        random: Random,
        version: int,
        features: frozenset[str],
        patient: bool,
        fast: bool,
    ) -> None:
        self.random, self.version, self.features = random, version, features
        self.patient, self.fast = patient, fast
        self.made: list[TaskPlan] = []

    def _may(self, feature: str, chance: float) -> bool:
        return self.random.random() < chance and feature in self.features

    def tasks(self) -> list[TaskPlan]:
        count = self.random.randint(3, 8)
        shape = self.random.choice(("chain", "fan", "diamond", "random", "random", "random"))
        for index in range(count):
            self.made.append(self._task(index, self._upstream(shape, index, count)))
        return self.made

    def _upstream(self, shape: str, index: int, count: int) -> tuple[str, ...]:
        names = [one.name for one in self.made]
        if index == 0:
            return ()
        if shape == "chain":
            return (names[-1],)
        if shape == "fan":
            middle = count // 2
            return (names[0],) if index <= middle else tuple(names[1 : middle + 1])
        if shape == "diamond":
            return (names[0],) if index < count - 1 else tuple(names[1:]) or (names[0],)
        number = self.random.choices((0, 1, 2, 3), (1, 5, 4, 1))[0]
        return tuple(sorted(self.random.sample(names, min(number, len(names)))))

    def _task(self, index: int, upstream: tuple[str, ...]) -> TaskPlan:
        kind = self._kind(index)
        task = TaskPlan(f"t{index}", kind, upstream=upstream, value=self._value())
        task = replace(task, rule=self._rule(upstream), body=self._body(kind))
        task = replace(task, options=tuple(self._options(task)))
        if self._may("groups", 0.3):
            task = replace(task, group=self.random.choice(("one", "two", "one.inner")))
        task = self._in_mapped_group(task)
        if kind in (*KINDS, "bash") and self._may("templates", 0.4):
            task = replace(task, templates=tuple(self._templates()))
        if kind not in ("empty", "sensor") and self._may("xcoms", 0.7):
            task = replace(task, inputs=tuple(self._inputs(task)))
        return self._with_rare(self._mapped(self._in_setup(task)))

    def _in_mapped_group(self, task: TaskPlan) -> TaskPlan:
        """Tasks in a row that are in one are in the same; the first one says over what."""
        before = self.made[-1] if self.made else None
        goes_on = before is not None and before.in_each
        if not self._may("mapped groups", 0.6 if goes_on else 0.07):
            return task
        if goes_on and before is not None:
            group, items, source = before.group, before.over_items, before.over_source
        else:
            group = self.random.choice(("each", "each", "each.inner"))
            items, source = self.random.choice(ITEMS[:4]), ""
            known = [one for one in sorted(self._settled(task)) if self._pushes_list(one)]
            if known and self.random.random() < 0.5:
                source = self.random.choice(known)
        return replace(task, group=group, over_items=items, over_source=source)

    def _pushes_list(self, name: str) -> bool:
        one = self._named(name)
        return one.kind in KINDS and (
            bool(one.over) or one.value.startswith("[") or one.inputs != ()
        )

    def _with_rare(self, task: TaskPlan) -> TaskPlan:
        """Bodies that only some instances of a mapped task survive."""
        if task.takes_item and task.kind in KINDS and self._may("failures", 0.25):
            return replace(task, body=self.random.choice(("fails for one", "skips for one")))
        return task

    def _kind(self, index: int) -> str:
        if index and self._may("branches", 0.14):
            return self.random.choice(("branch", "taskflow branch"))
        if index and self._may("short circuits", 0.08):
            return self.random.choice(("short circuit", "taskflow short circuit"))
        if self._may("bash", 0.1):
            return "bash"
        if self._may("sensors", 0.06):
            return "sensor"
        return self.random.choices(("python", "taskflow", "empty"), (5, 5, 1))[0]

    def _value(self) -> str:
        value = self.random.choice((*VALUES, *CHANGED))
        return value if value in VALUES or "json changes" in self.features else "[2]"

    def _rule(self, upstream: tuple[str, ...]) -> str:
        if not upstream or not self._may("rules", 0.03 if self.fast else 0.4):
            return "all_success"
        return self.random.choice(RULES if self.version < 3 else (*RULES, *NEW_RULES))

    def _body(self, kind: str) -> str:
        bodies = {"returns": 10, "says nothing": 1, "pushes": 2, "spreads": 1}
        if "failures" in self.features:
            bodies |= {"fails": 2, "gives up": 1}
        if "skips" in self.features:
            bodies["skips"] = 1
        if "retries" in self.features:
            bodies |= {"fails at first": 2, "pushes and fails at first": 1}
        if kind == "bash":
            bodies = {one: n for one, n in bodies.items() if one in ("returns", "fails", "skips")}
        if "branch" in kind or "circuit" in kind:
            bodies = {one: n for one, n in bodies.items() if one in ("returns", "fails")}
            bodies["returns"] = 15
        return self.random.choices(list(bodies), list(bodies.values()))[0]

    def _options(self, task: TaskPlan) -> Iterator[tuple[str, str]]:
        if self._may("retries", 0.7 if "at first" in task.body else 0.15):
            yield "retries", str(self.random.randint(0, 3))
            yield from self._delays()
        if self._may("callbacks", 0.15):
            for event in self.random.sample(("success", "failure", "retry", "execute"), 2):
                yield f"on_{event}_callback", "called"
        if self._may("callbacks", 0.05):
            yield "on_skipped_callback", "called"
        if self._may("unpushed", 0.05):
            yield "do_xcom_push", "False"

    def _delays(self) -> Iterator[tuple[str, str]]:
        if not self.patient:
            yield "retry_delay", "timedelta(0)"
            return
        yield "retry_delay", self.random.choice(("timedelta(seconds=90)", "timedelta(hours=1)"))
        if self._may("backoff", 0.3):
            yield "retry_exponential_backoff", "True"
            if self.random.random() < 0.5:
                yield "max_retry_delay", "timedelta(minutes=2)"

    def _templates(self) -> list[str]:
        known = TEMPLATES if self.version >= 3 else (*TEMPLATES, *OLD_TEMPLATES)
        if "tries in templates" in self.features:
            known = (*known, "{{ ti.try_number }}")
        return self.random.sample(known, self.random.randint(1, 2))

    def _inputs(self, task: TaskPlan) -> Iterator[Input]:
        known = self._settled(task)
        routes = ["pull", "pull", "pull key", "pull list", "template"]
        routes += ["pull index", "pull indexes", "pull default", "pull several", "template key"]
        if task.kind in KINDS:
            routes += ["argument", "argument", "argument", "argument key"]
        for _ in range(self.random.randint(1, 2)):
            if known:
                source, route = self.random.choice(sorted(known)), self.random.choice(routes)
                if route == "argument key" and ("missing keys" not in self.features or self.fast):
                    route = "argument"
                listed = self._named(source).takes_item and self.random.random() < 0.8
                yield Input(route, source, "a" if route.endswith("key") else None, listed)

    def _settled(self, task: TaskPlan) -> set[str]:
        """The tasks that have ended whenever this one runs."""
        if task.rule in EARLY:
            return set()
        found = set(task.upstream)
        if task.rule == "all_success":
            for name in task.upstream:
                found |= self._settled(next(one for one in self.made if one.name == name))
        return found

    def _mapped(self, task: TaskPlan) -> TaskPlan:
        if task.in_each or task.kind not in KINDS or not self._may("mapping", 0.2):
            return task
        return mapped(self.random, task, [self._named(one) for one in sorted(self._settled(task))])

    def _in_setup(self, task: TaskPlan) -> TaskPlan:
        candidates = [one for one in task.upstream if not self._named(one).setup_of]
        wanted = candidates and task.rule == "all_success" and self._may("setups", 0.08)
        if wanted and not self.patient:  # what follows a setup cannot have a rule that waits
            return replace(task, setup_of=self.random.choice(candidates))
        return task

    def _named(self, name: str) -> TaskPlan:
        return next(one for one in self.made if one.name == name)

    def dag_options(self) -> Iterator[tuple[str, str]]:
        schedules = ("None", "'@daily'", "'30 6 * * 1-5'", "timedelta(hours=6)", "'@monthly'")
        yield "schedule", self.random.choice(schedules)
        yield "catchup", "False"
        yield "params", "{'size': 3, 'name': 'sample'}"
        if self._may("retries", 0.2):
            delay = "timedelta(minutes=5)" if self.patient else "timedelta(0)"
            yield "default_args", f"{{'retries': 1, 'retry_delay': {delay}}}"
        if self._may("callbacks", 0.2):
            yield "on_failure_callback", "called"
        if self._may("callbacks", 0.2):
            yield "on_success_callback", "called"
        if self._may("native", 0.1):
            yield "render_template_as_native_obj", "True"
        if self.fast:
            yield ("fail_fast" if self.version >= 3 else "fail_stop"), "True"


def _with_choices(random: Random, tasks: tuple[TaskPlan, ...]) -> tuple[TaskPlan, ...]:
    """What each branch follows, and whether each short circuit lets through."""
    found = []
    for task in tasks:
        after = [one.name for one in tasks if task.name in one.edges()]
        if "branch" in task.kind:
            number = min(len(after), random.choices((0, 1, 2), (1, 6, 2))[0])
            task = replace(task, chosen=tuple(sorted(random.sample(after, number))))
        if "circuit" in task.kind:
            task = replace(task, value=random.choice(("True", "False", "0", "'yes'", "[]")))
            if random.random() < 0.3:
                rules = ("ignore_downstream_trigger_rules", "False")
                task = replace(task, options=(*task.options, rules))
        found.append(task)
    return tuple(found)
