"""Files that are copied beside converted flows, unchanged: from there on they are the user's."""
