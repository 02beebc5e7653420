"""The actions promised."""
