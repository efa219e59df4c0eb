import pytest
from tests.report import verdicts

from formcheck.criteria.model import Band, Bands, Kind
from formcheck.report.wording import (
    amount,
    bands_words,
    fault_words,
    kind_words,
    listed,
    plain,
    range_words,
    seconds,
    share_words,
    side_words,
)
from formcheck.vocabulary import Side, Status, Unit


@pytest.mark.parametrize(
    ("time_s", "words"), [(0.0, "0.0 s"), (3.24, "3.2 s"), (59.96, "1:00.0"), (63.25, "1:03.2"), (754.0, "12:34.0")]
)
def test_moments_read_as_a_player_shows_them(time_s: float, words: str) -> None:
    assert seconds(time_s) == words


@pytest.mark.parametrize(
    ("band", "unit", "words"),
    [
        (Band(80.0), Unit.DEGREES, "80° or more"),
        (Band(None, -10.0), Unit.DEGREES, "−10° or less"),
        (Band(160.0, 190.0), Unit.PER_MINUTE, "160 to 190 per minute"),
        (Band(5.0, 5.0), Unit.SECONDS, "5 s"),
        (Band(), Unit.RATIO, "any value"),
        (Band(-0.03), Unit.RATIO, "−3 % or more"),
        (Band(0.07, 0.29), Unit.RATIO, "7 to 29 %"),
        (Band(0.3, 0.35), Unit.LEG_LENGTHS, "0.3 to 0.35 leg lengths"),
    ],
)
def test_bands_read_as_words(band: Band, unit: Unit, words: str) -> None:
    assert range_words(band, unit) == words


def test_every_verdict_of_a_criterion_has_its_line() -> None:
    assert bands_words(verdicts.KNEE_LIFT) == ("good: 80° or more", "minor: 65° to 80°", "major: everything else")
    assert bands_words(verdicts.CALVES) == ("good: −10° or more", "minor: everything else")
    assert bands_words(verdicts.DOSE) == ("aim: 60 s or more", "told, never counted as a fault")


def test_several_minor_bands_are_all_told() -> None:
    both = verdicts.criterion(bands=Bands(Band(-5.0, 5.0), (Band(-9.0, -5.0), Band(5.0, 9.0))))
    assert bands_words(both)[1] == "minor: −9° to −5° or 5° to 9°"


def test_a_value_is_told_with_its_unit() -> None:
    assert amount(61.7, verdicts.KNEE_LIFT) == "62°"
    assert amount(59.99, verdicts.DOSE) == "59.99 s"
    hips = verdicts.criterion(unit=Unit.RATIO, bands=Bands(Band(-0.03), (Band(-0.07, -0.03),)))
    assert [amount(value, hips) for value in (-0.059, -0.0304, -0.07)] == ["−6 %", "−3.04 %", "−7 %"]


def test_every_kind_is_explained_and_proxies_say_what_they_are() -> None:
    for kind in Kind:
        assert ("looks like" in kind_words(kind)) is kind.is_proxy


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("The calves are tight.", "Sometimes it looks like the calves are tight."),
        ("Looks like tight calves", "Sometimes looks like tight calves."),
        ("ITB is short.", "Sometimes it looks like ITB is short."),
    ],
)
def test_a_sporadic_sign_of_a_fault_reads_as_one_sentence(fault: str, words: str) -> None:
    proxy = verdicts.criterion(kind=Kind.PROXY, worst=Status.MINOR, fault=fault)
    assert fault_words(verdicts.finding(proxy, status=Status.MINOR, sometimes=True)) == words


def test_a_share_is_told_only_of_several_repetitions() -> None:
    assert share_words(verdicts.finding(share_of_repetitions=0.6, repetitions_judged=5), "steps") == "in 3 of 5 steps"
    assert share_words(verdicts.finding(share_of_repetitions=1.0, repetitions_judged=1), "steps") == ""
    assert share_words(verdicts.finding(share_of_repetitions=None), "steps") == ""


def test_sides_and_lists_read_as_a_sentence() -> None:
    assert side_words([Side.LEFT, Side.RIGHT]) == "both sides"
    assert side_words([Side.LEFT]) == "left"
    assert side_words([None]) == ""
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a"]) == "a"
    assert listed([]) == ""


def test_what_could_harm_a_terminal_is_shown_as_an_escape() -> None:
    assert plain("a\x1b[31m\n\t\x9b\u2028\u202e\ud800 ü 🏃") == "a\\x1b[31m\\n\\t\\x9b\\u2028\\u202e\\ud800 ü 🏃"
