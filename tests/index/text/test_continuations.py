"""A sentence goes on past an abbreviation, an hour, an initial, and to the speaker of its words."""

import pytest

from index.text.sentences import split_sentences


def pieces(text, language="en"):
    return [text[span.start : span.end] for span in split_sentences(text, language)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The letter went to Atty. Gen. Rosa Field and to Amb. Tom Hale.",
        "The ship was led by Lt. Will Gray, Capt. May Stone and Brig. Gen. Al Hope.",
        "Dr. Will Gray and Sra. Molina spoke to Cllr. Ann Poe at Ft. Hope.",
        "The ferry leaves at 7 a.m. Minsk time and is back by 9 p.m. Eastern time.",
        "The ferry leaves at 7 a.m. ET and is back by 9 p.m. GMT each day.",
        "The ferry leaves at 7 a.m. Tuesday, and the next at 8 p.m. Sept. 4.",
        "The pier is open Mon.–Fri. from 9 a.m. to 5 p.m. Mondays, less on Sat. 3 and Sun. 4.",
        "It costs $3 mln. to $4 mln. a year.",
        "Fares fell by 4 pct. Friday as fuel became cheaper.",
        "The plan is on p. 12 of Vol. 3, as drawn in Fig. 7 of it.",
        "The pier is approx. 300 metres long, incl. 40 for boats.",
        "A book by K.-J. Bloom was sold.",
        "Then-Gov. Rose Hill opened it in 2014.",
        "Approx. 40 boats lay there, it says in Chap. 2 of Vol. IV.",
        "It was 30 deg. Celsius when Bp. Hale and the Ven. Rosa Field came.",
        "Wm. Gray and Geo. Stone drew a tank of 90 cu. ft. for it.",
    ],
)
@pytest.mark.parametrize("language", ["en", None])
def test_english_sentence_goes_on(sentence, language):
    assert pieces(f"{sentence} All left.", language) == [sentence, "All left."]


@pytest.mark.parametrize(
    "sentence",
    [
        "В зале были акад. Лесной, проф. Полевой и адм. Морской.",
        "Мост у дер. Озёрной и на пер. Речном закрыт.",
        "План на стр. 12, рис. 3 и табл. 4 показан целиком.",
        "К.-Ж. Лесной приехал вчера.",
        "В. О. Лесной и А.Б. Полевой ушли.",
    ],
)
@pytest.mark.parametrize("language", ["ru", "be", "uk"])
def test_russian_sentence_goes_on(sentence, language):
    assert pieces(f"{sentence} Все ушли.", language) == [sentence, "Все ушли."]


@pytest.mark.parametrize(
    "sentence",
    [
        "El Lic. Juan Molina y la Ing. Rosa Campos viajaron a los EE. UU. con las FF. AA. de allí.",
        "Il sig. Campo e l'on. Prato sono arrivati.",
        "El Gral. Molina y el Cnel. Campos saludaron a la Sra. Prados.",
        "Der Hafen kostet 40 Mio. Euro.",
        "Most poświęcił ks. Jan Leśny z kościoła św. Anny.",
        "Wczoraj płk. Adam Polny otworzył most przy ul. Leśnej.",
        "Dün Doç. Dr. Ali Orman geldi.",
        "A hajó 2021. május 4-én indul.",
        "Ludwig XIV. sah das Schiff, so steht es in Abs. 3 und Nr. 7.",
    ],
)
def test_sentence_of_another_language_goes_on_by_any_rules(sentence):
    assert pieces(f"{sentence} Ende.", "en") == [sentence, "Ende."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Паром идёт в г. Лесной и д. Озёрную.",
        "Гэта м. Лясное на вул. Палявой.",
        "Туди прийшла проф. Є. Польова.",
        "Его видели чл.-корр. РАН и гр. Полевой.",
        "Пришли ст. лейт. Лесной и пресс-секр. Полевая.",
    ],
)
@pytest.mark.parametrize("language", ["ru", "be", "uk", None])
def test_cyrillic_sentence_goes_on_by_any_rules(sentence, language):
    assert pieces(f"{sentence} Конец.", language) == [sentence, "Конец."]


@pytest.mark.parametrize(
    "one",
    [
        "Мост открыли в 1999 г.",
        "Там продают рыбу, хлеб и т. д.",
        "Длина причала 300 м.",
        "Дом в 90 кв. м.",
    ],
)
def test_cyrillic_sentence_ends_at_a_year_and_at_a_measure(one):
    assert pieces(f"{one} Лесной ушёл.", "en") == [one, "Лесной ушёл."]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The ferry is back by 9 p.m.", "The crew goes home."),
        ("Doors open at 9 a.m.", "Registration is free."),
        ("The ferry is back by 9 p.m.", "Tuesday is the last day."),
        ("The fare fell by 4 pct.", "Fuel became cheaper."),
        ("It stopped on Harbour Dr.", "The crew went home."),
        ("The letter went to the Gov.", "He read it."),
        ("She lives in the U.S.", "Her son does not."),
        ("The lights were on.", "Harbour staff left."),
        ("It was the 5th of 12.", "boats.example has them all."),
        ("He calls it plan B.", "The crew does not."),
    ],
)
def test_sentence_ends_at_an_abbreviation_too(one, other):
    assert pieces(f"{one} {other}") == [one, other]


def test_rules_look_at_no_other_paragraph():
    assert pieces("Letter to the Gov.\nWill Gray came.") == [
        "Letter to the Gov.",
        "Will Gray came.",
    ]


SPEECH = "Who pays for the pier"


@pytest.mark.parametrize(
    "after",
    [
        "Rosa Field asked.",
        "Rosa Field of the harbour union asked.",
        "union leader Rosa Field shouted from the gallery.",
        "Dr. Will Gray asked reporters on Monday.",
        "Rosa Field wanted to know.",
        "Field asked her pupils.",
        "The mayor, Rosa Field, said later.",
        "asked Rosa Field, who leads the union.",
        "she asked.",
        "Rosa Field told the hall.",
        "Field thundered.",
        "— Rosa Field, Minsk.",
    ],
)
@pytest.mark.parametrize("marks", ["“{}?”", '"{}?"', "“{}!”", "‘{}?’"])
def test_speaker_named_after_a_question_belongs_to_it(marks, after):
    sentence = f"{marks.format(SPEECH)} {after}"

    assert pieces(f"The hall was full. {sentence} All left.") == [
        "The hall was full.",
        sentence,
        "All left.",
    ]


@pytest.mark.parametrize("after", ["Rosa Field said.", "Rosa Field shouted at the crowd."])
def test_speaker_named_after_a_statement_belongs_to_it(after):
    assert pieces(f"“We pay.” {after} All left.") == [f"“We pay.” {after}", "All left."]


@pytest.mark.parametrize(
    "sentence",
    [
        "«Кто платит за причал?» — спросила Роза Лесная.",
        "«Мы заплатим!» – крикнул Антон Полевой.",
        "— Кто платит? — спросила Роза Лесная.",
        "— Кто платит? — спросила Роза Лесная. — Город?",
    ],
)
def test_speaker_after_a_dash_belongs_to_the_speech(sentence):
    assert pieces(f"{sentence} Все ушли.", "ru") == [sentence, "Все ушли."]


@pytest.mark.parametrize(
    "after",
    [
        "Rosa Field asked the mayor to resign.",
        "Rosa Field said that nobody would.",
        "Rosa Field said nothing.",
        "The band played on.",
        "Most of it comes from the town, she added.",
        "Field wrote it in May.",
    ],
)
def test_sentence_after_speech_that_says_more_is_its_own(after):
    assert pieces(f"“{SPEECH}?” {after}") == [f"“{SPEECH}?”", after]


@pytest.mark.parametrize(
    "after", ["Field said on Monday he would pay.", "Most come from the town, the mayor said."]
)
def test_sentence_after_a_statement_is_its_own(after):
    assert pieces(f"“We pay.” {after}") == ["“We pay.”", after]
