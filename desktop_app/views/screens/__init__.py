"""One folder a screen; registry.py says which class shows which place."""
