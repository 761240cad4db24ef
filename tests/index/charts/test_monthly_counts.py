"""Months without articles are shown as gaps; outlets beyond the largest are taken together."""

from index.charts.monthly_counts import Spread, english_labels, spread_articles


def test_months_between_the_first_and_the_last_are_all_there():
    months = {("2022-11", "Post"): 3, ("2023-02", "Post"): 1, ("2022-11", "Wire"): 2}

    spread = spread_articles(months, 7, most_months=12)

    assert spread == Spread(
        ("2022-11", "2022-12", "2023-01", "2023-02"),
        {"Post": (3, 0, 0, 1), "Wire": (2, 0, 0, 0)},
        undated=1,
    )
    assert spread.totals == (5, 0, 0, 1)
    assert spread.unit == "month"


def test_long_coverage_is_counted_by_years():
    months = {("1999-11", None): 3, ("1999-12", None): 4, ("2002-01", None): 1}

    spread = spread_articles(months, 8, most_months=26)

    assert spread == Spread(("1999", "2000", "2001", "2002"), {None: (7, 0, 0, 1)}, 0)
    assert spread.unit == "year"
    assert spread_articles(months, 8, most_months=27).unit == "month"


def test_smallest_outlets_are_taken_together():
    months = {("2022-01", f"Outlet {size}"): size for size in range(1, 10)}
    months["2022-02", "Outlet 1"] = 1

    spread = spread_articles(months, 46, most_months=12)

    assert list(spread.by_outlet) == [f"Outlet {size}" for size in range(9, 3, -1)]
    assert (spread.others, spread.other_outlets) == ((6, 1), 3)
    assert spread.stacks == (*spread.by_outlet.values(), (6, 1))
    assert sum(spread.totals) == 46


def test_coverage_without_dates_has_no_period():
    assert spread_articles({}, 4, most_months=12) == Spread((), {}, 4)
    assert spread_articles({}, 4, most_months=12).totals == ()


def test_title_counts_articles_with_and_without_a_date():
    months = {("2022-11", "Post"): 3, ("2023-02", None): 1}

    assert english_labels(spread_articles(months, 4)).title == "4 articles by month"
    assert (
        english_labels(spread_articles(months, 1234)).title
        == "4 articles by month · 1,230 more without a date"
    )
    assert english_labels(spread_articles({("2022-11", "Post"): 1}, 1)).title == (
        "1 article by month"
    )
    assert english_labels(spread_articles(months, 4, most_months=3)).title == "4 articles by year"
    assert english_labels(Spread((), {}, 12)).title == "12 articles, none with a date"


def test_small_outlets_are_counted():
    months = {("2022-01", f"Outlet {size}"): size for size in range(1, 10)}

    assert english_labels(spread_articles(months, 45)).others == "3 others"
