"""Task runs in other processes: what is sent there, how it is run, what comes back."""
