"""Names of Prefect 2 that Prefect 3 has no more, and what stands in their place.

https://docs.prefect.io/v3/how-to-guides/migrate/upgrade-to-prefect-3. An entry for a module also
answers for what is in it.
"""

from __future__ import annotations

__all__ = ["FUTURE", "STATE_RESULT", "advice"]

_NAMES = {
    "prefect.orion": "Prefect 2.8 renamed prefect.orion to prefect.server; schedules are"
    " prefect.schedules.Cron, Interval and RRule",
    "prefect.server": "schedules are prefect.schedules.Cron, Interval and RRule; the server itself"
    " is Prefect's",
    "prefect.engine": "pause_flow_run, resume_flow_run and suspend_flow_run are in"
    " prefect.flow_runs; a run is started by calling the flow itself",
    "prefect.variables.get": "use prefect.variables.Variable.get",
    "prefect.agent": "Prefect 3 has workers in place of agents",
    "prefect.infrastructure": "Prefect 3 has workers in place of infrastructure blocks",
    "prefect.context.PrefectObjectRegistry": "Prefect 3 has none",
    "prefect.assets": "Prefect's server shows assets: use @task in place of @materialize(...)",
    "prefect.automations": "there are none here: use hooks (on_failure=[...]) of flows and tasks",
    "prefect.client.orchestration": "there is no server to ask: `flowlight runs` shows what ran, and"
    " prefect.deployments.run_deployment starts a deployment",
    "prefect.docker": "flowlight builds no images: run the flow with flow.serve(), or on Prefect itself",
    "prefect.get_client": "there is no server to ask: `flowlight runs` shows what ran, and"
    " prefect.deployments.run_deployment starts a deployment",
    "prefect.runner": "give the folder of the code: flow.from_source('/folder', 'file.py:flow')",
    "prefect.task_worker": "there are no task workers: call the task, or submit it in a flow",
    "prefect.workers": "there are no workers: run the flow with flow.serve(), or on Prefect itself",
    "prefect.client.get_client": "use prefect.client.orchestration.get_client on Prefect itself",
    "prefect.futures.resolve_futures_to_data": "use prefect.futures.resolve_futures_to_results",
    "prefect.futures.call_repr": "Prefect 3 has none",
    "prefect.filesystems.S3": "use RemoteFileSystem(basepath='s3://bucket/folder'), or"
    " prefect_aws.S3Bucket on Prefect itself",
    "prefect.filesystems.GCS": "use RemoteFileSystem(basepath='gcs://bucket/folder'), or"
    " prefect_gcp.GcsBucket on Prefect itself",
    "prefect.filesystems.Azure": "use RemoteFileSystem(basepath='az://container/folder'), or"
    " prefect_azure.AzureBlobStorageContainer on Prefect itself",
    "prefect.filesystems.GitHub": "clone the repository and import the flow from its file",
    "prefect.results.PersistedResult": "Prefect 3 has prefect.results.ResultStore and ResultRecord",
    "prefect.results.ResultFactory": "Prefect 3 has prefect.results.ResultStore",
    "prefect.Parameter": "Prefect 1: take it as an argument of the flow function",
    "prefect.case": "Prefect 1: use `if` in the flow function",
    "prefect.Client": "Prefect 1: use prefect.client.orchestration.get_client on Prefect itself",
    "prefect.task_runners.DaskTaskRunner": "use prefect_dask.DaskTaskRunner",
    "prefect.task_runners.RayTaskRunner": "use prefect_ray.RayTaskRunner",
}

FUTURE = {
    "get_state": "use future.state",
    "is_ready": "use future.state.is_final()",
    "final_state": "use future.state",
    "asynchronous": "every future is waited for with future.wait()",
    "task_run_name": "use future.task_run_id, or prefect.runtime.task_run.name in the task",
    "result_async": "use future.result(); futures of submitted tasks have no other in Prefect 3",
    "wait_async": "use future.wait(); futures of submitted tasks have no other in Prefect 3",
}

STATE_RESULT = (
    "State.result() takes no `fetch` since Prefect 3: leave it out, and use `await"
    " state.aresult()` in asynchronous code"
)


def advice(name: str) -> str | None:
    """What to use in place of a dotted name; None when that is not known."""
    while name:
        if name in _NAMES:
            return _NAMES[name]
        name = name.rpartition(".")[0]
    return None
