"""Painting of the neutral chart scenes on screen."""
