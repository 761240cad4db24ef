"""The first message of a forum's post is read together with its title."""

from types import SimpleNamespace

import discord
import pytest

from bot.features.message_questions import question_in
from index.search.follow_up import ConversationQuestion

NOMINATED = "who was nominated CSTO secretary general?"


class Post(discord.Thread):
    """A post in a forum: the simulated Discord lets no member open one."""

    id = 5
    name = ""
    parent = object.__new__(discord.ForumChannel)
    __slots__ = ()

    def __init__(self, title: str) -> None:
        type(self).name = title


@pytest.mark.parametrize(
    ("title", "content", "expected"),
    [
        (NOMINATED, "I could not find it, thanks for any help", ConversationQuestion(NOMINATED)),
        (NOMINATED, "Many thanks!", ConversationQuestion(NOMINATED)),
        (NOMINATED, "", ConversationQuestion(NOMINATED)),
        ("Help", NOMINATED, ConversationQuestion(NOMINATED)),
        ("A question?", NOMINATED, ConversationQuestion(NOMINATED)),
        ("CSTO", "who was nominated?", ConversationQuestion("who was nominated?", "CSTO")),
        ("My holidays", "thanks", None),
    ],
)
def test_first_message_of_a_post_is_read_with_its_title(title, content, expected):
    message = SimpleNamespace(id=Post.id, channel=Post(title))

    assert question_in(message, content, None, own_id=7) == expected
