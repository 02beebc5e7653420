"""Visits and what is recorded on them: measures, findings, photos, follow-ups."""
