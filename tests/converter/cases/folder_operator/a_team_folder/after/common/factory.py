"""Tasks that several DAGs have."""

from common.operators import CopyTable, CountTable, TableSensor


def table_tasks(table, dag, **options):
    wait = TableSensor(task_id=f"wait_{table}", table=table, poke_interval=0)
    count = CountTable(task_id=f"count_{table}", table=f"{table}/{{{{ ds }}}}", **options)
    wait >> count
    return CopyTable(
        task_id=f"copy_{table}",
        table=table,
        rows=count.output,
        least=1,
    )
