"""Figures: from what was recorded to what is said of it, and what may leave the notebook."""
