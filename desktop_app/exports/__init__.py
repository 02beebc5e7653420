"""Frozen rows and a path in, a file out: no session, no Qt."""
