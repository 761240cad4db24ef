"""What a spread is called in English."""

from index.labels import english_labels
from index.spread import Spread, spread_articles


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
