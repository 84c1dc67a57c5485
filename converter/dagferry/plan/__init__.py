"""From the model to the shape of each flow: calls, submits, a TaskGraph or a stub, with reasons."""
