"""The first screen, and how it is kept."""
