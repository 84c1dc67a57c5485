from airflow_compat import missing

FIELDS = missing(
    "airflow.providers.google.cloud.operators.datafusion.StartPipelineOperator.template_fields",
    "DF601",
)
