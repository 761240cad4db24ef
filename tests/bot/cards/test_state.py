"""What a card asks is read back from the card itself, in any language and wording."""

import discord
import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.cards.state import asked_of, question_line, timeline_line, timeline_of, topic_line
from bot.wording.phrases import Phrases
from index.search.follow_up import ConversationQuestion
from tests.bot.reading import ALL_PHRASES, ENGLISH

LANGUAGES = pytest.mark.parametrize("phrases", ALL_PHRASES, ids=lambda each: each.language)
ODD = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("a: *-#\\é"), min_size=1)


class Message:
    """Stands in for the message of a card: what Discord gives back of its components."""

    def __init__(self, *items: ui.Item) -> None:
        view = ui.LayoutView(timeout=None)
        view.add_item(ui.Container(*items))
        payload = view.to_components()
        factory = discord.components._component_factory
        self.components = [factory(each) for each in payload]


@LANGUAGES
@given(question=ODD, topic=ODD)
def test_question_and_topic_read_back_as_they_were(phrases, question, topic):
    card = Message(question_line(question, phrases), topic_line(topic, phrases))

    assert asked_of(card) == ConversationQuestion(" ".join(question.split()), topic)
    assert timeline_of(card) is None


@LANGUAGES
@given(topic=ODD)
def test_topic_of_a_timeline_reads_back_as_it_was(phrases, topic):
    card = Message(timeline_line(topic, phrases))

    assert timeline_of(card) == " ".join(topic.split())
    assert asked_of(card) == ConversationQuestion(" ".join(topic.split()))


class Reworded(Phrases):
    """A language whose labels were changed after the card was sent."""

    def say(self, phrase_id, /, **values):
        value = next(iter(values.values()))
        return f"**Asked by a reader :** {value}"


def test_changed_wording_reads_back():
    reworded = Reworded("en")
    card = Message(question_line("Who: the **mayor**?", reworded), topic_line("a: b", reworded))

    assert asked_of(card) == ConversationQuestion("Who: the **mayor**?", "a: b")


def test_card_without_the_ids_has_no_question():
    old = Message(ui.TextDisplay(ENGLISH.say("answer-question", question="Who?")))

    assert asked_of(old) is None
    assert timeline_of(old) is None
