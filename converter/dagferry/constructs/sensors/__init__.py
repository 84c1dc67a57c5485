"""Sensors: tasks that ask again until a condition holds, one file each."""
