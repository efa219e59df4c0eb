"""The words that every layer shares. LEFT and RIGHT are always the athlete's own, never the picture's."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Landmark(IntEnum):
    """The 33 pose landmarks in MediaPipe's order; the value is the row in every landmark array."""

    NOSE = 0
    LEFT_EYE_INNER = 1
    LEFT_EYE = 2
    LEFT_EYE_OUTER = 3
    RIGHT_EYE_INNER = 4
    RIGHT_EYE = 5
    RIGHT_EYE_OUTER = 6
    LEFT_EAR = 7
    RIGHT_EAR = 8
    MOUTH_LEFT = 9
    MOUTH_RIGHT = 10
    LEFT_SHOULDER = 11
    RIGHT_SHOULDER = 12
    LEFT_ELBOW = 13
    RIGHT_ELBOW = 14
    LEFT_WRIST = 15
    RIGHT_WRIST = 16
    LEFT_PINKY = 17
    RIGHT_PINKY = 18
    LEFT_INDEX = 19
    RIGHT_INDEX = 20
    LEFT_THUMB = 21
    RIGHT_THUMB = 22
    LEFT_HIP = 23
    RIGHT_HIP = 24
    LEFT_KNEE = 25
    RIGHT_KNEE = 26
    LEFT_ANKLE = 27
    RIGHT_ANKLE = 28
    LEFT_HEEL = 29
    RIGHT_HEEL = 30
    LEFT_FOOT_INDEX = 31
    RIGHT_FOOT_INDEX = 32


class Side(StrEnum):
    """A side of the athlete's body."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Part(StrEnum):
    """A landmark that exists once on each side."""

    EAR = "EAR"
    SHOULDER = "SHOULDER"
    ELBOW = "ELBOW"
    WRIST = "WRIST"
    HIP = "HIP"
    KNEE = "KNEE"
    ANKLE = "ANKLE"
    HEEL = "HEEL"
    TOE = "FOOT_INDEX"

    def on(self, side: Side) -> Landmark:
        """Return this part's landmark on ``side``."""
        return Landmark[f"{side.name}_{self.value}"]


class View(StrEnum):
    """Where the camera stands, seen from the athlete."""

    SIDE = "side"
    FRONT = "front"
    BACK = "back"
    OBLIQUE = "oblique"


class Facing(StrEnum):
    """Where the athlete faces in the picture."""

    LEFT = "left"
    RIGHT = "right"
    CAMERA = "camera"
    AWAY = "away"


class Status(StrEnum):
    """What became of a criterion."""

    GOOD = "good"
    MINOR = "minor"
    MAJOR = "major"
    INFO = "info"
    NOT_ASSESSABLE = "not_assessable"


class Unit(StrEnum):
    """The unit of a measured value. Lengths are relative to the athlete's own body; ``RATIO`` has no unit."""

    DEGREES = "degrees"
    DEGREES_PER_SECOND = "degrees/s"
    SECONDS = "s"
    PER_MINUTE = "1/min"
    LEG_LENGTHS = "leg lengths"
    TRUNK_LENGTHS = "trunk lengths"
    FOOT_LENGTHS = "foot lengths"
    SHANK_LENGTHS = "shank lengths"
    HIP_WIDTHS = "hip widths"
    RATIO = "ratio"
    PERCENT = "%"
    COUNT = "count"


class ModelSize(StrEnum):
    """The pose models that ship with formcheck, fastest first."""

    LITE = "lite"
    FULL = "full"
    HEAVY = "heavy"


class Context(StrEnum):
    """When a stretch was done: the dose of a hold depends on it."""

    BEFORE = "before"
    AFTER = "after"
