"""Which object an import from `airflow` gives: module -> name -> where it lives in daglight.

Paths of Airflow 1.10, 2 and 3 are all taken, whichever version is emulated. Everything else is a
placeholder.
"""

from __future__ import annotations

from daglight.partition_names import KEPT

__all__ = ["NAMES"]

_EDGES = {
    name: f"daglight.edges:{name}"
    for name in ("chain", "chain_linear", "cross_downstream", "Label")
}
_DAG = {"DAG": "daglight.dag:DAG", "dag": "daglight.dag_decorator:dag"}
_TASK = {"task": "daglight.taskflow:task", "task_group": "daglight.group_decorator:task_group"}
_PYTHON = {
    "PythonOperator": "daglight.operators.python:PythonOperator",
    "BranchPythonOperator": "daglight.operators.branch:BranchPythonOperator",
    "ShortCircuitOperator": "daglight.operators.branch:ShortCircuitOperator",
    "get_current_context": "daglight.operators.python:get_current_context",
    "is_venv_installed": "daglight.operators.virtualenv:is_venv_installed",
    "task": "daglight.taskflow:task",
}
_PYTHON.update(
    (name, f"daglight.operators.virtualenv:{name}")
    for name in (
        "PythonVirtualenvOperator",
        "ExternalPythonOperator",
        "BranchPythonVirtualenvOperator",
        "BranchExternalPythonOperator",
    )
)
_SETUP = {name: f"daglight.setup_decorators:{name}" for name in ("setup", "teardown")}
_WEEKDAY = {"WeekDay": "daglight.weekday:WeekDay"}
_SKIP = {"SkipMixin": "daglight.skip_mixin:SkipMixin"}
_SENSOR = {
    name: f"daglight.sensors.base:{name}"
    for name in ("BaseSensorOperator", "PokeReturnValue", "poke_mode_only")
}
_DAY_BRANCH = {"BranchDayOfWeekOperator": "daglight.operators.branch_dates:BranchDayOfWeekOperator"}
_DATE_BRANCH = {"BranchDateTimeOperator": "daglight.operators.branch_dates:BranchDateTimeOperator"}
_SENSORS = {
    "python": {"PythonSensor": "daglight.sensors.python:PythonSensor"},
    "date_time": dict.fromkeys(
        ("DateTimeSensor", "DateTimeSensorAsync"), "daglight.sensors.moments:DateTimeSensor"
    ),
    "time_delta": {
        name: f"daglight.sensors.moments:{name}"
        for name in ("TimeDeltaSensor", "TimeDeltaSensorAsync")
    },
    "time_sensor": dict.fromkeys(
        ("TimeSensor", "TimeSensorAsync"), "daglight.sensors.moments:TimeSensor"
    ),
    "weekday": {"DayOfWeekSensor": "daglight.sensors.moments:DayOfWeekSensor"},
    "filesystem": {"FileSensor": "daglight.sensors.files:FileSensor"},
    "bash": {"BashSensor": "daglight.sensors.files:BashSensor"},
}
_SENSORS["time"] = _SENSORS["time_sensor"]
#: Module of Airflow 1.10 -> the part of Airflow 2 that it became.
_OLD_SENSORS = {
    "airflow.sensors.python_sensor": "python",
    "airflow.contrib.sensors.python_sensor": "python",
    "airflow.sensors.date_time_sensor": "date_time",
    "airflow.sensors.time_delta_sensor": "time_delta",
    "airflow.contrib.sensors.file_sensor": "filesystem",
    "airflow.contrib.sensors.bash_sensor": "bash",
    "airflow.contrib.sensors.weekday_sensor": "weekday",
    "airflow.sensors.weekday_sensor": "weekday",
}
_BASH = {"BashOperator": "daglight.operators.bash:BashOperator"}
_EMPTY = dict.fromkeys(("EmptyOperator", "DummyOperator"), "daglight.operators.empty:EmptyOperator")
_LATEST = {"LatestOnlyOperator": "daglight.operators.branch:LatestOnlyOperator"}
_BRANCH = {"BaseBranchOperator": "daglight.operators.branch:BaseBranchOperator"}
_BASE = {"BaseOperator": "daglight.operator:BaseOperator"}
_PARAM = {"Param": "daglight.params:Param", "ParamsDict": "daglight.params:ParamsDict"}
_ARG = {"XComArg": "daglight.xcom_arg:XComArg", "PlainXComArg": "daglight.xcom_arg:XComArg"}
_RULE = {"TriggerRule": "daglight.trigger_rules:TriggerRule"}
_STATE = {name: f"daglight.states:{name}" for name in ("State", "TaskInstanceState", "DagRunState")}
_RUN_TYPE = {"DagRunType": "daglight.states:DagRunType"}
_XCOM = dict.fromkeys(("XCom", "BaseXCom"), "daglight.xcom:XCom")
_XCOM["XCOM_RETURN_KEY"] = "daglight.xcom_arg:RETURN_KEY"
_KEY = {"TaskInstanceKey": "daglight.instance_key:TaskInstanceKey"}
_INSTANCE = {"TaskInstance": "daglight.instance:TaskInstance", **_KEY}
_RUN = {"DagRun": "daglight.dag_run:DagRun"}
_GROUP = {"TaskGroup": "daglight.group:TaskGroup"}
_VARIABLE = {"Variable": "daglight.variables:Variable"}
_SDK_VARIABLE = {"Variable": "daglight.variables:SdkVariable"}
_CONNECTION = {"Connection": "daglight.connections:Connection"}
_MODEL_CONNECTION = {"Connection": "daglight.connections:ModelConnection"}
_HOOK = {"BaseHook": "daglight.hooks:BaseHook"}
_NOTIFIER = {"BaseNotifier": "daglight.notifiers:BaseNotifier"}
_ASSETS = {
    name: f"daglight.assets:{name}"
    for name in (
        "Asset",
        "AssetAccessControl",
        "AssetAlias",
        "AssetAll",
        "AssetAny",
        "Dataset",
        "Metadata",
        "Model",
    )
}
_PARTITIONS = {
    name: f"daglight.partitions:{name}"
    for name in (
        *KEPT,
        "AssetOrTimeSchedule",
        "CronPartitionTimetable",
        "PartitionedAssetTimetable",
        "PartitionedAtRuntime",
    )
}
_OR_TIME = dict.fromkeys(
    ("AssetOrTimeSchedule", "DatasetOrTimeSchedule"), "daglight.partitions:AssetOrTimeSchedule"
)
_DATASETS = {
    "Dataset": "daglight.assets:Dataset",
    "DatasetAlias": "daglight.assets:DatasetAlias",
    "DatasetAll": "daglight.assets:AssetAll",
    "DatasetAny": "daglight.assets:AssetAny",
}
_ASSET = {"asset": "daglight.asset_decorator:asset"}
_TRIGGER = {"TriggerDagRunOperator": "daglight.operators.across:TriggerDagRunOperator"}
_EXTERNAL = {
    name: f"daglight.operators.across:{name}"
    for name in ("ExternalTaskSensor", "ExternalTaskMarker")
}
_LITERAL = {"literal": "daglight.literal:Literal", "LiteralValue": "daglight.literal:Literal"}
_PLUGIN = {"AirflowPlugin": "daglight.plugins:AirflowPlugin"}
_TIMETABLES = {
    name: f"daglight.timetables:{name}"
    for name in (
        "CronDataIntervalTimetable",
        "CronTriggerTimetable",
        "DeltaDataIntervalTimetable",
        "DeltaTriggerTimetable",
    )
}
_TIMEZONE = {
    name: f"daglight.clock:{name}"
    for name in (
        "utcnow",
        "utc",
        "datetime",
        "parse",
        "make_aware",
        "convert_to_utc",
        "is_localized",
        "is_naive",
        "coerce_datetime",
        "make_naive",
    )
}
_EXCEPTIONS = {
    name: f"daglight.exceptions:{name}"
    for name in ("AirflowException", "AirflowSkipException", "AirflowFailException")
}

NAMES: dict[str, dict[str, str]] = {
    "airflow": {**_DAG, **_ARG, **_DATASETS, "macros": "daglight.macros"},
    "airflow.models": {
        **_DAG,
        **_BASE,
        **_PARAM,
        **_ARG,
        **_XCOM,
        **_INSTANCE,
        **_RUN,
        **_VARIABLE,
        **_MODEL_CONNECTION,
    },
    "airflow.models.connection": _MODEL_CONNECTION,
    "airflow.models.dag": {**_DAG, "DagContext": "daglight.clock:DagContext"},
    "airflow.models.dagrun": _RUN,
    "airflow.models.baseoperator": {**_BASE, **_EDGES},
    "airflow.models.variable": _VARIABLE,
    "airflow.models.param": _PARAM,
    "airflow.models.xcom": _XCOM,
    "airflow.models.xcom_arg": _ARG,
    "airflow.models.taskinstance": _INSTANCE,
    "airflow.sdk": {
        **_DAG,
        **_TASK,
        **_EDGES,
        **_BASE,
        **_PARAM,
        **_ARG,
        **_XCOM,
        **_INSTANCE,
        **_RUN,
        **_SDK_VARIABLE,
        **_GROUP,
        **_RULE,
        **_STATE,
        **_SETUP,
        **_SENSOR,
        **_BRANCH,
        **_SKIP,
        **_CONNECTION,
        **_HOOK,
        **_NOTIFIER,
        **_ASSETS,
        **_ASSET,
        **_LITERAL,
        **_TIMETABLES,
        **_PARTITIONS,
        "Context": "daglight.clock:Context",
        "macros": "daglight.macros",
        "get_current_context": "daglight.operators.python:get_current_context",
    },
    "airflow.sdk.exceptions": _EXCEPTIONS,
    "airflow.sdk.bases.operator": {**_BASE, **_EDGES},
    "airflow.sdk.definitions.dag": _DAG,
    "airflow.sdk.definitions.param": _PARAM,
    "airflow.sdk.definitions.context": {"Context": "daglight.clock:Context"},
    "airflow.decorators": {**_DAG, **_TASK, **_SETUP},
    "airflow.decorators.setup_teardown": {
        "context_wrapper": "daglight.setup_decorators:context_wrapper"
    },
    "airflow.models.skipmixin": _SKIP,
    "airflow.sdk.bases.sensor": _SENSOR,
    "airflow.sdk.bases.branch": _BRANCH,
    "airflow.sdk.bases.skipmixin": _SKIP,
    "airflow.providers.standard.utils.skipmixin": _SKIP,
    "airflow.providers.standard.utils.weekday": _WEEKDAY,
    "airflow.utils.weekday": _WEEKDAY,
    "airflow.sensors.base": _SENSOR,
    "airflow.sensors.base_sensor_operator": _SENSOR,
    **{f"airflow.sensors.{name}": names for name, names in _SENSORS.items()},
    **{f"airflow.providers.standard.sensors.{name}": names for name, names in _SENSORS.items()},
    **{old: _SENSORS[name] for old, name in _OLD_SENSORS.items()},
    "airflow.operators.sensors": {
        **_SENSOR,
        **{key: place for names in _SENSORS.values() for key, place in names.items()},
    },
    "airflow.operators.weekday": _DAY_BRANCH,
    "airflow.operators.datetime": _DATE_BRANCH,
    "airflow.providers.standard.operators.weekday": _DAY_BRANCH,
    "airflow.providers.standard.operators.datetime": _DATE_BRANCH,
    "airflow.operators": {},
    "airflow.operators.python": _PYTHON,
    "airflow.operators.python_operator": _PYTHON,
    "airflow.operators.bash": _BASH,
    "airflow.operators.bash_operator": _BASH,
    "airflow.operators.empty": _EMPTY,
    "airflow.operators.dummy": _EMPTY,
    "airflow.operators.dummy_operator": _EMPTY,
    "airflow.operators.latest_only": _LATEST,
    "airflow.operators.latest_only_operator": _LATEST,
    "airflow.operators.branch": _BRANCH,
    "airflow.operators.branch_operator": _BRANCH,
    "airflow.providers.standard.operators.python": _PYTHON,
    "airflow.providers.standard.operators.bash": _BASH,
    "airflow.providers.standard.operators.empty": _EMPTY,
    "airflow.providers.standard.operators.latest_only": _LATEST,
    "airflow.providers.standard.operators.branch": _BRANCH,
    "airflow.macros": {name: f"daglight.macros:{name}" for name in ("ds_add", "ds_format")},
    "airflow.hooks.base": _HOOK,
    "airflow.hooks.base_hook": _HOOK,
    "airflow.sdk.bases.hook": _HOOK,
    "airflow.sdk.bases.notifier": _NOTIFIER,
    "airflow.notifications.basenotifier": _NOTIFIER,
    "airflow.sdk.definitions.asset": _ASSETS,
    "airflow.sdk.definitions.asset.metadata": _ASSETS,
    "airflow.sdk.definitions.asset.decorators": _ASSET,
    "airflow.sdk.definitions.connection": _CONNECTION,
    "airflow.sdk.definitions.variable": _SDK_VARIABLE,
    "airflow.sdk.definitions.template": _LITERAL,
    "airflow.sdk.definitions.taskgroup": _GROUP,
    "airflow.assets": _ASSETS,
    "airflow.assets.metadata": _ASSETS,
    "airflow.datasets": _DATASETS,
    "airflow.datasets.metadata": _ASSETS,
    "airflow.operators.trigger_dagrun": _TRIGGER,
    "airflow.operators.dagrun_operator": _TRIGGER,
    "airflow.providers.standard.operators.trigger_dagrun": _TRIGGER,
    "airflow.sensors.external_task": _EXTERNAL,
    "airflow.sensors.external_task_sensor": _EXTERNAL,
    "airflow.providers.standard.sensors.external_task": _EXTERNAL,
    "airflow.plugins_manager": _PLUGIN,
    "airflow.timetables.assets": _OR_TIME,
    "airflow.timetables.datasets": _OR_TIME,
    "airflow.sdk.execution_time.context": {
        "NEVER_EXPIRE": "daglight.state_store:NEVER_EXPIRE",
    },
    "airflow.timetables.interval": _TIMETABLES,
    "airflow.timetables.trigger": _TIMETABLES,
    "airflow.utils.email": {"send_email": "daglight.provided:send_email"},
    "airflow.utils.template": _LITERAL,
    "airflow.utils.helpers": _EDGES,
    "airflow.utils.edgemodifier": {
        "Label": "daglight.edges:Label",
        "EdgeModifier": "daglight.edges:Label",
    },
    "airflow.utils.task_group": {**_GROUP, "task_group": "daglight.group_decorator:task_group"},
    "airflow.utils.trigger_rule": _RULE,
    "airflow.utils.state": _STATE,
    "airflow.settings": {"TIMEZONE": "daglight.clock:utc"},
    "airflow.utils.types": _RUN_TYPE,
    "airflow.utils.xcom": _XCOM,
    "airflow.models.taskinstancekey": _KEY,
    "airflow.utils.dates": {"days_ago": "daglight.clock:days_ago"},
    "airflow.utils.timezone": _TIMEZONE,
    "airflow.utils.context": {"Context": "daglight.clock:Context"},
    "airflow.utils.decorators": {"apply_defaults": "daglight.clock:apply_defaults"},
    "airflow.utils.log.logging_mixin": {"LoggingMixin": "daglight.clock:LoggingMixin"},
}
