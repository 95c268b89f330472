"""Measurements against floors taken in the same run, and the client that takes them."""
