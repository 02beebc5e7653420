"""Packages for the department's PCs: what builds them, and what checks them."""
