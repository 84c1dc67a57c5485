"""The answer that a DAG stays a graph."""

from __future__ import annotations


class NotLifted(Exception):  # noqa: N818 - an answer: the graph form is right for every DAG
    """The DAG stays a graph; the message says why."""
