"""The part of ``--self-test`` that makes every screen and dialog."""
