"""The model: frozen values that say what a folder of DAGs means. It imports no other package of dagferry."""
