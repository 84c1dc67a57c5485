"""From a folder to questions that can be answered: files, text, names, values, graphs."""
