"""Clips as files: reading upright frames with their true times, and writing annotated ones."""
