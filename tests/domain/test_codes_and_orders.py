"""The code sets and the orders behind them, in plain words."""

from homeward.domain import codes, orders


def test_a_code_is_said_in_plain_words_and_an_unknown_one_as_it_is():
    assert codes.label("LS", "C2") == "care order"
    assert codes.label("PLACE", "Q1") == "Q1"


def test_codes_come_and_go_with_the_years():
    assert codes.is_valid_in("PLACE", "H5", 2025) and not codes.is_valid_in("PLACE", "H5", 2026)
    assert codes.is_valid_in("PLACE", "K3", 2025) and not codes.is_valid_in("PLACE", "K3", 2020)
    assert codes.is_valid_in("PLACE", "U6", 2015)
    assert not codes.is_valid_in("PLACE", "Q1", 2015)


def test_every_legal_status_of_the_return_has_an_order_in_plain_words():
    assert set(orders.BY_CODE) == set(codes.LS)
    assert all(order.responsibility and order.lasts and order.ended_by for order in orders.ORDERS)


def test_a_placement_order_suspends_a_care_order_and_is_no_end_of_it():
    placement = orders.order_for("E1")
    assert placement and "Suspends a care order" in placement.effect


def test_a_reason_for_leaving_care_tells_the_order_that_was_made():
    made = orders.order_that_ended_care("E46")
    assert made and made.key == "special_guardianship_order"
    assert orders.order_that_ended_care("E4A") is None
    assert {rec for order in orders.ORDERS for rec in order.ends_care} <= set(codes.REC)
