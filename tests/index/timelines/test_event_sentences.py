"""Which articles are read for events."""

from itertools import pairwise

import pytest

from index.timelines.event_sentences import spread_evenly


@pytest.mark.parametrize(("count", "most"), [(0, 5), (4, 5), (5, 5), (6, 5), (9, 5), (251, 250)])
def test_as_many_articles_as_may_be_are_read_evenly(count, most):
    read = spread_evenly(range(count), most)

    assert len(read) == min(count, most)
    steps = {later - earlier for earlier, later in pairwise(read)}
    assert steps <= {1, 2}
    assert not count or (read[0], read[-1]) == (0, count - 1)
