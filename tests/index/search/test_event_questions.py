"""Questions that ask what happened, or what is new, say of what; others don't."""

import pytest

from index.search.event_questions import topic_of_events, topic_of_news


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What happened?", ""),
        ("  , what happened in Riga?", "in Riga"),
        ("And what else has happened to the ferry?", "to the ferry"),
        ("What was going on at the port?", "at the port"),
        ("What's happening", ""),
        ("What was in the news?", ""),
        ("Which major events took place in Riga", "in Riga"),
        ("What did the mayor do?", "the mayor"),
        ("What have the dockers been doing?", "the dockers"),
        ("Что произошло?", ""),
        ("Что случилось в Риге?", "в Риге"),
        ("А что было с паромом", "с паромом"),
        ("Что делал мэр?", "мэр"),
        ("Какие события произошли в порту?", "в порту"),
    ],
)
def test_events_are_asked_for(question, topic):
    assert topic_of_events(question) == topic
    assert topic_of_news(question) is None


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("What is the latest on the port strike?", "the port strike"),
        ("What's new with the ferry?", "the ferry"),
        ("What's new?", ""),
        ("latest news about the ferry", "the ferry"),
        ("Any news from Riga?", "Riga"),
        ("What is the most recent news from Riga?", "Riga"),
        ("Top stories", ""),
        ("What are the latest developments in Riga?", "Riga"),
        ("Что нового в порту?", "в порту"),
        ("Последние новости", ""),
        ("Какие новости о пароме?", "о пароме"),
    ],
)
def test_news_is_asked_for(question, topic):
    assert topic_of_news(question) == topic_of_events(question) == topic


@pytest.mark.parametrize(
    "question",
    [
        "",
        "Who won?",
        "What new rules came?",
        "What is the latest album of the band?",
        "What newspaper wrote about it?",
        "Which event led to the war?",
        "Developments in which trade followed?",
        "What did the mayor call for the port to do?",
        "How did it happen?",
        "Why did the news come late?",
        "Кто сообщил новости?",
        "Что такое порт?",
    ],
)
def test_other_questions_ask_for_no_events(question):
    assert topic_of_events(question) is None
    assert topic_of_news(question) is None
