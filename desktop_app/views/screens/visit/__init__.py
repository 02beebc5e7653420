"""One visit: its tabs."""
