from common.factory import make_dag
