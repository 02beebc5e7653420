"""Reads that deserve a name: what the services ask of the notebook, said in SQL."""
