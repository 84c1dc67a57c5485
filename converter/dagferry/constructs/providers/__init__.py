"""Operators of providers."""
