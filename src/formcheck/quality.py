"""How well a clip shows the athlete, and whether it shows enough to say anything."""

from __future__ import annotations

import numpy as np

from formcheck.assessment import NoVerdict, Quality, ReasonCode
from formcheck.criteria.readings import SMALLEST_TRUNK_PX
from formcheck.kinematics.geometry import FloatArray
from formcheck.kinematics.motion import Motion
from formcheck.segmentation.performance import Performance
from formcheck.vocabulary import Part, Side, View

LEAST_SECONDS_FOUND = 0.5
LEAST_SHARE_FOUND = 0.1
LEAST_SHARE_IN_PICTURE = 0.5
LEAST_SHARE_SEEN = 0.6
"""Share of the frames in which shoulders, hips, knees and feet must be seen before an unknown movement is one."""
FEW_FRAMES_PER_SECOND = 24.0


def why_unusable(motion: Motion) -> NoVerdict | None:
    """Return why nothing can be said about a clip: nobody in it, or not the whole body. None where it will do."""
    found = motion.detected.found
    seconds = float(found.sum()) / motion.rate_hz if np.isfinite(motion.rate_hz) else 0.0
    if found.any() and len(found) < LEAST_SECONDS_FOUND * motion.rate_hz:
        return NoVerdict(
            code=ReasonCode.TOO_SHORT,
            message=f"The clip shows somebody for {seconds:.2f} s, and at least {LEAST_SECONDS_FOUND} s were needed.",
            remedy="Film a few whole repetitions.",
        )
    if seconds < LEAST_SECONDS_FOUND or float(found.mean()) < LEAST_SHARE_FOUND:
        return NoVerdict(
            code=ReasonCode.NOBODY_IN_VIEW,
            message=f"Nobody could be followed: a person was seen in {found.mean():.0%} of the frames.",
            remedy="Film one person, the whole body in the picture and well lit.",
        )
    for part, name in ((Part.SHOULDER, "shoulders"), (Part.HIP, "hips"), (Part.KNEE, "knees")):
        inside = share_in_picture(motion, part)
        if inside < LEAST_SHARE_IN_PICTURE:
            return NoVerdict(
                code=ReasonCode.BODY_NOT_IN_VIEW,
                message=f"The {name} are in the picture in {inside:.0%} of the frames only.",
                remedy="Step back until the whole body, head to feet, stays in the picture.",
            )
    return None


def why_hard_to_recognise(motion: Motion) -> NoVerdict | None:
    """Return which part of the body is missing where nothing was recognised, None where all of it was seen."""
    parts = ((Part.SHOULDER, "shoulders"), (Part.HIP, "hips"), (Part.KNEE, "knees"), (Part.ANKLE, "feet"))
    shares = {name: float((motion.seen(p, Side.LEFT) | motion.seen(p, Side.RIGHT)).mean()) for p, name in parts}
    least = min(shares, key=lambda name: shares[name])
    if shares[least] >= LEAST_SHARE_SEEN:
        return None
    return NoVerdict(
        code=ReasonCode.BODY_NOT_IN_VIEW,
        message=f"Only a part of the body could be followed: the {least} were seen in {shares[least]:.0%} of the "
        "frames.",
        remedy="Step back until the whole body, head to feet, stays in the picture, and name the exercise with "
        "--exercise.",
    )


def share_in_picture(motion: Motion, part: Part) -> float:
    """Return the share of frames with somebody in which a part of either side lies inside the picture, [0, 1]."""
    found = motion.detected.found
    size = np.array([motion.detected.width, motion.detected.height])
    points = motion.detected.xy_px[found][:, [part.on(side) for side in Side]]
    inside = np.any(np.all((points >= 0) & (points <= size), axis=2), axis=1)
    return float(inside.mean()) if inside.size else 0.0


def quality_of(performance: Performance, warnings: tuple[str, ...]) -> Quality:
    """Return how well the athlete is seen during one performance."""
    motion, frames = performance.motion, performance.frames
    seen = motion.detected.visibility[frames]
    known = seen[np.isfinite(seen)]
    return Quality(
        person_share=float(motion.detected.found[frames].mean()),
        person_height_px=_height(motion.clean.xy_px[frames]),
        median_visibility=float(np.median(known)) if known.size else 0.0,
        near_side=None if performance.frontal else performance.near,
        camera_roll_degrees=motion.camera_roll,
        warnings=(*warnings, *_warnings(performance)),
    )


def _height(xy_px: FloatArray) -> float:
    """Return the typical height of the body's box in pixels, its 90th percentile over (n, 33, 2)."""
    heights = xy_px[np.isfinite(xy_px[..., 1]).any(axis=1), :, 1]
    tall = np.nanmax(heights, axis=1, initial=-np.inf) - np.nanmin(heights, axis=1, initial=np.inf)
    return float(np.percentile(tall, 90)) if tall.size else 0.0


def _warnings(performance: Performance) -> tuple[str, ...]:
    found = []
    if performance.rate_hz < FEW_FRAMES_PER_SECOND:
        found.append(f"Only {performance.rate_hz:.0f} frames a second: quick movements are blurred between frames.")
    if performance.motion.trunk < SMALLEST_TRUNK_PX:
        found.append("The athlete is small in the picture: go nearer, until the body fills most of its height.")
    if performance.motion.camera_sways:
        found.append("The camera moves: lean it on something, so that holds and heights are read more surely.")
    if performance.view is View.OBLIQUE:
        found.append("Filmed at an angle: from the side or square to the front far more can be judged.")
    return tuple(found)
