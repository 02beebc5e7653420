"""Carnet d'impact: an offline notebook to measure what an experiment changed."""

__version__ = "0.3.0"
