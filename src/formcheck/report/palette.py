"""The colours of statuses, in video and page alike, and the neutral ones of the video.

Statuses are told apart by colour, by lightness and by the shape of a sign.
"""

from __future__ import annotations

from formcheck.vocabulary import Status

Colour = tuple[int, int, int]
"""Red, green, blue in 0..255."""

WHITE: Colour = (255, 255, 255)
SOFT: Colour = (205, 212, 220)
INK: Colour = (13, 17, 22)
LEADER_EDGE: Colour = (70, 78, 88)

# Okabe and Ito's colours, which people with any kind of colour blindness can tell apart; the orange is a shade lighter
# than theirs, which is what tells it from the vermillion where red and green look alike.
GREEN: Colour = (0, 158, 115)
ORANGE: Colour = (240, 180, 30)
VERMILLION: Colour = (213, 94, 0)

OF_STATUS = {Status.GOOD: GREEN, Status.MINOR: ORANGE, Status.MAJOR: VERMILLION}

_LIGHT_CARD: Colour = (255, 255, 255)
_DARK_CARD: Colour = (28, 34, 41)
_ZONE_ON_LIGHT = {Status.GOOD: 0.26, Status.MINOR: 0.32, Status.MAJOR: 0.34}
_ZONE_ON_DARK = {Status.GOOD: 0.44, Status.MINOR: 0.36, Status.MAJOR: 0.44}
_BAND_ON_LIGHT, _BAND_ON_DARK = 0x22, 0x38


def colour_of(status: Status | None) -> Colour:
    """Return the colour of a status; white where nothing is judged."""
    return WHITE if status is None else OF_STATUS.get(status, WHITE)


def status_style() -> str:
    """Return the style sheet that gives a page the statuses' colours, for light and for dark paper.

    ``--good-fill`` and so on are the colours themselves, ``--good-zone`` and so on their tints under a scale, and
    ``--band`` is the veil over the good values of a chart.
    """
    fills = {f"{status}-fill": _hex(colour) for status, colour in OF_STATUS.items()}
    light = _declared(fills | _tints(_LIGHT_CARD, _ZONE_ON_LIGHT, _BAND_ON_LIGHT))
    dark = _declared(_tints(_DARK_CARD, _ZONE_ON_DARK, _BAND_ON_DARK))
    return f":root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root:not(.printing) {{ {dark} }} }}\n"


def _tints(card: Colour, zones: dict[Status, float], band_opacity: int) -> dict[str, str]:
    tints = {f"{status}-zone": _hex(_mixed(OF_STATUS[status], card, share)) for status, share in zones.items()}
    return tints | {"band": f"{_hex(OF_STATUS[Status.GOOD])}{band_opacity:02x}"}


def _declared(colours: dict[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())


def _mixed(colour: Colour, ground: Colour, share: float) -> Colour:
    red, green, blue = (round(share * a + (1.0 - share) * b) for a, b in zip(colour, ground, strict=True))
    return red, green, blue


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
