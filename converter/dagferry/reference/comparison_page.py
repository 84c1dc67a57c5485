"""What counts as the same: the policy of `verify` on one page."""

from __future__ import annotations

import json

from dagferry.parity.policy import DEFAULT, LENIENCIES
from dagferry.reference.markdown import table

_INTRO = """\
# What counts as the same

`dagferry verify` compares two traces by the checks below. Values are compared in the encoding of
[the trace](trace.md), type and all: 1 is not 1.0, true is not 1, text is not a path. Lists keep
their order; what is printed is compared line by line for each task; the order of tasks is compared
as a partial order: for every edge, the first must be forced to end before the second starts.

A value that two runs of the DAG itself do not agree on is *not checked*, never equal. With traces
that were saved there is no second run, so such a value is a difference.

## The checks

| check | the question |
| --- | --- |
| `run-state` | did the run end in the same state? |
| `names` | is the flow called what the DAG is called? |
| `outcomes` | has every task instance the same outcome, and did nothing else run? |
| `xcoms` | did each leave the same values? |
| `rendered` | are the rendered templates what the flow's task was given? |
| `order` | is every edge forced, and was it kept? |
| `tries` | as many tries, delays, retries and time limits? |
| `errors` | did each failed try raise the same exception, with the same message? |
| `effects` | the same lines printed, the same files left? |
| `calls` | the same calls to the outside? |
| `callbacks` | did the same callbacks fire, print the same, and raise the same? |
| `schedule` | does the deployment start the flow when Airflow would run the DAG? |

Tasks that may run side by side in the DAG and never do in the flow are no difference: a note of the report
names them as serialised.

## Scenarios

One run shows what that run did, and mostly a good one. `verify` runs both sides again with one thing
going wrong at a time, and makes all checks each time:

| scenario | what happens, on both sides |
| --- | --- |
| `load fails` | every try of the task `load` raises |
| `load fails once` | its first try raises, where it has retries |
| `load[2] fails` | the last of its mapped instances raises |
| `load is skipped` | its body raises AirflowSkipException, where it may |
| `wait times out` | the condition of the sensor `wait` never holds |
| `choose returns a` | the branch `choose` follows `a`; for a short circuit `True` and `False` |
| `other variables` | every Variable that the DAG asks for and that is not given has a value of its own |
| `other environment` | every such name of the environment |
| `environment says prod` | each text that the asking files compare something with, in place of every text |

Where the DAG does not load with other values it is given lists and dicts that are shorter than the default;
where it does not load with these either, the scenario is left out.

A task that the plain run did not come to is left as it is. In a DAG of more than 30 tasks, 30 scenarios
are run, spread evenly over all of them; the report says how many there are. `--scenarios all`, `none` and
`N` ask for another number. They are not run where the plain run is not equal, which is to be mended
first, nor for saved traces.

How a scenario is asked of an engine is described with [the trace](trace.md#injections).

## The schedule

Beside the run, each engine says when it would make the runs of the DAG and of the deployment that
`prefect.yaml` has for the flow: ten start times each from the first of January and of July on, and
ten over each of two changes of the clock in the DAG's time zone, with the data interval of each
run, in a year after the start date. The flow's interval is what its own code makes of the start
time. Compared with them are catching up, whether it is paused, the limit of concurrent runs, the
end date, tags and parameters of the deployment, and that there is one. What a finding has named
already (DF202, DF203, DF204, DF206, DF209, DF211, DF212) and the one run of `@once` (DF205) are *not
checked*, with the code as the reason. A timedelta that does not catch up runs in Airflow 3 from when
the DAG is switched on: there only the distances are compared.

## What is not compared

How much of what can go wrong is seen is [measured with mutants](mutants.md). `verify` does not compare

- descriptions of deployments, work pools, and the limit of runs that an Airflow installation has for
  DAGs without one of their own;
- when the first run is: start dates, and what a deployment does before Airflow's would have come;
- what the body of the flow prints, files in the temporary folder of the run, empty folders and the
  permissions of files;
- the flow's own retries and time limit, and what is run but leaves no trace, such as the process
  environment;
- what neither the plain run nor a scenario comes to: two things that go wrong at once, a path inside of
  a body that needs other data, defaults that were given a value. Verify once more with another `--conf`,
  `--variables` or `--logical-date` to come to them.

`dagferry convert` writes all of that from the DAG file. Where a flow file, `prefect.yaml` or
`airflow_compat` was edited since then, the report has a note that names the file (`notes` in the
JSON): read what you changed.

## Leniencies

Everything that is let through in spite of a difference has a name. The report lists each one that
was used, and where (`leniencies` in the JSON, the last lines of the text).

"""

_POLICY = """
## The policy

The data behind it, `policy` in the JSON report; it lives in `dagferry/parity/policy.py`.

```json
"""


def comparison_page() -> str:
    """The page."""
    rows = sorted(LENIENCIES.items())
    policy = json.dumps(DEFAULT.to_json(), indent=2)
    return f"{_INTRO}{table(('leniency', 'what is let through'), rows)}{_POLICY}{policy}\n```\n"
