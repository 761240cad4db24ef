"""Dates that are written out in a text are found; figures that are none are not."""

import pytest

from index.dates.mentions import dates_in


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("It sank on 5 May 2021; on May 6, 2021 they left.", ["2021-05-05", "2021-05-06"]),
        ("It sank on the 5th of May. In March it was sold.", ["--05-05"]),
        ("MINSK, 23 November (Coast Wire) – Talks began.", ["--11-23"]),
        ("Built in 1999 and sold in May 2021.", ["1999", "2021-05"]),
        ("Prices fell between 2004 and 2014, and again in mid-2016.", ["2004", "2016"]),
        ("Он затонул 5 мая 2021 года, в мае 2022 его подняли.", ["2021-05-05", "2022-05"]),
        ("Между 13.05.2021 и 2021-05-14.", ["2021-05-13", "2021-05-14"]),
        ("On 5 September 2021's eve", ["2021-09-05"]),
        ("Some 2000 men and 1992 boats may come; 15 marched.", []),
        ("It cost 2,022 dollars at 10:15, version 1.5.2021.3", []),
        ("", []),
    ],
)
def test_dates_are_found_in_a_text(text, dates):
    assert [str(known) for known in dates_in(text)] == dates
