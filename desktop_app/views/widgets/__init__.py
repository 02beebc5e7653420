"""Widgets shared by every screen: they know no service."""
