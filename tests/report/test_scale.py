from dataclasses import replace
from itertools import pairwise

import pytest
from tests.report import verdicts

from formcheck.criteria.model import Band, Bands, Finding
from formcheck.report.scale import WIDTH, scale_of
from formcheck.vocabulary import Status, Unit


def judged(value: float | None, bands: Bands, **changes: object) -> Finding:
    criterion = verdicts.criterion(bands=bands, **changes)  # type: ignore[arg-type]
    return replace(verdicts.finding(criterion, value=value), bands=bands)


KNEE = Bands(Band(80.0, 100.0), (Band(70.0, 80.0), Band(100.0, 110.0)))


def test_zones_follow_the_bands_and_fill_the_line() -> None:
    scale = scale_of(judged(62.0, KNEE))
    assert scale is not None
    assert [zone.status.value for zone in scale.zones] == ["major", "minor", "good", "minor", "major"]
    assert scale.zones[0].start == 0.0
    assert sum(zone.length for zone in scale.zones) == pytest.approx(WIDTH)


@pytest.mark.parametrize("value", [-400.0, 62.0, 70.0, 90.0, 110.0, 300.0])
def test_the_value_lies_in_the_zone_of_its_status(value: float) -> None:
    scale = scale_of(judged(value, KNEE))
    assert scale is not None
    at = next(zone for zone in scale.zones if zone.start <= scale.value + 1e-9 <= zone.start + zone.length + 2e-9)
    assert at.status in (KNEE.status_of(value), KNEE.status_of(value - 0.001))
    assert 0.0 < scale.value < WIDTH


def test_no_zone_is_worse_than_the_criterion_may_get() -> None:
    scale = scale_of(judged(62.0, KNEE, worst=Status.MINOR))
    assert scale is not None
    assert {zone.status for zone in scale.zones} == {Status.GOOD, Status.MINOR}


def test_an_open_band_reaches_the_end() -> None:
    scale = scale_of(judged(95.0, Bands(Band(80.0))))
    assert scale is not None
    assert [zone.status for zone in scale.zones] == [Status.MAJOR, Status.GOOD]
    assert [tick.label for tick in scale.ticks] == ["80°"]


def test_labels_never_run_into_each_other_and_the_good_edges_come_first() -> None:
    scale = scale_of(judged(400.0, KNEE))
    assert scale is not None
    places = [tick.at for tick in scale.ticks]
    assert all(b - a >= 40.0 for a, b in pairwise(places))
    assert scale.ticks[0].label == "80°"


def test_long_units_stand_beside_the_value_only() -> None:
    scale = scale_of(judged(0.6, Bands(Band(0.9)), unit=Unit.LEG_LENGTHS))
    assert scale is not None
    assert [tick.label for tick in scale.ticks] == ["0.9"]


@pytest.mark.parametrize(("value", "bands"), [(None, KNEE), (4.0, Bands(Band()))], ids=["no value", "no band"])
def test_there_is_no_scale_without_value_or_band(value: float | None, bands: Bands) -> None:
    assert scale_of(judged(value, bands)) is None
