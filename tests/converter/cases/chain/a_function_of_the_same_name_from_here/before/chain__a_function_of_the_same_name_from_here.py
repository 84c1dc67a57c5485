def cross_downstream(left, right):
    """Nothing to do with airflow."""
    return [(a, b) for a in left for b in right]


print(cross_downstream([1], [2]))
