"""Inputs that nobody would write, by the million: see docs/reliability.md."""
