from benchmarks.faults import criterion_scores, demands, judged_for_precision, majors_on_clean, reports
from tests.benchmarks.outcomes import BENT, CATALOGUE, answer, clip, outcome


def test_one_of_several_criteria_is_enough_to_catch_a_fault() -> None:
    case = clip(must=("depth", "knee"))
    found = outcome(answer(statuses={"depth": "good", "knee": "minor"}), fault=BENT)
    (demand,) = demands([(case, found)])
    assert demand.caught
    assert demand.caught_by == ("knee",)


def test_a_fault_that_could_not_be_judged_is_missed() -> None:
    found = outcome(answer(statuses={"depth": "not_assessable"}), fault=BENT)
    (demand,) = demands([(clip(must=("depth",)), found)])
    assert not demand.caught


def test_a_clip_that_was_not_recognised_is_judged_by_what_came_with_its_exercise_named() -> None:
    found = outcome(given=(answer(statuses={"depth": "major"}),), fault=BENT)
    results = [(clip(must=("depth",)), found)]
    assert demands(results)[0].caught
    assert [report.allowed for report in reports(results, CATALOGUE)] == [True]


def test_a_verdict_outside_what_may_be_reported_is_false_and_doses_do_not_count() -> None:
    statuses = {"depth": "minor", "trunk": "major", "hold_time": "major", "heel": "good"}
    found = outcome(answer(statuses=statuses, doses=("hold_time",)), fault=BENT)
    told = reports([(clip(must=("depth",)), found)], CATALOGUE)
    assert {report.key: report.allowed for report in judged_for_precision(told)} == {"depth": True, "trunk": False}


def test_both_sides_of_a_criterion_are_one_verdict_and_the_worse_one_counts() -> None:
    found = outcome(answer(statuses={"depth": "minor"}), answer(statuses={"depth": "major"}))
    (report,) = reports([(clip(may=("depth",)), found)], CATALOGUE)
    assert report.status == "major"


def test_whatever_is_said_of_an_exercise_that_is_not_done_is_false() -> None:
    found = outcome(answer("high_knees", statuses={"cadence": "minor"}), fault=BENT)
    (report,) = reports([(clip(may=("cadence",)), found)], CATALOGUE)
    assert (report.exercise, report.allowed) == ("high_knees", False)


def test_a_major_on_a_clean_clip_is_told_even_where_the_key_may_be_reported() -> None:
    found = outcome(answer(statuses={"cadence": "major", "depth": "minor"}))
    told = reports([(clip(may=("cadence",)), found)], CATALOGUE)
    assert [report.key for report in majors_on_clean(told)] == ["cadence"]


def test_a_criterion_is_scored_over_all_its_clips() -> None:
    caught = outcome(answer(statuses={"depth": "minor"}), case="a", fault=BENT)
    missed = outcome(answer(statuses={"depth": "good"}), case="b", fault=BENT)
    clean = outcome(answer(statuses={"depth": "minor"}), case="c")
    unseen = outcome(answer(statuses={"depth": "not_assessable"}), case="d")
    results = [
        (clip("a", must=("depth",)), caught),
        (clip("b", must=("depth",)), missed),
        (clip("c"), clean),
        (clip("d"), unseen),
    ]
    (score,) = criterion_scores(results, CATALOGUE)
    assert (score.asked, score.caught, score.missed, score.true, score.false) == (2, 1, 1, 1, 1)
    assert (score.judged, score.not_assessable) == (3, 1)
    assert (score.precision, score.recall) == (0.5, 0.5)
    assert score.smallest_caught == score.largest_missed == BENT
