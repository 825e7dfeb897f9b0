"""Repeatable measurements, each a ratio to a named baseline of the same run."""
