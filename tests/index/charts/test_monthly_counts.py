"""Months without articles are shown as gaps; outlets beyond the largest are taken together."""

from index.charts.monthly_counts import MonthlyCounts, count_by_month, english_labels
from index.dates.partial_date import PartialDate


def test_months_between_the_first_and_the_last_are_all_there():
    months = {
        (PartialDate(2022, 11), "Post"): 3,
        (PartialDate(2023, 2), "Post"): 1,
        (PartialDate(2022, 11), "Wire"): 2,
    }

    monthly_counts = count_by_month(months, 7, most_months=12)

    assert monthly_counts == MonthlyCounts(
        (PartialDate(2022, 11), PartialDate(2022, 12), PartialDate(2023, 1), PartialDate(2023, 2)),
        {"Post": (3, 0, 0, 1), "Wire": (2, 0, 0, 0)},
        undated=1,
    )
    assert monthly_counts.totals == (5, 0, 0, 1)
    assert monthly_counts.unit == "month"


def test_long_coverage_is_counted_by_years():
    months = {
        (PartialDate(1999, 11), None): 3,
        (PartialDate(1999, 12), None): 4,
        (PartialDate(2002, 1), None): 1,
    }

    monthly_counts = count_by_month(months, 8, most_months=26)

    assert monthly_counts == MonthlyCounts(
        tuple(map(PartialDate, range(1999, 2003))), {None: (7, 0, 0, 1)}, 0
    )
    assert monthly_counts.unit == "year"
    assert count_by_month(months, 8, most_months=27).unit == "month"


def test_smallest_outlets_are_taken_together():
    months = {(PartialDate(2022, 1), f"Outlet {size}"): size for size in range(1, 10)}
    months[PartialDate(2022, 2), "Outlet 1"] = 1

    monthly_counts = count_by_month(months, 46, most_months=12)

    assert list(monthly_counts.by_outlet) == [f"Outlet {size}" for size in range(9, 3, -1)]
    assert (monthly_counts.others, monthly_counts.other_outlets) == ((6, 1), 3)
    assert monthly_counts.stacks == (*monthly_counts.by_outlet.values(), (6, 1))
    assert sum(monthly_counts.totals) == 46


def test_coverage_without_dates_has_no_period():
    assert count_by_month({}, 4, most_months=12) == MonthlyCounts((), {}, 4)
    assert count_by_month({}, 4, most_months=12).totals == ()


def test_title_counts_articles_with_and_without_a_date():
    months = {(PartialDate(2022, 11), "Post"): 3, (PartialDate(2023, 2), None): 1}

    assert english_labels(count_by_month(months, 4)).title == "4 articles by month"
    assert (
        english_labels(count_by_month(months, 1234)).title
        == "4 articles by month · 1,230 more without a date"
    )
    assert english_labels(count_by_month({(PartialDate(2022, 11), "Post"): 1}, 1)).title == (
        "1 article by month"
    )
    assert english_labels(count_by_month(months, 4, most_months=3)).title == "4 articles by year"
    assert english_labels(MonthlyCounts((), {}, 12)).title == "12 articles, none with a date"


def test_small_outlets_are_counted():
    months = {(PartialDate(2022, 1), f"Outlet {size}"): size for size in range(1, 10)}

    assert english_labels(count_by_month(months, 45)).others == "3 others"
