"""Names are learnt from the capitals that articles write them with."""

from index.text.names import KnownName, NameLearner, latin, small_words


def learn(*texts):
    learner = NameLearner()
    for text in texts:
        learner.read(text, small_words(text))
    return learner.learnt()


def test_name_is_a_word_with_a_capital_inside_a_sentence():
    text = "Ferries left. Today, Orlova met Ada Nyberg in NATO’s quay near Rome."

    assert [name.spelling for name in learn(text)] == ["Nyberg", "Orlova", "Rome"]


def test_word_that_is_often_small_is_no_name():
    capital, small = "The Harbour closed.", "A harbour opened."

    assert learn(capital) == [KnownName("harbour", "harbour", "Harbour", 1)]
    assert learn(*[capital] * 4, small) == [KnownName("harbour", "harbour", "Harbour", 4)]
    assert learn(*[capital] * 3, small) == []


def test_name_is_spelt_as_most_articles_do():
    texts = ("They met Łucja there.", "They met Łucja again.", "They met Lucja again.")

    assert learn(*texts) == [KnownName("lucja", "lucja", "Łucja", 3)]


def test_forms_of_a_name_are_one_with_its_latin_letters():
    texts = ("Там видели Орлова вчера.", "Там нет Орлова.", "Об этом Орлову сказали.")

    assert learn(*texts) == [KnownName("orlov", "орлов", "Орлова", 3)]


def test_latin_letters_of_another_script():
    assert [latin(word) for word in ("пашинян", "щербаков", "lukashenk")] == [
        "pashinyan",
        "shcherbakov",
        "lukashenk",
    ]
