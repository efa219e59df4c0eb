"""Checks the form of recorded running drills: from a phone clip to a verdict."""

__version__ = "0.1.0"
