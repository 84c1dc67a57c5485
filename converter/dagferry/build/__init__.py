"""Verbs for emission: nodes, layout, names, formatting, YAML."""
