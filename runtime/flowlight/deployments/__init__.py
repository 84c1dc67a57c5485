"""Deployments: what is to run, with which parameters and when; and the process that runs it.

https://docs.prefect.io/v3/concepts/deployments. Work pools, workers and a server would take the
place of `serving.py`: everything before it (schedules, deployments, `prefect.yaml`) knows no process.
"""
