"""Seeded wrong flows: one thing changed in a right one, and the check that must see it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutation:
    """One wrong flow: `old` in the flow of `pair` becomes `new`; `check` must say different."""

    name: str
    pair: str
    old: str
    new: str
    check: str


MUTATIONS = (
    # data
    Mutation("result changed", "chain", "return [1, 2, 3]", "return [1, 2, 4]", "xcoms"),
    Mutation("result changed type", "chain", "return [1, 2, 3]", "return [1, 2, 3.0]", "xcoms"),
    Mutation(
        "result shortened but the same sum", "chain", "return [1, 2, 3]", "return [6]", "xcoms"
    ),
    Mutation("result not returned", "taskflow", "    return high - low\n", "", "xcoms"),
    Mutation(
        "result where none was", "fan", '    print("audited")', '    return "audited"', "xcoms"
    ),
    Mutation(
        "xcom keys swapped",
        "chain",
        '{"total": sum(doubled), "rows": len(doubled)}',
        '{"rows": sum(doubled), "total": len(doubled)}',
        "xcoms",
    ),
    Mutation("xcom key lost", "chain", '"rows": len(doubled)}', '"row": len(doubled)}', "outcomes"),
    Mutation(
        "extra key beside the xcoms",
        "chain",
        '"rows": len(doubled)}',
        '"rows": len(doubled), "raw": data}',
        "xcoms",
    ),
    Mutation(
        "arguments swapped",
        "chain",
        'load(transformed["total"], transformed["rows"])',
        'load(transformed["rows"], transformed["total"])',
        "effects",
    ),
    Mutation(
        "futures swapped",
        "fan",
        "price.submit(orders, rates)",
        "price.submit(orders, orders)",
        "xcoms",
    ),
    Mutation(
        "swapped fields",
        "taskflow",
        'spread(found["high"], low=found["low"])',
        'spread(found["low"], low=found["high"])',
        "rendered",
    ),
    Mutation("wrong constant", "chain", "transform(factor=2", "transform(factor=3", "rendered"),
    Mutation(
        "constant of another type",
        "chain",
        "transform(factor=2",
        "transform(factor=2.0",
        "rendered",
    ),
    Mutation(
        "default of a parameter changed", "taskflow", "limit: int = 3", "limit: int = 4", "rendered"
    ),
    Mutation("default of an argument changed", "taskflow", 'unit="cm"', 'unit="mm"', "effects"),
    Mutation("wrong future", "tables", "copied=copied", "copied=started", "effects"),
    Mutation(
        "loop list shortened",
        "tables",
        '["orders", "users", "items"]',
        '["orders", "users"]',
        "outcomes",
    ),
    Mutation(
        "zip for product",
        "grid",
        "in product(REGIONS, MONTHS)",
        "in zip(REGIONS, MONTHS)",
        "outcomes",
    ),
    Mutation(
        "pairs transposed",
        "grid",
        "region=region, month=month",
        "region=month, month=region",
        "rendered",
    ),
    # graph
    Mutation("dropped edge", "fan", "audit.submit(wait_for=[orders])", "audit.submit()", "order"),
    Mutation(
        "edge to the wrong task",
        "fan",
        "audit.submit(wait_for=[orders])",
        "audit.submit(wait_for=[rates])",
        "order",
    ),
    Mutation("half a join", "fan", "wait_for=[priced, audited]", "wait_for=[priced]", "order"),
    Mutation("loop without its start", "tables", ", wait_for=[started]", "", "order"),
    Mutation(
        "join only on the last turn", "tables", "wait_for=checks", "wait_for=checks[-1:]", "order"
    ),
    Mutation(
        "wrong order with luck",
        "tables",
        "    finished = finish.submit(wait_for=checks)\n",
        "    import time\n\n    time.sleep(0.3)\n    finished = finish.submit()\n",
        "order",
    ),
    Mutation(
        "wrong order",
        "fan",
        "    orders = fetch_orders.submit()\n    rates = fetch_rates.submit()\n",
        "    audited = audit()\n    orders = fetch_orders.submit()\n    rates = fetch_rates.submit()\n",
        "outcomes",
    ),
    Mutation(
        "order reversed",
        "alerts",
        "    fine()\n    broken()\n",
        "    try:\n        broken()\n    finally:\n        fine()\n",
        "order",
    ),
    Mutation(
        "task renamed", "fan", "@task\ndef audit", '@task(name="auditing")\ndef audit', "outcomes"
    ),
    Mutation(
        "family renamed", "tables", 'name=f"copy_{table}"', 'name=f"copies_{table}"', "outcomes"
    ),
    Mutation("missing task", "branch", "    report()\n", "", "outcomes"),
    Mutation(
        "missing submit",
        "fan",
        "    audited = audit.submit(wait_for=[orders])\n",
        "    audited = orders\n",
        "outcomes",
    ),
    Mutation(
        "extra task",
        "chain",
        "    data = extract()\n",
        "    data = extract()\n    load(1, 1)\n",
        "outcomes",
    ),
    Mutation(
        "duplicated call",
        "chain",
        "    data = extract()\n",
        "    extract()\n    data = extract()\n",
        "outcomes",
    ),
    Mutation(
        "body called as plain Python",
        "chain",
        "    data = extract()\n",
        "    data = extract.fn()\n",
        "outcomes",
    ),
    Mutation("wrong branch", "branch", "count > 100", "count > 200", "xcoms"),
    Mutation(
        "branch inverted",
        "branch",
        'if size == "process_large"',
        'if size != "process_large"',
        "outcomes",
    ),
    Mutation(
        "both branches run",
        "branch",
        "    else:\n        process_small()\n",
        "    process_small()\n",
        "outcomes",
    ),
    Mutation(
        "join inside the branch",
        "branch",
        "        process_small()\n    report()\n",
        "        process_small()\n        report()\n",
        "outcomes",
    ),
    # TaskGraph
    Mutation("trigger rule lost", "graphed", ', trigger_rule="one_success"', "", "outcomes"),
    Mutation("wrong trigger rule", "graphed", '"all_done"', '"all_success"', "outcomes"),
    Mutation(
        "branch that follows everything",
        "graphed",
        "graph.add(branch(choose))",
        "graph.add(choose)",
        "outcomes",
    ),
    Mutation("edge of the graph dropped", "graphed", "        sides[1] >> stuck\n", "", "outcomes"),
    Mutation("pushed value changed", "graphed", "value=3", "value=4", "xcoms"),
    Mutation(
        "pushed key changed", "graphed", 'xcom_push(key="side"', 'xcom_push(key="hand"', "xcoms"
    ),
    # failures
    Mutation(
        "swallowed failure",
        "failing",
        '    raise ValueError("out of memory")',
        "    return None",
        "outcomes",
    ),
    Mutation(
        "failure caught in the flow",
        "alerts",
        "    broken()\n",
        "    try:\n        broken()\n    except KeyError:\n        pass\n",
        "run-state",
    ),
    Mutation(
        "leaf not returned",
        "failing",
        "return [published, deleted]",
        "return [deleted]",
        "run-state",
    ),
    Mutation("no leaf resolved", "failing", "    return [published, deleted]\n", "", "run-state"),
    Mutation(
        "every future returned",
        "rescued",
        "return [cleaned]",
        "return [tried, cleaned]",
        "run-state",
    ),
    Mutation(
        "skipped cleanup", "failing", "wait_for=[allow_failure(job)]", "wait_for=[job]", "outcomes"
    ),
    Mutation(
        "cleanup that does not wait", "failing", ", wait_for=[allow_failure(job)]", "", "order"
    ),
    Mutation(
        "downstream of a failure runs",
        "failing",
        "publish.submit(wait_for=[job])",
        "publish.submit(wait_for=[allow_failure(job)])",
        "outcomes",
    ),
    Mutation(
        "downstream forgotten",
        "failing",
        "    published = publish.submit(wait_for=[job])\n",
        "    published = deleted = cluster\n",
        "outcomes",
    ),
    Mutation(
        "plain call ends the flow before its cleanup",
        "rescued",
        "risky.submit()",
        "risky()",
        "outcomes",
    ),
    # tries
    Mutation("lost retries", "retries", "retries=3, retry_delay_seconds=0.01, ", "", "tries"),
    Mutation("one retry too few", "retries", "retries=3", "retries=2", "tries"),
    Mutation(
        "unused retry lost",
        "retries",
        "@task(retries=1, retry_delay_seconds=0.02)",
        "@task",
        "tries",
    ),
    Mutation(
        "wrong delay", "retries", "retry_delay_seconds=0.01", "retry_delay_seconds=0.02", "tries"
    ),
    Mutation(
        "unused delay wrong",
        "retries",
        "retry_delay_seconds=0.02",
        "retry_delay_seconds=2",
        "tries",
    ),
    Mutation("wrong timeout", "retries", "timeout_seconds=300", "timeout_seconds=5", "tries"),
    Mutation("lost timeout", "retries", ", timeout_seconds=300", "", "tries"),
    Mutation(
        "retry where none was",
        "rescued",
        "@task\ndef risky",
        "@task(retries=1)\ndef risky",
        "tries",
    ),
    # dates
    Mutation("off by one day", "dates", "day=run.ds", "day=run.yesterday_ds", "rendered"),
    Mutation(
        "start for end", "dates", "run.data_interval_end", "run.data_interval_start", "rendered"
    ),
    Mutation("schedule lost", "dates", ', schedule="0 6 * * *"', "", "rendered"),
    Mutation("date with dashes", "dates", "ds_nodash=run.ds_nodash", "ds_nodash=run.ds", "xcoms"),
    Mutation("date of today", "shell", "airflow_run(logical_date", "airflow_run(None", "rendered"),
    # effects
    Mutation("print lost", "chain", '    print("loading")\n', "", "effects"),
    Mutation("print changed", "chain", '"loading"', '"Loading"', "effects"),
    Mutation(
        "print added",
        "chain",
        '    print("loading")\n',
        '    print("loading")\n    print()\n',
        "effects",
    ),
    Mutation(
        "prints in another order",
        "chain",
        '    print("loading")\n    print(f"{rows} rows, total {total}")\n',
        '    print(f"{rows} rows, total {total}")\n    print("loading")\n',
        "effects",
    ),
    Mutation(
        "body replaced by pass", "failing", '    print(f"deleted {cluster}")', "    pass", "effects"
    ),
    Mutation(
        "file not written",
        "files",
        '    Path("out/total.txt").write_text(str(sum(int(row["count"]) for row in rows)))',
        "    pass",
        "effects",
    ),
    Mutation(
        "file with other content", "files", 'row["count"]) for', 'row["count"]) + 1 for', "effects"
    ),
    Mutation("file elsewhere", "files", "out/total.txt", "out/totals.txt", "effects"),
    Mutation(
        "one file more",
        "files",
        '    Path("out").mkdir(exist_ok=True)\n',
        '    Path("out").mkdir(exist_ok=True)\n    Path("out/log").touch()\n',
        "effects",
    ),
    Mutation("row lost", "files", "[header, *ROWS]", "[header, *ROWS[1:]]", "effects"),
    # shell
    Mutation("command changed", "shell", "echo counting", "echo Counting", "rendered"),
    Mutation("environment lost", "shell", ', env={"N": "41"}', "", "rendered"),
    Mutation(
        "command not run",
        "shell",
        'f"echo counting {run.ds}; printf \'%s\' \\"$N\\""',
        'f": echo counting {run.ds}"',
        "xcoms",
    ),
    # callbacks
    Mutation(
        "callback lost",
        "alerts",
        "@task(on_failure=[on_failure(page)])\ndef broken",
        "@task\ndef broken",
        "callbacks",
    ),
    Mutation(
        "callback of the run lost",
        "alerts",
        ", on_failure=[on_failure(close_ticket)]",
        "",
        "callbacks",
    ),
    Mutation(
        "callback fired twice",
        "alerts",
        "@task(on_failure=[on_failure(page)])\ndef broken",
        "@task(on_failure=[on_failure(page), on_failure(page)])\ndef broken",
        "callbacks",
    ),
    Mutation(
        "callback on the run instead of the task",
        "alerts",
        "log_prints=True, on_failure=[on_failure(close_ticket)]",
        "log_prints=True, on_failure=[on_failure(page), on_failure(close_ticket)]",
        "callbacks",
    ),
    Mutation(
        "wrong callback",
        "alerts",
        "@task(on_failure=[on_failure(page)])\ndef broken",
        "@task(on_failure=[on_failure(close_ticket)])\ndef broken",
        "callbacks",
    ),
    Mutation(
        "callback on another event",
        "alerts",
        "@task(on_failure=[on_failure(page)])\ndef fine",
        "@task(on_completion=[on_failure(page)])\ndef fine",
        "callbacks",
    ),
)
