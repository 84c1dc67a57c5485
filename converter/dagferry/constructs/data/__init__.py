"""Variables, exceptions and other things that task bodies use."""
