"""A DAG file of airflow: what it calls has its names from a module of the folder."""

from factory import make

made = make("made")
