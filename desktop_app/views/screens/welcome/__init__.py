"""Without a notebook."""
