"""The command line, one file for each verb; `main.py` finds the verb."""
