"""Failures that a user can act on. Each message says what was found, what was needed and what to do.

FormcheckError
├── UsageError            wrong call: unknown exercise, bad option value, output that cannot be written (exit code 2)
├── InstallationError     a model or a system library is missing or damaged (exit code 1)
└── ClipError             this clip gets no assessment (exit code 1)
    ├── UnreadableClip    missing, empty, no video in it, damaged, not a landmark track
    └── UnusableClip      readable, but nothing in it can be followed
"""

from __future__ import annotations


class FormcheckError(Exception):
    """Base of every failure that formcheck explains in one sentence."""


class UsageError(FormcheckError):
    """The call is wrong, whatever the clip."""


class InstallationError(FormcheckError):
    """A file or a library that formcheck needs is missing or damaged."""


class ClipError(FormcheckError):
    """One clip gets no assessment; others may."""


class UnreadableClip(ClipError):
    """The file cannot be read as a clip or as a landmark track."""


class UnusableClip(ClipError):
    """The clip can be read, but there is too little in it to follow anybody."""
