"""Not airflow."""

from orchestration.exceptions import AirflowException, AirflowSkipException

ERRORS = (AirflowException, AirflowSkipException)
