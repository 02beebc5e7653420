"""Colours and style sheet, icons, messages at the foot."""
