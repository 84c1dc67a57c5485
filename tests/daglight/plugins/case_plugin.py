from airflow.models import BaseOperator
from airflow.plugins_manager import AirflowPlugin


def shout(text):
    return text.upper() + "!"


class CaseOperator(BaseOperator):
    template_fields = ("text",)

    def __init__(self, *, text, **kwargs):
        super().__init__(**kwargs)
        self.text = text

    def execute(self, context):
        return shout(self.text)


class CasePlugin(AirflowPlugin):
    name = "case_plugin"
    macros = [shout]
