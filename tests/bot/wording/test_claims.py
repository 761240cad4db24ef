"""What a message claims: its words, and of many the sentences that say the most."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wording.claims import MAX_CLAIM, claim_of

ARMENIA = "Armenia left the CSTO in 2022."


@pytest.mark.parametrize(
    ("content", "claim"),
    [
        (ARMENIA, ARMENIA),
        (f"hey <@123> did you see this?? **{ARMENIA}** https://example.org/x_y lol", ARMENIA),
        (f"> Tokayev asked for help\n> in January\n{ARMENIA}", ARMENIA),
        ("> Tokayev asked for help in January", "Tokayev asked for help in January"),
        (">>> so\nTokayev asked for help", "Tokayev asked for help"),
        ("||Zas resigned|| __in__ ~~May~~ `2022`", "Zas resigned in May 2022"),
        ("[Zas resigned](https://example.org/a_(b)) in May", "Zas resigned in May"),
        ("```\nZas resigned\n```", "Zas resigned"),
        ("# Zas _resigned_ in snake_case\n-# small", "Zas resigned in snake_case"),
        ("\\*literal\\* Zas", "*literal* Zas"),
        ("</ask:1> Zas <t:1669284000:R> <#5> <@&4> <:pog:12> @everyone resigned", "Zas resigned"),
        (f"- one\n- two\n- {ARMENIA}\n1. lol", ARMENIA),
        (
            "Ну и дела! Пашинян отказался подписать декларацию ОДКБ в Ереване. Читали?",
            "Пашинян отказался подписать декларацию ОДКБ в Ереване.",
        ),
        ("Lol. " * 500 + ARMENIA + " Ok." * 300, ARMENIA),
        ("Zas met Tokayev in Minsk. Rain fell. Lukashenko met Putin in Sochi.", None),
    ],
)
def test_claim_is_what_the_message_says_itself(content, claim):
    expected = claim or "Zas met Tokayev in Minsk. Lukashenko met Putin in Sochi."
    assert claim_of(content) == expected


@pytest.mark.parametrize(
    "content", ["", " \n", "😀😀", "https://example.org/a", "<@1>", "> ", "**"]
)
def test_message_without_words_claims_nothing(content):
    assert claim_of(content) == ""


@pytest.mark.parametrize("content", ["x" * 4000, "word " * 800, "Zas met Tokayev. " * 200])
def test_long_message_is_cut_at_a_word(content):
    assert 0 < len(claim_of(content)) <= MAX_CLAIM
    assert claim_of(content) in content


@given(st.text(st.sampled_from("ab Zя1.\n>*_~`|#-[](){}<@:!/\\"), max_size=300))
def test_no_message_is_too_odd(content):
    claim = claim_of(content)

    assert len(claim) <= MAX_CLAIM
    assert claim == " ".join(claim.split())
    assert not claim or any(map(str.isalnum, claim))
