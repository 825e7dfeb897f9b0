"""Portals of our own on loopback: what the demo crawls and the tests compare with."""
