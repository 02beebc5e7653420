"""The window: widgets, screens and Qt item models. Takes rows and services, never the store."""
