"""Results that are kept, results that are reused (caching), and transactions around both.

One file per concern: `store` keeps and finds records, `records` is what is kept, `serializers` and
`filesystems` say how and where, `policies` when a result is reused, `transactions` when it is kept,
`running` is what the logic of runs (`core.py`) asks. https://docs.prefect.io/v3/advanced/results
"""
