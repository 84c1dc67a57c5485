"""Why a DAG becomes a stub.

The subjects of "no conversion for ...", as noun phrases. What only one construct can meet stands with that
construct, so that a feature stays one file.
"""

from __future__ import annotations

from collections.abc import Mapping

from dagferry.messages.kinds import RefusalKind

DAG_REFUSALS: Mapping[str, RefusalKind] = {
    "computed params": RefusalKind(code="DF207", subject="`params` that only a run knows"),
    "name of a param": RefusalKind(
        code="DF207",
        subject="the param `{param}`, which cannot be a parameter of a flow,",
        cause="params that cannot be parameters of a flow",
        samples=({"param": "wait-for"},),
    ),
    "param without a default": RefusalKind(
        code="DF207",
        subject="the param `{param}`, which has no default,",
        cause="params without a default",
        samples=({"param": "day"},),
    ),
    "default of a param": RefusalKind(
        code="DF207",
        subject="the default of the param `{param}`",
        cause="defaults of params that cannot be read",
        samples=({"param": "day"},),
    ),
    "graph code": RefusalKind(
        code="DF501", subject="`{name}`", samples=({"name": "setup"}, {"name": "dag.tasks"})
    ),
    "graph code in a helper": RefusalKind(
        code="DF501", subject="`{name}` in a helper", samples=({"name": "setup"},)
    ),
    "variable of several DAGs": RefusalKind(
        code="DF501",
        subject="`{name}`, which holds several DAGs in turn,",
        cause="variables that hold several DAGs",
        samples=({"name": "dag"},),
    ),
    "call of a DAG with arguments": RefusalKind(
        code="DF501",
        subject="`{name}(...)` with arguments",
        cause="calls of `@dag` functions with arguments",
        samples=({"name": "etl"},),
    ),
    "with of several items": RefusalKind(code="DF501", subject="a `with` of several items"),
    "variable that hides its class": RefusalKind(
        code="DF501",
        subject="the variable `{name}`, which hides the class of its DAG,",
        cause="variables that hide the class of their DAG",
        samples=({"name": "DAG"},),
    ),
    "DAG inside an expression": RefusalKind(
        code="DF501", subject="a DAG that is made inside an expression"
    ),
    "name that is bound again": RefusalKind(
        code="DF503",
        subject="`{name}`, which the DAG's code reads and then binds again,",
        cause="names that a DAG's code reads and then binds again",
        samples=({"name": "table"},),
    ),
    "value that changes later": RefusalKind(
        code="DF504",
        subject="`{name}`, which changes after the DAG was made,",
        cause="values that change after the DAG was made",
        samples=({"name": "default_args"},),
    ),
    "name that is shared": RefusalKind(
        code="DF505",
        subject="`{name}`, which other code reads as well,",
        cause="names of a DAG's block that other code reads",
        samples=({"name": "load"},),
    ),
    "value that changes in place": RefusalKind(
        code="DF506",
        subject="`{name}`, which the DAG's code changes in place,",
        cause="values that a DAG's code changes in place",
        samples=({"name": "tables"},),
    ),
    "starred parameter": RefusalKind(
        code="DF207",
        subject="`{name}`, which the `@dag` function reads,",
        cause="starred parameters of `@dag` functions",
        samples=({"name": "*args"}, {"name": "**kwargs"}),
    ),
    "param that hides a function": RefusalKind(
        code="DF207",
        subject="the param `{param}`, which hides a function,",
        cause="params that hide functions",
        samples=({"param": "load"},),
    ),
}
