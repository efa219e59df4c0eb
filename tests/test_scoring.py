"""From findings to a score and to what is said first."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.criteria.rules import rule

from formcheck.criteria.model import Finding, Kind, Measurement
from formcheck.scoring import pitfalls, score, strengths, weight, worst_by_key
from formcheck.vocabulary import Side, Status

GOOD, MINOR, MAJOR, INFO, UNKNOWN = Status.GOOD, Status.MINOR, Status.MAJOR, Status.INFO, Status.NOT_ASSESSABLE


def finding(
    key: str,
    status: Status,
    kind: Kind = Kind.EXPECTATION,
    *,
    side: Side | None = None,
    confidence: float = 0.9,
    share: float | None = 1.0,
) -> Finding:
    criterion = replace(rule(Measurement(), kind=kind), key=key)
    return Finding(criterion=criterion, side=side, status=status, confidence=confidence, share_of_repetitions=share)


class TestWeights:
    @pytest.mark.parametrize(
        ("kind", "expected"),
        [
            (Kind.EXPECTATION, 3.0),
            (Kind.PITFALL, 3.0),
            (Kind.PRACTICE, 1.5),
            (Kind.PROXY, 1.0),
            (Kind.PITFALL_PROXY, 1.0),
            (Kind.PRACTICE_PROXY, 1.0),
            (Kind.DOSE, 0.0),
            (Kind.PROGRESS, 0.0),
        ],
    )
    def test_a_kind_weighs_what_the_decisions_say(self, kind: Kind, expected: float) -> None:
        assert weight(kind) == expected


class TestScore:
    def test_all_good_is_100_and_all_major_is_0(self) -> None:
        assert score([finding("a", GOOD), finding("b", GOOD, Kind.PROXY)]) == (100.0, 1.0)
        assert score([finding("a", MAJOR), finding("b", MAJOR)]) == (0.0, 1.0)

    def test_a_minor_fault_costs_half_of_its_weight(self) -> None:
        assert score([finding("a", MINOR), finding("b", GOOD)]) == (75.0, 1.0)

    def test_a_heavier_rule_costs_more(self) -> None:
        value, _ = score([finding("a", MAJOR, Kind.PRACTICE), finding("b", GOOD, Kind.PITFALL)])
        assert value == pytest.approx(100.0 * 3.0 / 4.5)

    def test_what_was_not_judged_counts_neither_way_but_lowers_the_coverage(self) -> None:
        assert score([finding("a", GOOD), finding("b", UNKNOWN)]) == (100.0, 0.5)

    def test_below_a_coverage_of_0_4_there_is_no_score(self) -> None:
        two_of_five = [finding(key, GOOD) for key in "ab"] + [finding(key, UNKNOWN) for key in "cde"]
        assert score(two_of_five)[0] == 100.0
        assert score(two_of_five)[1] == pytest.approx(0.4)
        one_of_three = [finding("a", GOOD), finding("b", UNKNOWN), finding("c", UNKNOWN)]
        assert score(one_of_three)[0] is None
        assert score(one_of_three)[1] == pytest.approx(1 / 3)

    def test_doses_and_progress_change_nothing(self) -> None:
        judged = [finding("a", MINOR), finding("b", GOOD)]
        told = [finding("c", INFO, Kind.DOSE), finding("d", MAJOR, Kind.DOSE), finding("e", INFO, Kind.PROGRESS)]
        assert score(judged + told) == score(judged)

    def test_a_rule_counts_once_by_its_worse_side(self) -> None:
        sides = [finding("a", GOOD, side=Side.LEFT), finding("a", MAJOR, side=Side.RIGHT)]
        assert score([*sides, finding("b", GOOD)]) == (50.0, 1.0)

    def test_nothing_judged_has_no_score(self) -> None:
        assert score([]) == (None, 0.0)
        assert score([finding("a", UNKNOWN)]) == (None, 0.0)
        assert score([finding("a", INFO, Kind.DOSE)]) == (None, 0.0)

    @given(st.lists(st.tuples(st.sampled_from(list(Status)), st.sampled_from(list(Kind))), max_size=12))
    def test_score_and_coverage_stay_in_their_ranges(self, rows: list[tuple[Status, Kind]]) -> None:
        value, coverage = score([finding(f"key{index}", status, kind) for index, (status, kind) in enumerate(rows)])
        assert 0.0 <= coverage <= 1.0
        assert value is None or (0.0 <= value <= 100.0 and coverage >= 0.4)

    @given(st.lists(st.sampled_from([GOOD, MINOR, MAJOR]), min_size=1, max_size=8), st.integers(0, 7))
    def test_doing_one_thing_better_never_lowers_the_score(self, statuses: list[Status], which: int) -> None:
        which %= len(statuses)
        better = [*statuses]
        better[which] = GOOD
        before, after = (score([finding(f"key{i}", s) for i, s in enumerate(row)])[0] for row in (statuses, better))
        assert before is not None
        assert after is not None
        assert after >= before


class TestOrder:
    def test_the_worse_side_speaks_for_a_key(self) -> None:
        left, right = finding("a", MINOR, side=Side.LEFT), finding("a", MAJOR, side=Side.RIGHT)
        assert worst_by_key([left, right]) == {"a": right}
        assert worst_by_key([right, left]) == {"a": right}

    def test_a_judged_side_speaks_before_a_hidden_one(self) -> None:
        judged = finding("a", GOOD, side=Side.RIGHT)
        assert worst_by_key([finding("a", UNKNOWN, side=Side.LEFT), judged]) == {"a": judged}

    def test_pitfalls_come_worst_first_then_weightiest_then_surest_then_most_frequent(self) -> None:
        findings = [
            finding("fine", GOOD),
            finding("unseen", UNKNOWN),
            finding("minor", MINOR),
            finding("seldom", MAJOR, share=0.6),
            finding("proxy", MAJOR, Kind.PROXY),
            finding("unsure", MAJOR, confidence=0.4),
            finding("always", MAJOR, share=1.0),
        ]
        assert pitfalls(findings) == ("always", "seldom", "unsure", "proxy", "minor")

    def test_a_key_is_named_once_however_many_sides_fail(self) -> None:
        assert pitfalls([finding("a", MINOR, side=side) for side in Side]) == ("a",)

    def test_a_strength_is_good_on_every_side_that_was_judged(self) -> None:
        findings = [
            finding("half", GOOD, side=Side.LEFT),
            finding("half", MINOR, side=Side.RIGHT),
            finding("seen", GOOD, side=Side.LEFT),
            finding("seen", UNKNOWN, side=Side.RIGHT),
        ]
        assert strengths(findings) == ("seen",)

    def test_strengths_come_weightiest_first_and_leave_doses_out(self) -> None:
        findings = [finding("proxy", GOOD, Kind.PROXY), finding("dose", INFO, Kind.DOSE), finding("asked", GOOD)]
        assert strengths(findings) == ("asked", "proxy")
