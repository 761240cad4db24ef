"""What a question is about that goes on from an earlier one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.search.follow_up import MAX_TOPIC, ConversationQuestion, follow_up, needs_topic

FIRST = ConversationQuestion("Who was nominated CSTO secretary general?")
COMPLETE = [
    "who won the football world cup?",
    "Who leads Belarus?",
    "And who won the football world cup in Qatar?",
    "What did Pashinyan say about his country?",
    "Is it true that Armenia left the CSTO?",
    "How many peacekeepers were sent to Kazakhstan?",
    "what happened in Yerevan on 23 November 2022?",
    "Are there Russian peacekeepers in Kazakhstan?",
    "who is Stanislav Zas?",
    "Where did the CSTO meet this year?",
    "what caused inflation in Kazakhstan?",
    "Is Lukashenko alive?",
    "Did Armenia leave?",
    "Isn’t Minsk the capital?",
    "Has the US agreed?",
    "Кто возглавляет ОДКБ?",
    "Ушёл ли Зась?",
    "Разве Армения вышла?",
    "Сколько миротворцев отправили в Казахстан?",
    "А кто выиграл чемпионат мира по футболу?",
    "Что Пашинян сказал о своей стране?",
    "кто такой Станислав Зась?",
]


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("and when?", "and when? nominated CSTO secretary general"),
        ("when?", "when? nominated CSTO secretary general"),
        ("who else?", "who else? nominated CSTO secretary general"),
        ("why", "why nominated CSTO secretary general"),
        (
            "what posts did he hold?",
            "what posts did he hold? nominated CSTO secretary general",
        ),
        (
            "And what did he say about Armenia?",
            "And what did he say about Armenia? nominated CSTO secretary general",
        ),
        ("who nominated him?", "who nominated him? CSTO secretary general"),
        ("which countries voted?", "which countries voted? nominated CSTO secretary general"),
        (
            "When was this treaty signed?",
            "When was this treaty signed? nominated CSTO secretary general",
        ),
        ("what about Armenia?", "what about Armenia? Who was nominated CSTO secretary general?"),
        (
            "Was the candidate elected?",
            "Was the candidate elected? Who was nominated CSTO secretary general?",
        ),
        ("and Belarus?", "and Belarus? Who was nominated CSTO secretary general?"),
        ("а когда?", "а когда? nominated CSTO secretary general"),
    ],
)
def test_follow_up_is_searched_with_what_the_earlier_question_was_about(question, searched):
    asked = follow_up(question, FIRST)

    assert asked == ConversationQuestion(question, FIRST.question)
    assert asked.text == searched


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("а когда?", "а когда? выдвинули пост генсека ОДКБ"),
        ("кто его выдвинул?", "кто его выдвинул? пост генсека ОДКБ"),
        ("Какие посты он занимал?", "Какие посты он занимал? выдвинули генсека ОДКБ"),
        ("и что они решили?", "и что они решили? выдвинули пост генсека ОДКБ"),
        ("Когда это произошло?", "Когда это произошло? выдвинули пост генсека ОДКБ"),
        ("что там случилось?", "что там случилось? выдвинули пост генсека ОДКБ"),
        ("Выбрали ли главу?", "Выбрали ли главу? Кого выдвинули на пост генсека ОДКБ?"),
        ("А Беларусь?", "А Беларусь? Кого выдвинули на пост генсека ОДКБ?"),
        ("а что насчёт Армении?", "а что насчёт Армении? Кого выдвинули на пост генсека ОДКБ?"),
    ],
)
def test_russian_follow_up_is_understood_too(question, searched):
    earlier = ConversationQuestion("Кого выдвинули на пост генсека ОДКБ?")

    assert follow_up(question, earlier) == ConversationQuestion(question, earlier.question)
    assert follow_up(question, earlier).text == searched


@pytest.mark.parametrize("question", COMPLETE)
def test_question_that_is_complete_is_searched_as_it_is(question):
    assert follow_up(question, FIRST) == ConversationQuestion(question)
    assert ConversationQuestion(question).text == question


def test_chain_keeps_what_it_began_with_and_what_was_added():
    second = follow_up("what posts did he hold?", FIRST)
    third = follow_up("and when?", second)
    fourth = follow_up("and where?", third)

    topic = "Who was nominated CSTO secretary general? what posts did he hold?"
    assert third == ConversationQuestion("and when?", topic)
    assert fourth == ConversationQuestion("and where?", topic)
    assert follow_up("Who leads Belarus?", fourth) == ConversationQuestion("Who leads Belarus?")


def test_chain_that_grows_too_long_goes_back_to_its_first_question():
    first = ConversationQuestion("Who was nominated " + "secretary general " * 8)
    second = ConversationQuestion(
        "what posts did he hold in the capital of his country?", first.question
    )

    assert follow_up("and when?", second).topic == " ".join(first.question.split())


@given(st.text(max_size=60), st.text(max_size=600), st.text(max_size=MAX_TOPIC))
def test_topic_is_bounded_whatever_was_asked(question, earlier, topic):
    asked = follow_up(question, ConversationQuestion(earlier, topic))

    assert len(asked.topic) <= MAX_TOPIC
    assert asked.text.startswith(question)
    assert bool(asked.topic) <= needs_topic(question)
    again = ConversationQuestion(question, asked.topic)  # as it is read off the card
    assert again.text == asked.text
