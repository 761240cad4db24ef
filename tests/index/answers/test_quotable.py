"""A dateline, a credit and a question are never quotes; a sentence is, however short."""

import pytest

from index.answers.quotable import says_something
from index.answers.quotes import draft_quotes
from index.models import Article, Sentence
from index.search.answerability import Evidence
from index.search.candidates import Reading, ScoredSentence
from index.search.hybrid import SearchResult
from index.text.sentences import split_sentences


@pytest.mark.parametrize(
    "sentence",
    [
        "He won.",
        "“We stay.”",
        "It rained…",
        "No!",
        "Он победил.",
        "«Мост открыт».",
        "The harbour bridge opened on Monday",
        "ALDER BAY (Coast Wire) — The harbour bridge opened on Monday.",
        "Photos show the mayor cutting the ribbon.",
        "Source materials were lost in the fire of 1987.",
        "The mayor told Reuters.",
        "The set {1, 2} has two members, and the mayor paid $5.",
        "Pictures that the mayor of Alder Bay took of the bridge in winter were shown to visitors "
        "of the town museum, and later to Reuters",
        "“Who knew?” the mayor asked.",
        "Фото моста появилось в газетах.",
        "«Кто знал?» – спросил мэр.",
        "Photo by photo, the mayor rebuilt the archive of the town.",
        "Images show the mayor at the bridge on Monday",
        "Credit cards and home loans of the harbour town",
        "Courtesy of the town, the bridge was opened on Monday.",
        "Source: Reuters said the bridge will open on Monday.",
        "“Source: I'm on the bridge,” said a message of the mayor.",
        "The new owner of the company is Reuters",
        "The new owner of the company is Getty Images",
        "The AP/NORC poll found that most agree.",
        "It's the USA TODAY Book Club.",
        "Reuters reported it.",
        "By Monday, 500 people had left.",
        "It opened on Nov. 23.",
        "GAZA, 23 dead.",
        "OSLO won.",
        "Stroke, Nov. 23.",
        "LW Bo Falk, Alder Bay.",
        "by Ada Nyberg, “The Bridge” by Bo Falk.",
        "Updated rules will apply from Nov. 23.",
        "Mayor Opens Bridge On Monday",
        "Источник: Рейтер сообщил, что мост откроют в понедельник.",
        "Автор фото сказал, что мост закрыт.",
        "Picture the mayor on the harbour bridge in winter",
        "Photos: Storm over the harbour The mayor and her guests watch how the last ferry of the "
        "year leaves Alder Bay.",
        "“Those of us who were up here – ”",
    ],
)
def test_sentence_says_something(sentence):
    assert says_something(sentence)


@pytest.mark.parametrize(
    "words",
    [
        "CNN —",
        "MINSK, 23 November (Coast Wire) –",
        "МИНСК, 23 ноября –",
        "By Ada Nyberg",
        "Read more",
        "* * *",
        "2022",
        "12.5.",
        "…",
        "",
        " \n",
    ],
)
def test_dateline_or_byline_says_nothing(words):
    assert not says_something(words)


@pytest.mark.parametrize(
    "sentence",
    [
        "The bridge {{ bridge.name }} opened for all on Monday.",
        "{% if subscriber %} The bridge opened for all on Monday. {% endif %}",
        "Good morning, ${name}, and welcome to the newsletter of the harbour.",
        "The number of readers was <%= count %> on Monday.",
    ],
)
def test_piece_of_a_template_says_nothing(sentence):
    assert not says_something(sentence)


@pytest.mark.parametrize(
    "credit",
    [
        "Photo: Ada Nyberg / Coast Wire.",
        "Photo by Ada Nyberg for the Coast Wire.",
        "(Image: Ada Nyberg, town museum)",
        "Photograph by Ada Nyberg of the Alder Post.",
        "Source: Ministry of Ports, own research.",
        "Photos of the harbour bridge in winter",
        "The harbour bridge in winter, seen from the port. Ada Nyberg/Getty Images",
        "A ferry leaves Alder Bay on Monday | AFP",
        "Фото: пресс-служба порта Алдер.",
        "Источник: министерство портов, собственные данные.",
        "Паром у моста в гавани / ТАСС",
        "(AP Photo/Ada Nyberg)",
        "(AP Photo/Ada Nyberg) (Photo: Ada Nyberg, AP).",
        "(Photo by ADA NYBERG / AFP) (Photo by ADA NYBERG/AFP via Getty Images) ADA NYBERG/Getty",
        "Ada Nyberg/Associated Press",
        "Ada Nyberg/The Alder Bay Times",
        "REUTERS/Ada Nyberg/File Photo",
        "Ada Nyberg/PA Wire",
        "Ada Nyberg/Getty Images North America",
        "Ada Nyberg/AFP via Getty Images.",
        "Ada Nyberg, Reuters",
        "Ada Nyberg for The Alder Post via AP",
        "Ada Nyberg Getty Images North America.",
        "Ada Nyberg, left, and Bo Falk Getty Images",
        "Getty Images.",
        "Alamy Stock Photo.",
        "Courtesy of Alder Bay Museum",
        "Mayor Ines Falk Courtesy of Alder Bay Museum",
        "Photo courtesy of the town museum.",
        "Photo provided by the town museum.",
        "Handout photo by Ada Nyberg of the Alder Post.",
        "File photo: the bridge",
        "FILE – The bridge in 1987.",
        "Credit...Ada Nyberg for the Alder Post",
        "Contributed photo.",
        "Image caption, The bridge",
        "Photo: the bridge, which was closed.",
        "Image source, Ada Nyberg",
        "Foto: Ada Nyberg/dpa",
        "© Ada Nyberg / Coast Wire",
        "Copyright 2022 Coast Wire.",
        "Video Mayor opens the bridge 02:17 - Source: CNN The bridge in winter",
        "© РИА Новости / Иван Петров",
        "Автор фото, Иван Петров / Facebook",
        "Фото предоставлено музеем города.",
        "Фото из архива.",
        "Фото автора.",
    ],
)
def test_credit_says_nothing(credit):
    assert not says_something(credit)


@pytest.mark.parametrize(
    "dateline",
    [
        "OSLO, Nov. 23.",
        "OSLO, Thursday.",
        "OSLO (AP).",
        "OSLO (Coast Wire).",
        "OSLO, Nov 23 (Reuters).",
        "OSLO, Nov 23 (Coast Wire).",
        "ODESA, Ukraine (CNN) November 23, 2022",
        "ST. PETERSBURG, Fla., Nov. 23.",
        "BERN/ZURICH, Nov 23 (Reuters).",
        "Berlin (dpa).",
        "Brno 23. listopadu (ČTK).",
        "Ganja, Azerbaijan, May 5 /Trend/.",
        "Thu, Nov. 24, 2022.",
        "3:45 PM ET, Thu November 24, 2022",
        "Updated 3:45 PM ET, Thu November 24, 2022",
        "Last updated on Thursday 24 November 2022.",
        "Обновлено 24 ноября 2022 года в 15:45.",
        "МИНСК, 23 ноября.",
        "МИНСК, 23 ноя – РИА Новости.",
        "Псков. 23 ноября. ИНТЕРФАКС.RU",
        "/ТАСС/.",
        "23 ноября, Минск /Корр. БЕЛТА/.",
        "ALMATY. KAZINFORM.",
        "ODESA, Ukraine.",
        "Updated November 23, 2022 3:45pm EST",
    ],
)
def test_dateline_with_a_stop_says_nothing(dateline):
    assert not says_something(dateline)


@pytest.mark.parametrize(
    "line",
    [
        "Story Published: 3:45 PM, Nov 24, 2022",
        "Story published Nov. 23, 2022.",
        "Published 3:45 PM EST Nov. 23, 2022",
        "Published Nov. 23, 2022 | Updated Nov. 24, 2022",
        "Posted by Ada Nyberg on Nov. 23, 2022.",
        "First published in 1987.",
        "Last updated at 15:45.",
        "Page last updated 24/11/2022 3:45 pm.",
        "Last modified: 2022-11-24 15:45.",
        "Updated Thursday at 3:45 p.m.",
        "Updated: Alder Bay, 24 Nov 2022.",
        "Guide updated Nov. 24, 2022.",
        "Guide updated 3:45 PM ET, Thu November 24, 2022.",
        "Guide updated on Nov. 24, 2022",
        "Опубликовано: 24.11.2022, 15:45 (МСК).",
        "Опубликовано ТАСС 24 ноября 2022 года.",
        "Обновлено 24.11.2022 года в 15:45.",
        "Последний раз обновлено 24 ноября 2022 года.",
        "Впервые опубликовано 24 ноября 2022 г.",
    ],
)
def test_line_that_says_when_it_was_updated_says_nothing(line):
    assert not says_something(line)


@pytest.mark.parametrize(
    "sentence",
    [
        "Woolf published Orlando in 1928.",
        "Newton published Opticks in 1704.",
        "Grass published Die Blechtrommel in 1959.",
        "Ferrante published L'amica geniale in 2011.",
        "McEwan published Saturday in 2005.",
        "Nyberg published in 1987.",
        "Published Orlando in 1928.",
        "Alderbank posted $4.2 billion in 2022.",
        "Hafenwerke posted €2.9 billion in Q4 2022.",
        "Alderbank posted 3.5% in May.",
        "Alderbank posted 1,905 sales in May 2022.",
        "Nyberg posted 63.",
        "Nyberg posted 63 in 2022.",
        "Falk posted on Nov. 23.",
        "Harbourware updated HarbourOS 16 on Nov. 23, 2022.",
        "Harbourware updated 5 maps in 2022.",
        "Published 5 maps in 2022.",
        "Опубликовано 12 345 карт к маю 2022.",
        "Всего обновлено 7 карт к 2022.",
    ],
)
def test_work_or_figure_that_was_published_in_a_year_says_something(sentence):
    assert says_something(sentence)


@pytest.mark.parametrize(
    "byline",
    [
        "By Ada Nyberg, Coast Wire Business",
        "By ADA NYBERG and Bo Falk, staff writer of the Alder Post.",
        "Reporting by Ada Nyberg in Oslo; editing by Bo Falk",
        "Analysis by Ada Nyberg, CNN Political Editor.",
        "— Ada Nyberg, USA TODAY",
        "Contributing: Ada Nyberg and Bo Falk, USA TODAY",
        "By Ada Nyberg | November 23, 2022",
        "Автор: Иван Петров.",
        "Иван Петров, ТАСС",
    ],
)
def test_byline_says_nothing(byline):
    assert not says_something(byline)


@pytest.mark.parametrize(
    "question",
    [
        "Who opened the harbour bridge?",
        "“Who opened the harbour bridge?”",
        "Did Mr. Falk open the U.S. bridge?",
        "Who opened it (and why?)",
        "Кто открыл мост в гавани?",
        "«Кто открыл мост в гавани?»",
    ],
)
def test_question_says_nothing(question):
    assert not says_something(question)


@pytest.mark.parametrize(
    ("language", "text", "says"),
    [
        ("zh", "市长周一开放了港口大桥。谁开放了大桥？港口大桥", [True, False, False]),
        ("zh", "“我们留下！”市长说：“我们留下。”大桥怎么了？！", [True, True, False]),
        ("ja", "市長は月曜日に橋を開通させた。誰が橋を開けたのか？港の橋", [True, False, False]),
        ("ja", "「私たちは残る。」\n市長が勝った。\n（橋は開いた。）", [True, True, True]),
        ("hi", "महापौर ने पुल खोला। पुल किसने खोला? बंदरगाह पुल", [True, False, False]),
        ("hi", "वे जीते।", [True]),
        ("bn", "মেয়র সেতু খুলেছেন। কে খুলেছে? বন্দর সেতু", [True, False, False]),
        ("ar", "فاز العمدة. من افتتح الجسر الجديد في الميناء؟ جسر الميناء", [True, False, False]),
        ("ur", "میئر جیت گئے۔ بندرگاہ کا نیا پل کس نے کھولا؟ بندرگاہ کا پل", [True, False, False]),
        ("am", "ከንቲባው ድልድዩን ከፈቱ። በወደቡ ያለውን ድልድይ ማን ከፈተው፧ የወደብ ድልድይ", [True, False, False]),
        (
            "hy",
            "Կամուրջը բացվեց։ Ո՞վ երեկ բացեց նոր կամուրջը։ Նավահանգստի կամուրջ",
            [True, False, False],
        ),
        (
            "el",
            "Η γέφυρα άνοιξε. Ποιος άνοιξε τη νέα γέφυρα; Η γέφυρα του λιμανιού",
            [True, False, False],
        ),
        ("my", "တံတားဖွင့်သည်။ တံတား", [True, False]),
        ("ko", "시장이 다리를 열었다. 누가 새 다리를 열었나? 항구 다리", [True, False, False]),
        ("th", "นายกเทศมนตรีเปิดสะพานเมื่อวันจันทร์", [True]),
        ("de", "„Die Brücke ist offen.“\n„Wer hat die Brücke geöffnet?“", [True, False]),
        ("fr", "« Le pont rouvre. »\n« Qui a rouvert le pont ? »", [True, False]),
        ("en", "Who opened the harbour bridge?!\nAnd then it opened?..", [False, False]),
    ],
)
def test_sentence_is_told_from_question_and_fragment_in_any_script(language, text, says):
    spans = split_sentences(text, language)

    assert [says_something(text[slice(*span)]) for span in spans] == says


def drafted(*texts):
    """The drafts of articles whose sentences were all found, the first the best."""
    articles = {row: Article(str(row), text, "Headline") for row, text in enumerate(texts)}
    sentences, first = {}, 0
    for row, text in enumerate(texts):
        spans = split_sentences(text)
        sentences[row] = [Sentence(first + place, span) for place, span in enumerate(spans)]
        first += len(spans)
    scored = [
        ScoredSentence(row, each, 1 - each.number / 10, 0.0)
        for row, found in sentences.items()
        for each in found
    ]
    found = SearchResult((), tuple(scored), Reading(articles, sentences, ()), Evidence())
    return [draft.text for draft in draft_quotes(found, 9)]


def test_draft_that_says_nothing_is_left_out():
    assert drafted(
        "Who opened the harbour bridge?",
        "CNN —",
        "Photo: Ada Nyberg / Coast Wire.",
        "Mayor Ines Falk opened it on Monday.",
    ) == ["Mayor Ines Falk opened it on Monday."]


def test_draft_of_a_question_and_its_answer_is_kept():
    text = "Who opened the harbour bridge? Mayor Ines Falk did, on Monday."

    assert drafted(text) == [text]
