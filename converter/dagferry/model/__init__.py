"""The model: frozen values that say what a folder of DAGs means. It imports nothing of ours."""
