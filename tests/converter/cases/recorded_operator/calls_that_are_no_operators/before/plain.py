class SnowflakeOperator:
    def __init__(self, task_id):
        self.task_id = task_id


print(SnowflakeOperator(task_id="load").task_id)
