"""The operators that daglight runs itself."""
