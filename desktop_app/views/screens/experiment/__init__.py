"""One experiment: its tabs."""
