"""The sensors that daglight runs itself, on the simulated clock of the run."""
