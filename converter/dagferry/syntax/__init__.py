"""Everything that knows libcst: parsing, positions, the index, rewriting, and the layout of new code."""
