"""The only room that knows SQLite. Empty on purpose: each module is imported when it is needed."""
