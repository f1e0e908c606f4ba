"""What goods weigh: known, estimated by their category, or not known at all."""

from __future__ import annotations

from depot.kernel.weights import Total, Weight, total_weight, weigh_goods


def test_a_known_weight_goes_before_the_average_and_grams_weigh_themselves() -> None:
    assert weigh_goods(3, "piece", 400_000, 500_000) == Weight(1_200)
    assert weigh_goods(250, "gram", None, 500_000) == Weight(250)
    assert weigh_goods(250, "gram", None, None) == Weight(250)
    assert weigh_goods(2, "millilitre", 1_000, 500_000) == Weight(2)


def test_the_average_is_that_of_a_piece_and_an_estimate() -> None:
    assert weigh_goods(3, "piece", None, 500_000) == Weight(1_500, is_estimated=True)
    assert weigh_goods(3, "millilitre", None, 500_000) == Weight(None)
    assert weigh_goods(3, "piece", None, None) == Weight(None)


def test_a_total_says_what_of_it_is_estimated_and_what_was_not_weighed() -> None:
    weights = [Weight(100), Weight(20, is_estimated=True), Weight(None), Weight(None), Weight(0)]
    assert total_weight(iter(weights)) == Total(5, 120, 20, 2)
    assert total_weight([]) == Total(0, 0, 0, 0)
