"""What watches a child process from within; see `sitecustomize` beside it. Python 3.8 and later."""
