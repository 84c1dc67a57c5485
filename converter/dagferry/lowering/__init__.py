"""From parsed modules to the model: finds DAGs and tasks and asks each construct to lower its own."""
