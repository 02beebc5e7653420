"""The Debian package: built by ``python -m installer linux``."""
