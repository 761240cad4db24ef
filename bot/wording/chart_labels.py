"""The labels of a chart, in the reader's language (pure)."""

from bot.wording.phrases import Phrases
from index.charts.monthly_counts import ChartLabels, MonthlyCounts


def labels_for(monthly_counts: MonthlyCounts, phrases: Phrases, topic: str = "") -> ChartLabels:
    """Return the labels for a chart of the articles on a topic, or of all articles."""
    dated = sum(monthly_counts.totals)
    is_by_month = monthly_counts.unit == "month"
    title = phrases.say("picture-by-month" if is_by_month else "picture-by-year", count=dated)
    if monthly_counts.undated:
        title += " · " + phrases.say("picture-undated", count=monthly_counts.undated)
    return ChartLabels(
        f"{topic}: {title}" if topic else title,
        phrases.say("citation-outlet-unknown"),
        phrases.say("picture-others", count=monthly_counts.other_outlets),
    )
