"""From a measurement to a verdict: bands, doubt, shares of repetitions, caps, evidence."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.criteria.rules import KNEE_LIFT, UPRIGHT, performance, readings, rule

from formcheck.criteria.judging import judge, mildest_within, standard_error
from formcheck.criteria.model import (
    Band,
    Bands,
    Criterion,
    Finding,
    Kind,
    Measurement,
    PerSide,
    Problem,
    Reason,
    RequiredView,
    Sample,
)
from formcheck.segmentation.performance import Performance, Rep
from formcheck.vocabulary import Side, Status

GOOD, MINOR, MAJOR, INFO = Status.GOOD, Status.MINOR, Status.MAJOR, Status.INFO
NAN = float("nan")
SEVERITY = {GOOD: 0, MINOR: 1, MAJOR: 2}
HIDDEN = Reason(code=Problem.NOT_VISIBLE, message="The left knee was hidden.")
BOTH_LEGS = (Rep(Side.LEFT, 5, 10, 15), Rep(Side.RIGHT, 15, 20, 25))


@pytest.fixture(scope="module")
def somebody() -> Performance:
    return performance()


def verdict(criterion: Criterion, on: Performance) -> Finding:
    (finding,) = judge(criterion, on)
    return finding


class TestBands:
    @pytest.mark.parametrize(
        ("value", "status"),
        [(80.0, GOOD), (79.99, MINOR), (70.0, MINOR), (69.99, MAJOR), (200.0, GOOD), (-50.0, MAJOR)],
    )
    def test_an_edge_belongs_to_the_milder_band(self, value: float, status: Status) -> None:
        assert KNEE_LIFT.status_of(value) is status

    @pytest.mark.parametrize(
        ("value", "status"),
        [(0, GOOD), (10, GOOD), (-5, GOOD), (15, MINOR), (-15, MINOR), (20.1, MAJOR), (-15.1, MAJOR)],
    )
    def test_a_fault_may_lie_on_both_sides(self, value: float, status: Status) -> None:
        assert UPRIGHT.status_of(value) is status

    def test_without_a_minor_band_all_else_is_major(self) -> None:
        assert Bands(Band(None, 4.0)).status_of(4.1) is MAJOR


class TestDoubt:
    @pytest.mark.parametrize(
        ("value", "error", "status"),
        [
            (79.0, 1.0, GOOD),
            (79.0, 0.9, MINOR),
            (69.0, 1.0, MINOR),
            (69.0, 0.9, MAJOR),
            (69.0, 11.0, GOOD),
            (85.0, 30.0, GOOD),
        ],
    )
    def test_one_standard_error_decides_for_the_athlete(self, value: float, error: float, status: Status) -> None:
        assert mildest_within(KNEE_LIFT, value, error) is status

    def test_a_good_band_narrower_than_the_doubt_is_found_inside_it(self) -> None:
        assert mildest_within(Bands(Band(10.0, 11.0)), 8.5, 4.0) is GOOD

    @given(st.floats(-100.0, 200.0), st.floats(0.0, 50.0), st.sampled_from([KNEE_LIFT, UPRIGHT]))
    def test_doubt_never_makes_a_verdict_worse(self, value: float, error: float, bands: Bands) -> None:
        softened = mildest_within(bands, value, error)
        assert SEVERITY[softened] <= SEVERITY[bands.status_of(value)]
        assert SEVERITY[mildest_within(bands, value, 2 * error)] <= SEVERITY[softened]

    def test_a_single_reading_has_the_error_of_its_noise(self) -> None:
        assert standard_error([75.0], 2.0) == pytest.approx(2.0)

    def test_more_readings_are_surer(self) -> None:
        assert standard_error([75.0] * 4, 2.0) == pytest.approx(1.0)
        assert standard_error([75.0] * 16, 2.0) == pytest.approx(0.5)

    def test_what_is_constant_in_a_clip_no_repeating_reduces(self) -> None:
        assert standard_error([75.0] * 10_000, 2.0, constant=1.5) == pytest.approx(1.5, abs=0.001)
        assert standard_error([75.0], 2.0, constant=1.5) == pytest.approx(2.5)

    def test_readings_that_scatter_are_less_sure(self) -> None:
        even, uneven = [75.0] * 5, [65.0, 70.0, 75.0, 80.0, 85.0]
        assert standard_error(uneven, 2.0) > 2 * standard_error(even, 2.0)

    def test_one_wild_reading_hardly_counts(self) -> None:
        assert standard_error([75.0, 75.0, 75.0, 75.0, 300.0], 2.0) == standard_error([75.0] * 5, 2.0)

    def test_noisy_readings_are_judged_more_mildly(self, somebody: Performance) -> None:
        assert verdict(rule(readings(78.0, 78.0, 78.0, 78.0, noise=2.0)), somebody).status is MINOR
        assert verdict(rule(readings(78.0, 78.0, 78.0, 78.0, noise=5.0)), somebody).status is GOOD


class TestFewRepetitions:
    def test_one_or_two_must_pass_the_major_edge_by_twice_the_error(self, somebody: Performance) -> None:
        assert verdict(rule(readings(66.5, noise=2.0)), somebody).status is MINOR
        assert verdict(rule(readings(65.9, noise=2.0)), somebody).status is MAJOR
        assert verdict(rule(readings(67.5, 67.5, noise=2.0)), somebody).status is MINOR

    def test_three_need_not(self, somebody: Performance) -> None:
        assert verdict(rule(readings(68.5, 68.5, 68.5, noise=2.0)), somebody).status is MAJOR

    @pytest.mark.parametrize(("count", "confidence"), [(1, 0.4), (2, 0.6), (3, 0.9), (9, 0.9)])
    def test_confidence_grows_with_their_number(self, somebody: Performance, count: int, confidence: float) -> None:
        assert verdict(rule(readings(*[90.0] * count)), somebody).confidence == pytest.approx(confidence)

    def test_too_few_are_not_judged_and_it_says_how_many(self, somebody: Performance) -> None:
        finding = verdict(rule(readings(60.0, 60.0, NAN), least=3), somebody)
        assert finding.status is Status.NOT_ASSESSABLE
        assert finding.reason is not None
        assert finding.reason.code is Problem.TOO_FEW
        assert "2 could be measured, 3 are needed" in finding.reason.message
        assert finding.value is None


class TestShareOfRepetitions:
    def test_a_fault_needs_60_percent_of_them(self, somebody: Performance) -> None:
        most = verdict(rule(readings(60, 60, 60, 90, 90)), somebody)
        assert most.status is MAJOR
        assert most.share_of_repetitions == pytest.approx(0.6)
        half = verdict(rule(readings(60, 60, 90, 90)), somebody)
        assert half.status is GOOD

    def test_a_median_in_the_fault_with_too_few_behind_it_is_milder(self, somebody: Performance) -> None:
        assert verdict(rule(readings(60, 60, 69, 69, 71, 71, 75, 75)), somebody).status is MINOR

    def test_worse_ones_count_for_the_milder_fault(self, somebody: Performance) -> None:
        finding = verdict(rule(readings(60, 74, 75, 76, 90)), somebody)
        assert finding.status is MINOR
        assert finding.share_of_repetitions == pytest.approx(0.8)

    def test_a_bad_third_of_good_repetitions_is_told_as_sometimes(self, somebody: Performance) -> None:
        finding = verdict(rule(readings(60, 60, 60, 90, 90, 90, 90, 90)), somebody)
        assert (finding.status, finding.sometimes) == (MINOR, True)

    def test_two_bad_ones_of_many_are_nothing(self, somebody: Performance) -> None:
        finding = verdict(rule(readings(60, 60, 90, 90, 90, 90)), somebody)
        assert (finding.status, finding.sometimes) == (GOOD, False)

    def test_a_fault_of_most_is_not_called_sometimes(self, somebody: Performance) -> None:
        assert not verdict(rule(readings(60, 60, 60, 60)), somebody).sometimes

    def test_of_a_good_value_the_good_ones_are_counted(self, somebody: Performance) -> None:
        assert verdict(rule(readings(90, 90, 90, 75)), somebody).share_of_repetitions == pytest.approx(0.75)

    def test_what_is_only_told_is_never_called_sometimes(self, somebody: Performance) -> None:
        finding = verdict(rule(readings(60, 60, 60, 90, 90, 90, 90, 90), worst=INFO), somebody)
        assert (finding.status, finding.sometimes) == (INFO, False)


class TestEvents:
    def test_two_bad_repetitions_are_enough(self, somebody: Performance) -> None:
        assert verdict(rule(readings(60, 60, *[90] * 10), event=True), somebody).status is MAJOR

    def test_one_is_not(self, somebody: Performance) -> None:
        assert verdict(rule(readings(60, *[90] * 10), event=True), somebody).status is GOOD

    def test_the_second_worst_decides(self, somebody: Performance) -> None:
        assert verdict(rule(readings(60, 75, *[90] * 10), event=True), somebody).status is MINOR

    def test_a_repetition_is_doubted_by_its_own_noise_however_many_there_are(self, somebody: Performance) -> None:
        sure, unsure = readings(60, 60, *[90] * 10, noise=0.5), readings(60, 60, *[90] * 10, noise=25.0)
        assert verdict(rule(sure, event=True), somebody).status is MAJOR
        assert verdict(rule(unsure, event=True), somebody).status is not MAJOR

    def test_the_only_repetition_is_enough(self, somebody: Performance) -> None:
        assert verdict(rule(readings(60), event=True), somebody).status is MAJOR


class TestSecondReadings:
    def test_a_softening_one_caps(self, somebody: Performance) -> None:
        measured = Measurement(samples=readings(60, 60, 60).samples, cap=MINOR)
        assert verdict(rule(measured), somebody).status is MINOR

    def test_a_softening_one_never_makes_worse(self, somebody: Performance) -> None:
        measured = Measurement(samples=readings(90, 90, 90).samples, cap=MAJOR)
        assert verdict(rule(measured), somebody).status is GOOD

    def test_an_alternative_one_raises(self, somebody: Performance) -> None:
        measured = Measurement(samples=readings(90, 90, 90).samples, floor=MAJOR)
        assert verdict(rule(measured), somebody).status is MAJOR

    def test_an_alternative_one_never_makes_milder(self, somebody: Performance) -> None:
        measured = Measurement(samples=readings(60, 60, 60).samples, floor=MINOR)
        assert verdict(rule(measured), somebody).status is MAJOR

    def test_bands_of_the_measurement_go_before_the_rules(self, somebody: Performance) -> None:
        deeper = Bands(Band(50.0, None))
        finding = verdict(rule(Measurement(samples=readings(60, 60, 60).samples, bands=deeper)), somebody)
        assert (finding.status, finding.bands) == (GOOD, deeper)

    def test_a_value_of_its_own_goes_before_the_median(self, somebody: Performance) -> None:
        finding = verdict(rule(Measurement(samples=readings(90).samples, value=60.0)), somebody)
        assert (finding.value, finding.status) == (60.0, MAJOR)

    def test_a_value_without_repetitions_is_judged_all_the_same(self, somebody: Performance) -> None:
        finding = verdict(rule(Measurement(value=75.0)), somebody)
        assert (finding.status, finding.share_of_repetitions, finding.evidence) == (MINOR, None, ())


class TestWorst:
    @pytest.mark.parametrize(("worst", "status"), [(MAJOR, MAJOR), (MINOR, MINOR), (INFO, INFO)])
    def test_no_verdict_is_worse_than_its_rule_allows(
        self, somebody: Performance, worst: Status, status: Status
    ) -> None:
        assert verdict(rule(readings(60, 60, 60), worst=worst), somebody).status is status

    def test_a_dose_is_told_even_when_it_is_met(self, somebody: Performance) -> None:
        assert verdict(rule(readings(90), kind=Kind.DOSE, worst=INFO), somebody).status is INFO

    def test_progress_is_never_praise(self, somebody: Performance) -> None:
        assert verdict(rule(readings(90), kind=Kind.PROGRESS, worst=INFO), somebody).status is INFO

    @pytest.mark.parametrize("kind", [Kind.PROXY, Kind.PITFALL_PROXY, Kind.PRACTICE_PROXY])
    def test_what_stands_for_something_unseen_is_half_as_sure(self, somebody: Performance, kind: Kind) -> None:
        sure, half = (verdict(rule(readings(90, 90, 90), kind=k), somebody).confidence for k in (Kind.PITFALL, kind))
        assert half == pytest.approx(0.5 * sure)


class TestViews:
    @pytest.mark.parametrize(
        ("needed", "yaw", "judged"),
        [
            (RequiredView.ANY, 45.0, True),
            (RequiredView.SIDE, 90.0, True),
            (RequiredView.SIDE, 45.0, False),
            (RequiredView.SIDE, 0.0, False),
            (RequiredView.FRONT, 0.0, True),
            (RequiredView.FRONT, 180.0, True),
            (RequiredView.FRONT, 45.0, False),
            (RequiredView.FRONT, -90.0, False),
        ],
    )
    def test_a_rule_is_judged_from_its_own_view_only(self, needed: RequiredView, yaw: float, judged: bool) -> None:
        finding = verdict(rule(readings(90, 90, 90), view=needed), performance(yaw=yaw))
        assert (finding.status is not Status.NOT_ASSESSABLE) == judged

    @pytest.mark.parametrize(("yaw", "place"), [(0.0, "the front"), (180.0, "behind"), (45.0, "an angle")])
    def test_a_wrong_view_says_where_it_was_and_which_would_answer(self, yaw: float, place: str) -> None:
        reason = verdict(rule(readings(90), view=RequiredView.SIDE), performance(yaw=yaw)).reason
        assert reason is not None
        assert reason.code is Problem.WRONG_VIEW
        assert reason.view is RequiredView.SIDE
        assert f"Filmed from {place};" in reason.message
        assert "from the side" in reason.message

    def test_from_a_wrong_view_nothing_is_measured(self) -> None:
        def refuse(_performance: Performance, _side: Side | None) -> Measurement:
            raise AssertionError("measured from the wrong view")

        assert judge(rule(refuse, view=RequiredView.FRONT), performance())[0].reason is not None


class TestSides:
    @staticmethod
    def by_side(left: Measurement, right: Measurement) -> Criterion:
        return rule(lambda _, side: left if side is Side.LEFT else right, per_side=PerSide.WORKING_SIDES)

    def test_each_side_that_worked_has_its_own_verdict(self) -> None:
        findings = judge(self.by_side(readings(90, 90, 90), readings(60, 60, 60)), performance(BOTH_LEGS))
        assert [(finding.side, finding.status) for finding in findings] == [(Side.LEFT, GOOD), (Side.RIGHT, MAJOR)]

    def test_a_side_that_did_not_work_has_none(self) -> None:
        findings = judge(self.by_side(readings(90, 90, 90), readings(60, 60, 60)), performance(BOTH_LEGS[1:]))
        assert [finding.side for finding in findings] == [Side.RIGHT]

    def test_the_side_that_was_asked_for_alone_is_judged(self) -> None:
        findings = judge(self.by_side(readings(90), readings(60)), performance(BOTH_LEGS, side=Side.LEFT))
        assert [finding.side for finding in findings] == [Side.LEFT]

    def test_a_hidden_side_is_left_out_where_the_other_was_judged(self) -> None:
        findings = judge(self.by_side(readings(90), Measurement(problem=HIDDEN)), performance(BOTH_LEGS))
        assert [finding.side for finding in findings] == [Side.LEFT]

    def test_where_both_are_hidden_there_is_one_finding_with_the_reason(self) -> None:
        findings = judge(self.by_side(Measurement(problem=HIDDEN), Measurement(problem=HIDDEN)), performance(BOTH_LEGS))
        assert [(finding.status, finding.reason) for finding in findings] == [(Status.NOT_ASSESSABLE, HIDDEN)]

    def test_the_whole_body_is_one_finding_without_a_side(self) -> None:
        findings = judge(rule(readings(90)), performance(BOTH_LEGS))
        assert [finding.side for finding in findings] == [None]


class TestUnknown:
    def test_unknown_readings_do_not_count(self, somebody: Performance) -> None:
        finding = verdict(rule(readings(NAN, 60, 60, NAN, 60)), somebody)
        assert (finding.status, finding.repetitions_judged, finding.value) == (MAJOR, 3, 60.0)

    @pytest.mark.parametrize("measured", [readings(NAN, NAN), Measurement()], ids=["all unknown", "nothing"])
    def test_nothing_known_is_not_judged(self, somebody: Performance, measured: Measurement) -> None:
        finding = verdict(rule(measured), somebody)
        assert finding.status is Status.NOT_ASSESSABLE
        assert finding.reason is not None
        assert finding.reason.code is Problem.NOT_VISIBLE
        assert (finding.value, finding.standard_error, finding.evidence) == (None, None, ())

    def test_a_measures_own_reason_is_handed_on(self, somebody: Performance) -> None:
        assert verdict(rule(Measurement(problem=HIDDEN)), somebody).reason is HIDDEN

    @given(
        st.lists(st.one_of(st.just(NAN), st.floats(0.0, 180.0)), max_size=12),
        st.floats(0.0, 10.0),
        st.booleans(),
        st.sampled_from([MAJOR, MINOR, INFO]),
    )
    def test_whatever_is_measured_a_finding_holds_no_unknown_number(
        self, values: list[float], noise: float, event: bool, worst: Status
    ) -> None:
        on = STANDING
        finding = verdict(rule(readings(*values, noise=noise), event=event, worst=worst), on)
        for number in (finding.value, finding.standard_error, finding.share_of_repetitions, finding.confidence):
            assert number is None or math.isfinite(number)
        assert all(math.isfinite(shown.value) for shown in finding.evidence)
        assert (finding.reason is None) == (finding.status is not Status.NOT_ASSESSABLE)
        assert finding.status in {worst, GOOD, MINOR, INFO, Status.NOT_ASSESSABLE}


class TestEvidence:
    def test_of_a_fault_the_worst_come_first(self, somebody: Performance) -> None:
        shown = verdict(rule(readings(60, 75, 50, 90, 69)), somebody).evidence
        assert [moment.value for moment in shown] == [50, 60, 69, 75]

    def test_worst_is_farthest_from_good_on_either_side(self, somebody: Performance) -> None:
        shown = verdict(rule(readings(25, 24, -30, 14, 23, 0, 26), bands=UPRIGHT), somebody).evidence
        assert [moment.value for moment in shown] == [-30, 26, 25, 24, 23]

    def test_at_most_five_are_kept(self, somebody: Performance) -> None:
        assert len(verdict(rule(readings(*range(50, 60))), somebody).evidence) == 5

    def test_of_a_good_one_the_most_typical_is_shown(self, somebody: Performance) -> None:
        assert [moment.value for moment in verdict(rule(readings(81, 95, 90)), somebody).evidence] == [90]

    def test_a_moment_names_its_second_and_its_frame(self, somebody: Performance) -> None:
        (moment,) = verdict(rule(Measurement(samples=(Sample(time_s=2.01, value=90.0),))), somebody).evidence
        assert (moment.clip, moment.time_s, moment.frame) == (0, 2.01, 60)


STANDING = performance(seconds=2.0)
