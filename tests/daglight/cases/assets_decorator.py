# options: {"versions": [3], "sync": true}
from airflow.sdk import asset


@asset(schedule=None, uri="s3://bucket/own", extra={"k": 1})
def assets_decorator(self, context):
    return [self.name, self.uri, context["task"].task_id, context["dag"].dag_id]
