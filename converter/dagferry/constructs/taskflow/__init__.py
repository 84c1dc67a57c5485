"""TaskFlow: decorators that make tasks."""
