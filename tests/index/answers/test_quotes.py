"""Quotes are verbatim spans that can be read alone, each with its own article's citation."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.answers.citations import quote_span
from index.answers.quotes import _picks, draft_quotes
from index.dates.partial_date import PartialDate
from index.models import Article, Citation, Sentence, Span
from index.search.answerability import Evidence
from index.search.candidates import Reading, ScoredSentence
from index.search.hybrid import SearchResult
from index.text.attribution import needs_sentence_before, opens_with_pronoun
from index.text.sentences import split_sentences

NAMES = ["Astana", "Bishkek", "Chisinau", "Dushanbe", "Minsk", "Moscow", "Tashkent", "Yerevan"]


def article(name, text, outlet=None, **fields):
    return Article(id=name, text=text, headline=f"Headline of {name}", outlet=outlet, **fields)


def found(*articles, scores):
    """What a search would give: one score a sentence, over all articles; None is not found."""
    sentences, first = {}, 0
    for number, each in enumerate(articles):
        spans = split_sentences(each.text)
        sentences[number] = [Sentence(first + row, span) for row, span in enumerate(spans)]
        first += len(spans)
    assert first == len(scores)
    scored = [
        ScoredSentence(number, sentence, scores[sentence.number], prior=0.0)
        for number, of_article in sentences.items()
        for sentence in of_article
        if scores[sentence.number] is not None
    ]
    scored.sort(key=lambda each: (-each.score, each.sentence.number))
    reading = Reading(dict(enumerate(articles)), sentences, ())
    return SearchResult((), tuple(scored), reading, Evidence())


def select_quotes(result, count):
    return [draft.quote() for draft in draft_quotes(result, count)]


def texts(*articles, scores, count=3):
    return [quote.text for quote in select_quotes(found(*articles, scores=scores), count)]


class TestCitation:
    def test_quote_is_the_span_and_is_cited_from_its_article(self):
        text = "First line.\n\n  “The bridge opened,” he said. More.\n"
        source = Article(
            id="a/1",
            text=text,
            headline="Bridge opens",
            headline_stands_in=True,
            outlet="Coast Wire",
            url="https://example.org/1",
            published=PartialDate.parse("--03-14"),
        )

        quote = quote_span(source, Span(15, 44), 0.75)

        assert quote.text == text[15:44] == "“The bridge opened,” he said."
        assert quote.article_id == "a/1"
        assert quote.article_key == source.key
        assert quote.text_hash == source.text_hash
        assert (quote.span, quote.score, quote.also_in) == (Span(15, 44), 0.75, ())
        assert quote.citation == Citation(
            outlet="Coast Wire",
            headline="Bridge opens",
            headline_stands_in=True,
            url="https://example.org/1",
            published=PartialDate.parse("--03-14"),
            paragraph=2,
        )

    def test_each_quote_has_the_citation_of_its_own_article(self):
        one = article("one", "The bridge opened on Monday morning.", "Coast Wire")
        two = article("two", "A lighthouse was sold to the museum.", "Alder Post")

        quotes = select_quotes(found(one, two, scores=[0.4, 0.9]), 3)

        assert [(quote.article_id, quote.citation.outlet) for quote in quotes] == [
            ("two", "Alder Post"),
            ("one", "Coast Wire"),
        ]
        assert [quote.score for quote in quotes] == [0.9, 0.4]

    def test_paragraph_is_where_the_quote_begins(self):
        source = article("a", "Bridge opens.\n\nThe mayor came.\nShe spoke at noon.")

        (quote,) = select_quotes(found(source, scores=[None, None, 1.0]), 3)

        assert quote.text == "The mayor came.\nShe spoke at noon."
        assert quote.citation.paragraph == 2


class TestGrowing:
    STORY = "The bridge opened. The ferry stays. The mayor came. The band played."

    def test_better_neighbour_joins_and_a_poor_one_does_not(self):
        assert texts(article("a", self.STORY), scores=[0.2, 1.0, 0.7, 0.69], count=1) == [
            "The ferry stays. The mayor came."
        ]

    def test_neighbours_are_weighed_against_the_best_sentence(self):
        assert texts(article("a", self.STORY), scores=[1.0, 0.8, 0.7, 0.6], count=1) == [
            "The bridge opened. The ferry stays. The mayor came."
        ]

    def test_better_side_joins_first(self):
        a, b, c = "A" + "a" * 218 + ".", "B" + "b" * 118 + ".", "C" + "c" * 218 + "."

        assert texts(article("a", f"{a} {b} {c}"), scores=[0.8, 1.0, 0.9], count=1) == [f"{b} {c}"]
        assert texts(article("a", f"{a} {b} {c}"), scores=[0.9, 1.0, 0.8], count=1) == [f"{a} {b}"]

    @pytest.mark.parametrize(("length", "is_one"), [(350, True), (351, False)])
    def test_growth_ends_at_350_characters(self, length, is_one):
        a, b = "A" + "a" * 173 + ".", "B" + "b" * (length - 178) + "."
        written = f"{a} {b} It rained."
        assert len(f"{a} {b}") == length

        first, *_ = select_quotes(found(article("a", written), scores=[1.0, 0.8, 0.1]), 3)

        # What did not grow in is a quote of its own, until the two are joined.
        assert first.text == f"{a} {b}"
        picked = _picks(found(article("a", written), scores=[1.0, 0.8, 0.1]), set(), set())
        assert (next(picked).span.length == length) is is_one

    @pytest.mark.parametrize(("length", "joins"), [(530, True), (531, False)])
    def test_quotes_side_by_side_are_one_up_to_530_characters(self, length, joins):
        a, b = "A" + "a" * 298 + ".", "B" + "b" * (length - 303) + "."
        assert len(f"{a} {b}") == length

        quotes = texts(article("a", f"{a} {b}"), scores=[0.8, 1.0])

        assert quotes == ([f"{a} {b}"] if joins else [b, a])

    def test_poor_quote_beside_a_good_one_stays_apart(self):
        a, b = "A" + "a" * 198 + ".", "B" + "b" * 198 + "."

        assert texts(article("a", f"{a} {b}"), scores=[1.0, 0.69]) == [a, b]
        assert texts(article("a", f"{a} {b}"), scores=[1.0, 0.7]) == [f"{a} {b}"]

    def test_quotes_of_two_articles_are_never_one(self):
        one, two = "The bridge opened on Monday.", "The ferry sails on Tuesday."

        assert texts(article("a", one), article("b", two), scores=[1.0, 0.9]) == [one, two]

    def test_sentence_that_was_not_found_does_not_join(self):
        assert texts(article("a", self.STORY), scores=[None, 1.0, None, None]) == [
            "The ferry stays."
        ]

    def test_what_one_quote_holds_no_other_does(self):
        assert texts(article("a", self.STORY), scores=[1.0, 0.9, 0.5, 0.4]) == [
            "The bridge opened. The ferry stays.",
            "The mayor came. The band played.",
        ]


class TestContext:
    def test_pronoun_takes_the_sentence_before(self):
        text = "The town waited. Rosa Lindqvist runs the ferry. At various times, she was a pilot."

        assert texts(article("a", text), scores=[None, 0.1, 1.0], count=1) == [
            "Rosa Lindqvist runs the ferry. At various times, she was a pilot."
        ]

    def test_pronouns_are_followed_back_to_a_name(self):
        text = "Rosa Lindqvist runs the ferry. She was a pilot. Her brother is too. It rained."

        assert texts(article("a", text), scores=[None, None, 1.0, None]) == [
            "Rosa Lindqvist runs the ferry. She was a pilot. Her brother is too."
        ]

    def test_first_sentence_has_none_before_it(self):
        assert texts(article("a", "She was a pilot. The town waited."), scores=[1.0, None]) == [
            "She was a pilot."
        ]

    def test_context_never_comes_from_another_article(self):
        one = article("one", "Rosa Lindqvist runs the ferry.")
        two = article("two", "She was a pilot.")

        assert texts(one, two, scores=[None, 1.0]) == ["She was a pilot."]

    @pytest.mark.parametrize(("length", "joins"), [(399, True), (400, False)])
    def test_context_never_makes_a_quote_longer_than_700(self, length, joins):
        before, after = "N" + "n" * (length - 2) + ".", "She " + "s" * 295 + "."
        assert len(f"{before} {after}") == length + 301

        (quote,) = texts(article("a", f"{before} {after}"), scores=[None, 1.0])

        assert quote == (f"{before} {after}" if joins else after)

    def test_sentence_of_another_quote_is_not_taken(self):
        text = "Rosa Lindqvist runs the ferry. " + "She was a pilot " + "for years " * 41 + "."

        first, second = texts(article("a", text), scores=[1.0, 0.6])

        assert first == "Rosa Lindqvist runs the ferry."
        assert second.startswith("She was a pilot")

    @pytest.mark.parametrize(
        "sentence",
        [
            "He left.",
            "At various times, he held the posts.",
            "“They stay,” the mayor said.",
            "In 2014 she was mayor.",
            "That day the port closed.",
            "Its bridge is open.",
            "Когда он ушёл, порт закрыли.",
            "Она осталась.",
            "They’re open again.",
            "It's open again.",
            "She’ll stay on.",
        ],
    )
    def test_opening_that_needs_context_is_known(self, sentence):
        assert opens_with_pronoun(sentence)

    @pytest.mark.parametrize(
        "sentence",
        [
            "",
            "The mayor left.",
            "In Minsk he spoke.",
            "On Monday, Mayor Okafor said that he would stay.",
            "The bridge over the old harbour mouth is theirs, he said.",
            "Theirs was the first bridge.",
            "Heat closed the port.",
            "Мост открыли.",
        ],
    )
    def test_opening_that_can_be_read_alone_is_known(self, sentence):
        assert not opens_with_pronoun(sentence)


class TestSpeaker:
    """Who said it stays with what was said."""

    def test_he_said_takes_the_sentence_that_names_him(self):
        text = "Mayor Okafor spoke on Monday. The port stays open all winter, he said. It rained."

        assert texts(article("a", text), scores=[None, 1.0, None]) == [
            "Mayor Okafor spoke on Monday. The port stays open all winter, he said."
        ]

    def test_name_inside_the_speech_is_not_the_speaker(self):
        text = "Mayor Okafor spoke. “The port of Alder Bay stays open all winter,” he said."

        assert texts(article("a", text), scores=[None, 1.0]) == [text]

    def test_speech_alone_takes_the_sentence_before(self):
        text = "“We stay,” Mayor Okafor said. “The port is open.”"

        assert texts(article("a", text), scores=[None, 1.0]) == [text]

    def test_speech_that_opens_the_story_takes_the_sentence_after(self):
        text = "“The port stays open.”\n\nWith these words Mayor Okafor ended the dispute."

        assert texts(article("a", text), scores=[1.0, None]) == [text]

    @pytest.mark.parametrize(
        "sentence",
        [
            "“We stay,” she said.",
            "«Порт открыт», – сказал он.",
            "By the end of the winter the port will be free of ice, they added.",
            "“Only speech. Two sentences of it.”",
            "“The port of Alder Bay stays open,” she read out.",
        ],
    )
    def test_sentence_without_its_speaker_is_known(self, sentence):
        assert needs_sentence_before(sentence)

    @pytest.mark.parametrize(
        "sentence",
        [
            "“We stay,” Mayor Okafor said.",
            "Mayor Okafor came, and the port stays open, he said.",
            "The port is “open”.",
            "«Порт открыт», – сказал мэр Иванов.",
            "",
        ],
    )
    def test_sentence_with_its_speaker_is_known(self, sentence):
        assert not needs_sentence_before(sentence)


class TestFolding:
    CABLE = "Workers replaced one cable of the harbour bridge on Tuesday and closed two lanes."

    def test_same_words_are_shown_once_with_the_other_outlets(self):
        copies = [
            article("a", self.CABLE, "Coast Wire"),
            article("b", self.CABLE, "Alder Post"),
            article("c", self.CABLE.replace("Workers", "Crews"), "Island Herald"),
        ]

        (quote,) = select_quotes(found(*copies, scores=[1.0, 0.9, 0.8]), 3)

        assert (quote.article_id, quote.citation.outlet) == ("a", "Coast Wire")
        assert quote.also_in == ("Alder Post", "Island Herald")

    def test_first_published_is_cited_and_the_other_outlet_counted(self):
        dates = ["2022-11-25", "2022-11-23T08:00:00+00:00", "--11-20", None]
        copies = [
            article(name, self.CABLE, outlet, published=published and PartialDate.parse(published))
            for name, outlet, published in zip("abcd", "WXYZ", dates, strict=True)
        ]

        (quote,) = select_quotes(found(*copies, scores=[1.0, 0.9, 0.8, 0.7]), 3)

        assert (quote.article_id, quote.citation.outlet, quote.score) == ("b", "X", 1.0)
        assert quote.also_in == ("W", "Y", "Z")

    def test_each_outlet_is_counted_once(self):
        outlets = ["Coast Wire", "Alder Post", "Coast Wire", "Alder Post", None]
        copies = [article(str(row), self.CABLE, outlet) for row, outlet in enumerate(outlets)]

        (quote,) = select_quotes(found(*copies, scores=[1.0, 0.9, 0.8, 0.7, 0.6]), 3)

        assert quote.also_in == ("Alder Post",)

    def test_copies_take_no_place_in_the_answer(self):
        sold = "A lighthouse of the north shore was sold to the town museum."
        articles = [
            article("a", self.CABLE, "A"),
            article("b", self.CABLE, "B"),
            article("c", sold, "C"),
        ]

        assert texts(*articles, scores=[1.0, 0.9, 0.1], count=2) == [self.CABLE, sold]

    def test_copy_behind_the_last_quote_is_counted_too(self):
        other = article("b", "A lighthouse was sold to the museum of the town.", "B")
        copies = [article("a", self.CABLE, "A"), other, article("c", self.CABLE, "C")]

        (quote,) = select_quotes(found(*copies, scores=[1.0, 0.9, 0.1]), 1)

        assert quote.also_in == ("C",)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (
                "Armenia will leave the alliance next year.",
                "Armenia will not leave the alliance next year.",
            ),
            (
                "The storm killed 12 people in the old harbour town on Monday night.",
                "The storm killed 40 people in the old harbour town on Monday night.",
            ),
            ("The mayor opened the harbour bridge and cut its tolls by half.", "Mayor."),
        ],
        ids=["a negation", "another figure", "one word of it"],
    )
    def test_other_words_are_no_copy(self, one, other):
        articles = [article("a", one, "Coast Wire"), article("b", other, "Alder Post")]

        quotes = select_quotes(found(*articles, scores=[1.0, 0.9]), 3)

        assert [(quote.text, quote.also_in) for quote in quotes] == [(one, ()), (other, ())]

    @pytest.mark.parametrize(
        ("ours", "theirs", "cited"),
        [
            ("2024-04-03", "2024-04-02T23:00:00+02:00", "b"),
            ("2024-04-02T08:00:00Z", "2024-04-02", "a"),
            ("2024-04-02", "2024-04-03", "a"),
            ("2024-04", "2023", "b"),
            ("2024", "2024-04-02", "a"),
            ("2024-04-03", "--04-02", "a"),
            ("--04-03", "2024-04-02", "a"),
            ("2024-04-03", None, "a"),
            (None, "2024-04-02", "a"),
        ],
    )
    def test_copy_known_to_be_earlier_is_cited(self, ours, theirs, cited):
        ours, theirs = (day and PartialDate.parse(day) for day in (ours, theirs))
        one = article("a", self.CABLE, "Coast Wire", published=ours)
        other = article("b", f"Tuesday brought work.\n{self.CABLE}", "Alder Post", published=theirs)

        (quote,) = select_quotes(found(one, other, scores=[1.0, None, 0.9]), 3)

        assert quote.article_id == cited
        assert quote.citation.published == {"a": ours, "b": theirs}[cited]
        assert quote.citation.paragraph == {"a": 1, "b": 2}[cited]
        assert quote.text == self.CABLE
        assert {quote.citation.outlet, *quote.also_in} == {"Coast Wire", "Alder Post"}
        assert len(quote.also_in) == 1
        assert quote.score == 1.0

    def test_copies_that_grew_differently_are_one(self):
        ours = "The old ferry company lowered every fare at the same moment."
        theirs = "Nobody could say when traffic between both islands would flow again."
        articles = [
            article("a", f"{self.CABLE} {ours}", "Coast Wire"),
            article("b", f"{theirs} {self.CABLE}", "Alder Post"),
        ]

        quotes = texts(*articles, scores=[1.0, 0.7, 0.7, 0.9])

        assert sum(self.CABLE in quote for quote in quotes) == 1
        assert any(theirs in quote for quote in quotes)

    OPENED = "Mayor Ines Falk opened the harbour bridge of Alder Bay at noon."

    def test_earlier_article_with_a_part_of_the_quote_is_not_cited_instead(self):
        late, early = (PartialDate.parse(f"2024-04-0{day}") for day in (3, 2))
        ours = article("late", f"{self.OPENED} {self.CABLE}", "Coast Wire", published=late)
        theirs = article("early", f"{self.CABLE} It rained.", "Alder Post", published=early)

        (quote,) = select_quotes(found(ours, theirs, scores=[1.0, 0.9, 0.6, None]), 3)

        assert (quote.text, quote.citation.outlet) == (ours.text, "Coast Wire")
        assert quote.also_in == ("Alder Post",)

    def test_earlier_article_with_the_whole_quote_is_cited_however_it_was_found(self):
        late, early = (PartialDate.parse(f"2024-04-0{day}") for day in (3, 2))
        short = "It rained."
        told = f"{self.OPENED} {short} {self.CABLE}"
        ours = article("late", told, "Coast Wire", published=late)
        theirs = article("early", f"Spring came. {told}", "Alder Post", published=early)
        scores = [1.0, 0.9, 0.9, None, None, None, 0.6]

        (quote,) = select_quotes(found(ours, theirs, scores=scores), 3)

        assert (quote.text, quote.citation.outlet, quote.also_in) == (
            told,
            "Alder Post",
            ("Coast Wire",),
        )

    @pytest.mark.parametrize("theirs", ["It snowed.", "Nobody came to the harbour."])
    def test_earlier_article_with_another_sentence_between_is_not_cited(self, theirs):
        late, early = (PartialDate.parse(f"2024-04-0{day}") for day in (3, 2))
        ours = f"{self.OPENED} It rained. {self.CABLE}"
        ours = article("a", ours, "Coast Wire", published=late)
        theirs = f"{self.OPENED} {theirs} {self.CABLE}"
        other = article("b", theirs, "Alder Post", published=early)
        scores = [1.0, 0.9, 0.9, 0.8, None, 0.7]

        (quote,) = select_quotes(found(ours, other, scores=scores), 3)

        assert (quote.text, quote.also_in) == (ours.text, ("Alder Post",))

    def test_what_is_new_in_a_copy_is_a_quote_of_its_own(self):
        one = article("short", self.CABLE, "Coast Wire")
        other = article("long", f"{self.CABLE} {self.OPENED}", "Alder Post")

        quotes = select_quotes(found(one, other, scores=[1.0, 0.9, 0.8]), 3)

        assert [(quote.text, quote.also_in) for quote in quotes] == [
            (self.CABLE, ("Alder Post",)),
            (self.OPENED, ()),
        ]

    def test_articles_under_the_same_dateline_are_no_copies(self):
        dateline = "Alder Bay Coast Wire Business —"
        articles = [
            article("a", f"{dateline}\n\n{self.CABLE}", "Coast Wire"),
            article("b", f"{dateline}\n\n{self.OPENED}", "Alder Post"),
        ]

        quotes = select_quotes(found(*articles, scores=[1.0, 0.9, 1.0, 0.9]), 3)

        assert [(quote.text, quote.also_in) for quote in quotes] == [
            (each.text, ()) for each in articles
        ]

    @pytest.mark.parametrize(
        "opening", ["Alder Bay Coast Wire Business —", "Who opened the new bridge of Alder Bay?"]
    )
    def test_same_story_under_the_same_opening_is_shown_once(self, opening):
        told = f"{opening}\n\n{self.OPENED}"
        copies = [article("a", told, "Coast Wire"), article("b", told, "Alder Post")]

        (quote,) = select_quotes(found(*copies, scores=[1.0, 0.9, 1.0, 0.9]), 3)

        assert (quote.text, quote.also_in) == (told, ("Alder Post",))

    def test_earlier_copy_is_cited_if_a_quote_says_nearly_the_same_twice(self):
        late, early = (PartialDate.parse(f"2024-04-0{day}") for day in (3, 2))
        told = f"{self.OPENED.replace(' at noon', '')} {self.OPENED}"
        copies = [
            article("a", told, "Coast Wire", published=late),
            article("b", told, "Alder Post", published=early),
        ]

        (quote,) = select_quotes(found(*copies, scores=[0.9, 1.0, 0.89, 0.99]), 3)

        assert (quote.text, quote.citation.outlet) == (told, "Alder Post")

    def test_earlier_article_that_says_the_reverse_beside_a_copy_is_not_cited(self):
        late, early = (PartialDate.parse(f"2024-04-0{day}") for day in (3, 2))
        ours = f"{self.OPENED} Holm beat Alder."
        theirs = f"{self.OPENED} Alder beat Holm."
        articles = [
            article("a", ours, "Coast Wire", published=late),
            article("b", theirs, "Alder Post", published=early),
        ]

        first, *_ = select_quotes(found(*articles, scores=[1.0, 0.9, 0.8, 0.7]), 3)

        assert (first.text, first.citation.outlet) == (ours, "Coast Wire")

    def test_what_repeats_in_one_article_is_no_copy_of_it(self):
        told = f"{self.OPENED} It rained. It snowed. {self.OPENED}"

        (quote,) = select_quotes(found(article("a", told, "A"), scores=[1.0, None, None, 0.9]), 3)

        assert (quote.text, quote.also_in) == (self.OPENED, ())

    def test_what_is_new_in_a_copy_takes_the_sentence_that_it_needs(self):
        new = "She said that it cost forty million crowns."
        one = article("short", self.OPENED, "Coast Wire")
        other = article("long", f"{self.OPENED} {new}", "Alder Post")

        assert texts(one, other, scores=[1.0, 0.9, 0.8]) == [self.OPENED, f"{self.OPENED} {new}"]

    def test_question_of_an_article_hides_no_answer(self):
        quiz = "Who opened the new harbour bridge of Alder Bay on Monday?"
        articles = [article("quiz", quiz), article("report", f"{quiz} {self.OPENED}")]

        assert texts(*articles, scores=[1.0, 0.9, 0.8]) == [f"{quiz} {self.OPENED}"]

    def test_question_of_an_article_stays_with_the_answer_beside_it(self):
        heading = "Who opened the new harbour bridge?"
        answer = f"{self.OPENED[:-1]}, and {'the band played, ' * 18}and it rained."

        assert texts(article("a", f"{heading} {answer}"), scores=[1.0, 0.9]) == [
            f"{heading} {answer}"
        ]


def test_no_sentence_gives_no_quote():
    assert select_quotes(SearchResult((), (), Reading({}, {}, ()), Evidence()), 3) == []


def test_no_more_quotes_than_asked_for_and_always_the_same_first():
    lines = [f"{name} sold {10 + row} boats." for row, name in enumerate(NAMES)]
    sources = [article(str(row), line) for row, line in enumerate(lines)]
    result = found(*sources, scores=[0.1 * row for row in range(8)])

    five = select_quotes(result, 5)

    assert [quote.text for quote in five] == lines[:2:-1]
    for count in range(5):
        assert select_quotes(result, count) == five[:count]


PIECES = st.sampled_from(
    [
        "The bridge opened.",
        "She left.",
        "At noon, he spoke.",
        "“We stay. They go.”",
        "The ferry of Port Alder " + "sailed on " * 25 + "at last.",
        "It " + "rained and " * 50 + "stopped.",
        "Мост открыли.",
        "\n",
        "\u200f“Mark.”\u200e",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=12).map(" ".join).filter(str.strip)


@given(st.lists(TEXTS, min_size=1, max_size=3), st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_quotes_are_verbatim_short_disjoint_and_best_first(written, random):
    articles = [article(str(row), text, f"Outlet {row}") for row, text in enumerate(written)]
    count = sum(len(split_sentences(text)) for text in written)
    scores = [random.choice([None, random.random()]) for _ in range(count)]

    quotes = select_quotes(found(*articles, scores=scores), 20)

    for quote in quotes:
        assert quote.text == written[int(quote.article_id)][quote.span.start : quote.span.end]
        assert quote.text == quote.text.strip() != ""
        assert len(quote.text) <= 700
        assert quote.citation.headline == f"Headline of {quote.article_id}"
        assert quote.citation.outlet not in quote.also_in
    ranked = [quote.score for quote in quotes]
    assert ranked == sorted(ranked, reverse=True)
    for one, other in combinations(quotes, 2):
        if one.article_id == other.article_id:
            assert one.span.end <= other.span.start or other.span.end <= one.span.start


def test_question_in_a_quote_is_never_given_to_the_speaker_before():
    source = article(
        "hall",
        "Mayor Tom Hale praised it on Monday. “Who pays for the pier?” Rosa Field asked. All left.",
    )

    (quote,) = select_quotes(found(source, scores=[None, 1.0, None]), 1)

    assert quote.text == "“Who pays for the pier?” Rosa Field asked."
