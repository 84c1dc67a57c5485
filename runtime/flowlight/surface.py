"""What of Prefect there is: each module that the shim makes, and where its names come from.

A name that is not in this table does not exist under `prefect`; the shim says so.
"""

from __future__ import annotations

__all__ = ["SURFACE", "VERSION"]

VERSION = "3.8.8"  # whose behaviour is followed

_NAMED_STATES = (
    "AwaitingRetry Cancelled Cancelling Completed Crashed Failed Late Paused Pending Retrying"
    " Running Scheduled Suspended"
)
_ERRORS = (
    "CancelledRun ConfigurationError CrashedRun EventTooLarge ExternalSignal FailedRun"
    " FlowPauseTimeout HashError InvalidNameError MappingLengthMismatch MappingMissingIterable"
    " MissingContextError MissingResult NotPausedError ObjectNotFound ParameterBindError"
    " ParameterTypeError PausedRun PrefectException PrefectHTTPStatusError"
    " ReservedArgumentError ScriptError SerializationError SignatureMismatchError TerminationSignal"
    " UnfinishedRun UpstreamTaskError FlowRunWaitTimeout"
)
_BLOCKS = "Block BlockNotSavedError InvalidBlockRegistration UnknownBlockType"
_CREATE = (
    "acreate_image_artifact acreate_link_artifact acreate_markdown_artifact"
    " acreate_progress_artifact acreate_table_artifact aupdate_progress_artifact"
    " create_image_artifact create_link_artifact create_markdown_artifact"
    " create_progress_artifact create_table_artifact update_progress_artifact"
)
_KINDS = "Artifact ImageArtifact LinkArtifact MarkdownArtifact ProgressArtifact TableArtifact"
_LOGGERS = (
    "disable_logger disable_run_logger flow_run_logger get_logger get_run_logger task_run_logger"
)

_PAUSING = (
    "apause_flow_run aresume_flow_run asuspend_flow_run pause_flow_run resume_flow_run"
    " suspend_flow_run"
)

# What hooks are given: for annotations and for `isinstance`.
_OBJECTS = {
    "flowlight.runs": "FlowRun TaskRun",
    "flowlight.states": "State StateType",
}

SURFACE: dict[str, dict[str, str]] = {
    "prefect": {
        "flowlight": "Flow State Task allow_failure flow get_run_logger tags task unmapped",
        "flowlight.deployable": "adeploy aserve deploy serve",
        "flowlight.pausing.flow_runs": _PAUSING,
        "flowlight.results.transactions": "Transaction",
    },
    "prefect.cache_policies": {
        "flowlight.results.policies": (
            "CacheKeyFnPolicy CachePolicy CompoundCachePolicy DEFAULT FLOW_PARAMETERS"
            " FlowParameters INPUTS Inputs NONE NO_CACHE RUN_ID RunId TASK_SOURCE TaskSource _None"
        ),
    },
    "prefect._internal": {},
    "prefect._internal.compatibility": {},
    "prefect._internal.compatibility.async_dispatch": {
        "flowlight.utilities.asyncutils": "async_dispatch",
    },
    "prefect.artifacts": {
        "flowlight.artifacts.creating": _CREATE,
        "flowlight.artifacts.kinds": _KINDS,
    },
    "prefect.blocks": {},
    "prefect.blocks.abstract": {
        "flowlight.blocks.abstract": (
            "CredentialsBlock DatabaseBlock JobBlock JobRun NotificationBlock NotificationError"
            " ObjectStorageBlock SecretBlock"
        ),
    },
    "prefect.blocks.core": {"flowlight.blocks.core": _BLOCKS},
    "prefect.blocks.system": {"flowlight.blocks.system": "DateTime JSON Secret String"},
    "prefect.client": {},
    "prefect.client.schemas": _OBJECTS,
    "prefect.client.schemas.actions": {
        "flowlight.deployments.deployment_schedules": "DeploymentScheduleCreate",
    },
    "prefect.client.schemas.objects": _OBJECTS,
    "prefect.client.schemas.schedules": {
        "flowlight.deployments.schedule_models": (
            "CronSchedule IntervalSchedule NoSchedule RRuleSchedule construct_schedule"
            " is_schedule_type"
        ),
    },
    "prefect.concurrency": {},
    "prefect.concurrency.asyncio": {
        "flowlight.concurrency.asyncio": (
            "AcquireConcurrencySlotTimeoutError ConcurrencySlotAcquisitionError concurrency"
            " rate_limit"
        ),
    },
    "prefect.concurrency.sync": {"flowlight.concurrency.sync": "concurrency rate_limit"},
    "prefect.context": {
        "flowlight.context": "FlowRunContext TagsContext TaskRunContext get_run_context tags",
    },
    "prefect.deployments": {
        "flowlight.deployable": "deploy",
        "flowlight.deployments.legacy": "Deployment",
        "flowlight.deployments.run_deployment": "arun_deployment run_deployment",
    },
    "prefect.deployments.deployments": {"flowlight.deployments.legacy": "Deployment"},
    "prefect.deployments.flow_runs": {
        "flowlight.deployments.run_deployment": "arun_deployment run_deployment",
    },
    "prefect.deployments.runner": {
        "flowlight.deployable": "deploy",
        "flowlight.deployments.deployment": "RunnerDeployment",
        "flowlight.deployments.entrypoints": "EntrypointType",
    },
    "prefect.events": {
        "flowlight.emit_event": "emit_event",
        "flowlight.event_schema": "Event RelatedResource Resource",
    },
    "prefect.events.schemas": {},
    "prefect.events.schemas.events": {"flowlight.event_schema": "Event RelatedResource Resource"},
    "prefect.events.utilities": {"flowlight.emit_event": "emit_event"},
    "prefect.exceptions": {"flowlight.errors": _ERRORS},
    "prefect.filesystems": {
        "flowlight.results.filesystems": (
            "LocalFileSystem ReadableDeploymentStorage ReadableFileSystem WritableDeploymentStorage"
            " WritableFileSystem"
        ),
        "flowlight.results.remote": "RemoteFileSystem",
        "flowlight.results.store": "NullFileSystem",
    },
    "prefect.flow_engine": {"flowlight.errors": "FlowRunTimeoutError"},
    "prefect.flow_runs": {
        "flowlight.deployments.run_deployment": "wait_for_flow_run",
        "flowlight.pausing.flow_runs": _PAUSING,
    },
    "prefect.flows": {
        "flowlight.deployable": "aserve serve",
        "flowlight.deployments.entrypoints": "load_flow_from_entrypoint",
        "flowlight.flows": "Flow flow",
    },
    "prefect.futures": {
        "flowlight.futures": (
            "DoneAndNotDoneFutures PrefectConcurrentFuture PrefectFuture PrefectFutureList"
            " as_completed wait"
        ),
        "flowlight.resolving": "resolve_futures_to_results resolve_futures_to_states",
    },
    "prefect.input": {
        "flowlight.pausing.run_inputs": (
            "GetInputHandler RunInput RunInputMetadata receive_input send_input"
        ),
    },
    "prefect.locking": {},
    "prefect.locking.filesystem": {"flowlight.results.file_locks": "FileSystemLockManager"},
    "prefect.locking.memory": {"flowlight.results.locks": "MemoryLockManager"},
    "prefect.locking.protocol": {"flowlight.results.locks": "LockManager"},
    "prefect.logging": {"flowlight.logs": "disable_run_logger get_logger get_run_logger"},
    "prefect.logging.loggers": {
        "flowlight.log_prints": "print_as_log",
        "flowlight.log_adapter": "PrefectLogAdapter",
        "flowlight.logs": _LOGGERS,
    },
    "prefect.results": {
        "flowlight.results.records": "ResultRecord ResultRecordMetadata",
        "flowlight.results.running": "get_result_store should_persist_result",
        "flowlight.results.store": "ResultStore resolve_result_storage",
    },
    "prefect.runtime": {},
    "prefect.runtime.deployment": {},
    "prefect.runtime.flow_run": {},
    "prefect.runtime.task_run": {},
    "prefect.serializers": {
        "flowlight.results.json_objects": (
            "prefect_json_object_decoder prefect_json_object_encoder"
        ),
        "flowlight.results.serializers": (
            "CompressedJSONSerializer CompressedPickleSerializer CompressedSerializer"
            " JSONSerializer PickleSerializer Serializer"
        ),
    },
    "prefect.settings": {
        "flowlight.setting_values": "get_current_settings temporary_settings",
        "flowlight.settings": (
            "PREFECT_API_KEY"
            " PREFECT_API_URL"
            " PREFECT_DEBUG_MODE"
            " PREFECT_DEFAULT_RESULT_STORAGE_BLOCK"
            " PREFECT_DEFAULT_WORK_POOL_NAME"
            " PREFECT_DEPLOYMENTS_DEFAULT_WORK_POOL_NAME"
            " PREFECT_FLOWS_DEFAULT_RETRIES"
            " PREFECT_FLOWS_DEFAULT_RETRY_DELAY_SECONDS"
            " PREFECT_FLOW_DEFAULT_RETRIES"
            " PREFECT_FLOW_DEFAULT_RETRY_DELAY_SECONDS"
            " PREFECT_HOME"
            " PREFECT_LOCAL_STORAGE_PATH"
            " PREFECT_LOGGING_EXTRA_LOGGERS"
            " PREFECT_LOGGING_LEVEL"
            " PREFECT_LOGGING_LOG_PRINTS"
            " PREFECT_LOGGING_TO_API_ENABLED"
            " PREFECT_RESULTS_DEFAULT_SERIALIZER"
            " PREFECT_RESULTS_DEFAULT_STORAGE_BLOCK"
            " PREFECT_RESULTS_LOCAL_STORAGE_PATH"
            " PREFECT_RESULTS_PERSIST_BY_DEFAULT"
            " PREFECT_TASKS_DEFAULT_NO_CACHE"
            " PREFECT_TASKS_DEFAULT_PERSIST_RESULT"
            " PREFECT_TASKS_DEFAULT_RETRIES"
            " PREFECT_TASKS_DEFAULT_RETRY_DELAY_SECONDS"
            " PREFECT_TASKS_DISABLE_CACHING"
            " PREFECT_TASKS_REFRESH_CACHE"
            " PREFECT_TASKS_RUNNER_PROCESS_POOL_MAX_WORKERS"
            " PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS"
            " PREFECT_TASK_DEFAULT_RETRIES"
            " PREFECT_TASK_DEFAULT_RETRY_DELAY_SECONDS"
            " PREFECT_TASK_RUNNER_THREAD_POOL_MAX_WORKERS"
            " PREFECT_UI_URL"
        ),
    },
    "prefect.settings.base": {
        "flowlight.setting_models": "PrefectBaseSettings build_settings_config",
    },
    "prefect.schedules": {"flowlight.deployments.schedules": "Cron Interval RRule Schedule"},
    "prefect.server": {},
    "prefect.server.schemas": {},
    "prefect.server.schemas.schedules": {
        "flowlight.deployments.server_schedules": "CronSchedule IntervalSchedule RRuleSchedule",
    },
    "prefect.states": {
        "flowlight.named_states": _NAMED_STATES,
        "flowlight.state_results": (
            "aget_state_exception araise_state_exception get_state_exception raise_state_exception"
        ),
        "flowlight.states": "State StateType",
    },
    "prefect.task_engine": {"flowlight.errors": "TaskRunTimeoutError"},
    "prefect.task_runners": {
        "flowlight.process_pool": "ProcessPoolTaskRunner",
        "flowlight.task_runners": (
            "ConcurrentTaskRunner PrefectTaskRunner SequentialTaskRunner TaskRunner"
            " ThreadPoolTaskRunner"
        ),
    },
    "prefect.tasks": {
        "flowlight.results.policies": "task_input_hash",
        "flowlight.tasks": "Task exponential_backoff task",
    },
    "prefect.transactions": {
        "flowlight.results.transactions": (
            "AsyncTransaction BaseTransaction CommitMode IsolationLevel Transaction"
            " TransactionState atransaction get_transaction transaction"
        ),
    },
    "prefect.types": {"flowlight.types": "DateTime SecretDict validate_set_T_from_delim_string"},
    "prefect.utilities": {},
    "prefect.utilities.annotations": {
        "flowlight.annotations": "allow_failure freeze opaque quote unmapped",
        "flowlight.options": "NotSet",
    },
    "prefect.utilities.asyncutils": {
        "flowlight.utilities.asyncutils": (
            "is_async_fn run_coro_as_sync run_sync_in_worker_thread sync_compatible"
        ),
    },
    "prefect.utilities.collections": {
        "flowlight.utilities.collections": (
            "StopVisiting get_from_dict isiterable listrepr remove_nested_keys visit_collection"
        ),
    },
    "prefect.utilities.filesystem": {
        "flowlight.utilities.filesystem": "filter_files relative_path_to_current_platform",
    },
    "prefect.utilities.processutils": {
        "flowlight.utilities.processutils": "command_from_string command_to_string open_process",
    },
    "prefect.utilities.pydantic": {"flowlight.blocks.core": "lookup_type"},
    "prefect.utilities.callables": {
        "flowlight.deployments.parameter_schema": "ParameterSchema parameter_schema",
    },
    "prefect.utilities.hashing": {
        "flowlight.results.hashing": "file_hash hash_objects stable_hash",
    },
    "prefect.variables": {"flowlight.variables": "Variable"},
    "prefect_dask": {"flowlight.dask_runner": "DaskTaskRunner"},
    "prefect_dask.task_runners": {"flowlight.dask_runner": "DaskTaskRunner"},
}
