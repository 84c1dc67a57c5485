"""The mutation operators, one file each: every one makes all small changes of its kind.

An operator for flows has `NAME` and `changes(place)`, which gives the changes at one node. One for
`prefect.yaml` has `NAME` and `settings(deployment)`, which gives the changed deployments.
"""

from __future__ import annotations

from operators import (
    call_for_submit,
    change_number,
    change_string,
    drop_argument,
    drop_edge,
    drop_element,
    drop_keyword,
    drop_leaf,
    drop_setting,
    drop_statement,
    negate,
    other_limit,
    other_rule,
    other_schedule,
    other_zone,
    swallow_exception,
    swap_arguments,
)

#: Those that change a flow file, in the order of the report.
OF_FLOWS = (
    drop_statement,
    drop_argument,
    drop_keyword,
    drop_leaf,
    drop_element,
    drop_edge,
    change_number,
    change_string,
    swap_arguments,
    call_for_submit,
    negate,
    other_rule,
    other_schedule,
    other_zone,
    swallow_exception,
)
#: Those that change `prefect.yaml`.
OF_DEPLOYMENTS = (other_schedule, other_zone, other_limit, drop_setting)
NAMES = tuple(dict.fromkeys(one.NAME for one in (*OF_FLOWS, *OF_DEPLOYMENTS)))
