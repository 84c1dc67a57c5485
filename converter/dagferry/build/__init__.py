"""Verbs for emission: nodes, layout, edits of text, imports, names, YAML."""
