"""Migrations of the store, in order; package data, applied when a store is opened."""
