"""The sites."""
