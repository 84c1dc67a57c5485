"""Blocks: named, typed configuration that outlives a process, secrets included.

https://docs.prefect.io/v3/concepts/blocks
"""
