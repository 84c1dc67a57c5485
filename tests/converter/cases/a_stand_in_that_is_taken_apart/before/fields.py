from airflow.providers.google.cloud.operators.datafusion import StartPipelineOperator

FIELDS = (
    *StartPipelineOperator.template_fields,
    "pipeline",
)
