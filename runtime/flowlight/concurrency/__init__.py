"""Limits on what runs at the same time, kept in the SQLite file and shared by processes.

https://docs.prefect.io/v3/concepts/global-concurrency-limits
"""
