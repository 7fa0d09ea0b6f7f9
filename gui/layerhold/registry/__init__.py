"""Registries, and where credentials for them live."""
