"""Operators: one file each."""
