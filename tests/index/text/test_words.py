"""Words are counted in any script, and a part of a word is not taken for a whole one."""

import pytest

from index.text.words import count_words, is_whole_words


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


@pytest.mark.parametrize(
    ("text", "part", "is_whole"),
    [
        ("the bridge opened", "bridge", True),
        ("the bridge opened", "the bridge opened", True),
        ("the bridge opened", "bridge o", False),
        ("the bridge opened", "ridge", False),
        ("the A-12 of 2012", "12", True),
        ("of 2012", "12", False),
        ("bridge_12", "12", False),
        ("(bridge)", "(bridge", True),
        ("Andre\u0301 won", "Andre", False),
        ("Andre\u0301 won", "Andre\u0301", True),
        ("मुख्य पुल है", "पुल", True),
        ("मुख्य पुल है", "प", False),
        ("मुख्य पुल है", "ल", False),
        ("东京大桥", "大桥", True),
        ("大桥在1987年开放", "1987", True),
        ("大桥在1987年开放", "87", False),
        ("橋がオープン", "オープン", True),
        ("สะพานที่เปิด", "ที่", True),
        ("สะพานที่เปิด", "ท", False),
        ("서울에서", "서울", False),
    ],
)
def test_part_of_a_word_or_character_is_told_from_whole_words(text, part, is_whole):
    start = text.index(part)

    assert is_whole_words(text, start, start + len(part)) is is_whole
