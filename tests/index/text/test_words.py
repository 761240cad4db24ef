"""Words are counted in any script."""

import pytest

from index.text.words import count_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("The harbour bridge opened", 4),
        ("A 12-year-old won 3.5 m", 3),
        ("Мост в гавани открыт", 3),
        ("Le café de l’été", 4),
        ("Le cafe\u0301 a\u0300 e\u0301te\u0301", 3),
        ("the har\u00adbour bridge\u200b opened", 4),
        ("पुल खुला है", 3),
        ("वे गए", 2),
        ("সেতু খুলেছে", 2),
        ("می\u200cشود باز", 2),
        ("ድልድዩ ተከፈተ", 2),
        ("다리가 열렸다", 2),
        ("大桥开放", 2),
        ("桥", 0),
        ("大桥在1987年开放", 3),
        ("橋がオープンした", 4),
        ("スカイブリッジ", 3),
        ("สะพานเปิดแล้ว", 2),
        ("တံတားဖွင့်သည်", 2),
        ("大桥 Alder Bay 开放", 4),
    ],
)
def test_words_are_counted_in_any_script(text, words):
    assert count_words(text) == words
