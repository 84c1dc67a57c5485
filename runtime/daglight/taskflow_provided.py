"""`@task.docker`, `@task.kubernetes` and the like: the call is recorded, the function is not run.

Each becomes a task in a container, a pod or a Spark session, which is a service like any other:
https://airflow.apache.org/docs/apache-airflow-providers-docker/stable/decorators/docker.html
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from daglight.default_args import OperatorMeta
from daglight.provided import ProvidedOperator, fields_of

__all__ = ["SERVICES", "service_kind"]

#: `@task.NAME` -> the operator that knows its templated fields.
SERVICES = {
    "docker": "DockerOperator",
    "kubernetes": "KubernetesPodOperator",
    "kubernetes_cmd": "KubernetesPodOperator",
    "pyspark": "PySparkOperator",
}


class _ServiceDecoratedOperator(ProvidedOperator):
    def __init__(self, *, python_callable: Callable[..., Any], **kwargs: Any) -> None:
        super().__init__(python_callable=python_callable.__name__, **kwargs)


@functools.cache
def service_kind(name: str) -> Any:
    """The operator behind `@task.NAME`."""
    fields = [one for one in fields_of(SERVICES[name]) if one not in ("op_args", "op_kwargs")]
    body = {
        "_airflow_name": f"@task.{name}",
        "custom_operator_name": f"@task.{name}",
        "template_fields": ("op_args", "op_kwargs", *fields),
    }
    return OperatorMeta("_ServiceDecoratedOperator", (_ServiceDecoratedOperator,), body)
