"""The public helpers of Prefect that its integrations are built with (`prefect.utilities`)."""
