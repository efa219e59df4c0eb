"""The colours of the annotated video. Statuses are told apart by colour, by lightness and by the shape of a sign."""

from __future__ import annotations

from formcheck.vocabulary import Status

Colour = tuple[int, int, int]
"""Red, green, blue in 0..255."""

WHITE: Colour = (255, 255, 255)
SOFT: Colour = (205, 212, 220)
INK: Colour = (13, 17, 22)
LEADER_EDGE: Colour = (70, 78, 88)

# Okabe and Ito's colours, which people with any kind of colour blindness can tell apart.
SKY_BLUE: Colour = (86, 180, 233)
ORANGE: Colour = (240, 180, 30)
VERMILLION: Colour = (226, 88, 10)

_OF_STATUS = {Status.GOOD: SKY_BLUE, Status.MINOR: ORANGE, Status.MAJOR: VERMILLION}


def colour_of(status: Status | None) -> Colour:
    """Return the colour of a status; white where nothing is judged."""
    return WHITE if status is None else _OF_STATUS.get(status, WHITE)
