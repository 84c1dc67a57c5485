"""Airflow is only a word here."""


def double(x):
    return x * 2
