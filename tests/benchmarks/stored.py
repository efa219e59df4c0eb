"""Small stored results for the tests of the accuracy page."""

from benchmarks.stored_run import Row, StoredRun
from benchmarks.tables import Cell
from benchmarks.targets import Target

HIT = Target(group="accuracy", what="knee", measured="4.0", needed="at most 5", met=True)


def angle(joint: str, place: str, *, view: str = "side", error: float = 4.0, clips: int = 9) -> Row:
    return {
        "joint": joint, "view": view, "place": place, "clips": clips, "valued": "100%", "mean abs": error, "bias": 1.0,
        "lower": -7.0, "upper": 9.0, "worst": 2 * error, "worst clip": "a",
    }  # fmt: skip


def criterion(key: str, **counts: int) -> Row:
    row: dict[str, Cell] = dict.fromkeys(("judged", "not assessable", "asked", "caught", "missed", "true", "false"), 0)
    row |= {"exercise": "lunge", "key": key, "precision": None, "recall": None, "smallest caught": ""}
    return {**row, "largest missed": "", **counts}


def hold(error: float | None) -> Row:
    measured = None if error is None else 6.0 + error
    return {"clip": "h", "measured, seconds": measured, "true": 6.0, "error": error, "error %": None}


def track(*, right: bool, repetitions: int | None = None, labelled: int | None = None) -> Row:
    return {"track": "t", "answer": "lunge", "right": right, "repetitions": repetitions, "labelled": labelled, "+-": 1}


def accuracy_run() -> StoredRun:
    """Return what accuracy.py stores, with one or two rows in each table that is never empty."""
    joints = ("knee", "hip", "thigh", "trunk", "shank inclination", "ankle dorsiflexion", "foot pitch", "elbow")
    return StoredRun(
        conditions={
            "formcheck": "1.2.3", "sources": "abc", "model": "full", "clips": 9, "clips by other cameras": 5,
            "tracks": 2, "exercises known": 2, "pictures": "640 x 480", "frames a second": "30", "minutes": 1.5,
        },
        targets=(HIT,),
        tables={
            "recognition_of_rendered_clips": [{"exercise": "lunge", "clips": 9, "right": 8, "answers": "lunge 8"}],
            "confusion_matrix": [{"true exercise": "lunge", "lunge": 8, "none": 1}],
            "wrong_answers": [{"case": "odd-clip", "accepted": "lunge", "answer": "none"}],
            "tracks_of_real_people": [track(right=True, repetitions=5, labelled=6), track(right=False)],
            "repetitions_and_steps": [{"what": "repetitions", "clips": 4, "exact": 4, "within one": 4}],
            "hold_seconds": [hold(0.1), hold(-0.9)],
            "cadence": [{"clip": "c", "error": -0.5, "error %": -0.3}],
            "angles_in_degrees": [
                *(angle(joint, place) for joint in joints for place in ("near", "far")),
                angle("knee valgus", "both", view="front"),
            ],
            "angles_of_each_clip_in_degrees": [{"view": "side", "place": "near", "joint": "knee", "mean abs": 3.0}],
            "landmarks_in_trunk_lengths": [
                {"landmark": "hip", "view": "side", "place": "near", "distance": 0.05, "higher by": 0.01,
                 "further forward by": 0.0},
            ],
            "faults": [{"figure": "recall", "share": 1.0, "count": 5, "of": 5}],
            "verdicts_against_perfect_landmarks": [
                {"judged both ways": 9, "same": 7, "milder": 1, "harsher": 1, "good for major or major for good": 0}
            ],
            "verdicts_that_perfect_landmarks_change": [],
            "values_within_standard_errors": [{"values": 9, "within 1": 0.5, "within 2": 0.75, "within 3": 0.875}],
            "values_against_perfect_landmarks": [
                {"exercise": "lunge", "key": "depth", "unit": "degrees", "values": 3, "bias": 1.0, "spread": 2.0,
                 "mean abs": 1.5, "standard error": 1.25},
            ],
            "criteria": [criterion("depth", asked=1, caught=1, true=1), criterion("hands")],
        },
    )  # fmt: skip


def robustness_run() -> StoredRun:
    return StoredRun(
        conditions={"sources": "abc", "clips": 2, "exercises": 2},
        targets=(),
        tables={
            "degraded_clips": [
                {"degradation": "dark", "what": "less light", "clips": 2, "recognised before": 2, "recognised": 2,
                 "mistaken": 0, "with repetitions": 1, "same number": 1, "with a hold": 1, "same hold": 0,
                 "judged before": 20, "judged after": 18, "same status": 17, "good to major": 0, "same %": 94.4,
                 "not assessable %": 10.0},
            ],
            "joint_angles_of_degraded_clips": [],
        },
    )  # fmt: skip


def models_run() -> StoredRun:
    return StoredRun(
        conditions={"sources": "abc", "clips": 2},
        targets=(),
        tables={"angles_by_model": [{"angle": "knee", "lite": 5.0, "full": 4.0, "heavy": None}]},
    )
