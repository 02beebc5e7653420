"""The two Windows packages, built from Debian: ``python -m installer windows``."""
