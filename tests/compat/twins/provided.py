class Loud(CallOperator):
    def execute(self, context):
        print("loud", self.sql)
        return super().execute(context)


def build():
    rows = PythonOperator(task_id="rows", python_callable=lambda: 5)
    ask = CallOperator(
        task_id="ask", sql=["select {{ ds }}", {"n": rows.output}], parameters={"a": 1}
    )
    ask >> Loud(task_id="loud", sql="{{ task.task_id }}", retries=2)
    CallOperator(task_id="unready", sql="{{ nonesuch }}")
