"""The workbook for a direction métier: what they sort, pivot and trust."""
