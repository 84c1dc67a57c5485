"""Artifacts: tables, texts, links, images and progress that a run leaves for people to look at.

https://docs.prefect.io/v3/concepts/artifacts
"""
