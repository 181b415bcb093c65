"""The reads of the dataset, at the door that answers use."""

from __future__ import annotations

from db.dataset import Dataset
from db.package import read_package
from db.records import Who


async def test_the_store_reads_what_the_package_says(dataset: Dataset) -> None:
    package = read_package()
    expected = package.holdings(revision=1)
    held = await dataset.holdings()
    assert held.figures.keys() == expected.figures.keys()
    for place, figures in expected.figures.items():
        assert [figure.id for figure in held.of(place)] == [figure.id for figure in figures]
    assert held.measures == expected.measures
    assert held.places == expected.places
    assert held.memberships == expected.memberships
    assert held.populations == expected.populations


async def test_belgium_in_2016_keeps_both_claims(dataset: Dataset) -> None:
    held = await dataset.holdings(["BE"])
    claims = {str(figure.value.low) for figure in held.of("BE", "travelled_in_period", Who.EVERYONE)}
    assert {"0", "4"} <= claims
    assert set(held.figures) == {"BE"}
