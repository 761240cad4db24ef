"""Exports of press databases are an article a document, without the fields in its text."""

import pytest

from index.formats.folders import iter_articles
from index.formats.press_databases import split_documents
from index.models import Skipped

LEXIS = """
                     1 of 2 DOCUMENTS


                        Alder Post

                  May 9, 2022 Monday
                    Late Edition

Ferry leaves
at last

BYLINE: Jo Doe

LENGTH: 9 words

The ferry left at noon.

It was full: all of it.

LOAD-DATE: May 10, 2022

LANGUAGE: ENGLISH

         Copyright 2022 Alder Post

                     2 of 2 DOCUMENTS

                        Alder Post

                  May 10, 2022 Tuesday

Ferry is back

LENGTH: 4 words

It came back.
"""
NEXIS = """Ferry leaves at last
Alder Post
May 9, 2022 Monday

Copyright 2022 Alder Post All Rights Reserved

Section: News; Pg. 5
Length: 9 words
Byline: Jo Doe
Body

The ferry left at noon.

It was full: all of it.

Load-Date: May 10, 2022

End of Document

Ferry is back
Alder Post
May 10, 2022 Tuesday

Length: 4 words
Body

It came back.

End of Document
"""
FACTIVA = """Ferry leaves at last
By Jo Doe
9 words
9 May 2022
12:30
Alder Post
ALDP
English
(c) 2022 Alder Post

The ferry left at noon.

It was full: all of it.

Document ALDP000020220509ei590000b

Ferry is back
4 words
10 May 2022
Alder Post
ALDP
English

It came back.

Document ALDP000020220510ei590000c
"""
CODES = """HD
Ferry leaves at last
BY
By Jo Doe
WC
9 words
PD
9 May 2022
ET
12:30
SN
Alder Post
LP
The ferry left at noon.

TD
It was full: all of it.
AN
Document ALDP000020220509ei590000b

HD   Ferry is back
PD   10 May 2022
SN   Alder Post
LP
TD   It came back.
AN   Document ALDP000020220510ei590000c
"""


def read(path):
    return [found for _, found in iter_articles([path])]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("export", [LEXIS, NEXIS, FACTIVA, CODES], ids=["A", "B", "C", "D"])
def test_each_document_is_an_article(write_files, export, end):
    folder = write_files({"may.txt": export.replace("\n", end).encode()})

    first, second = read(folder)

    assert (first.id, second.id) == ("may:1", "may:2")
    assert (first.headline, second.headline) == ("Ferry leaves at last", "Ferry is back")
    assert " ".join(first.text.split()) == "The ferry left at noon. It was full: all of it."
    assert second.text == "It came back."
    assert {each.outlet for each in (first, second)} == {"Alder Post"}
    assert [str(each.published) for each in (first, second)] == ["2022-05-09", "2022-05-10"]
    assert (first.author, second.author) == ("Jo Doe", None)


def test_document_without_a_text_is_skipped_and_the_others_are_read(write_files):
    export = LEXIS.replace("LENGTH: 4 words\n\nIt came back.\n", "LENGTH: 0 words\n")

    article, skipped = read(write_files({"may.txt": export}))

    assert article.headline == "Ferry leaves at last"
    assert isinstance(skipped, Skipped)
    assert (skipped.place.endswith("may.txt[2]"), skipped.reason) == (True, "no text")


@pytest.mark.parametrize(
    "text",
    [
        "The essay has\n500 words\nand no number.\n",
        "500 words\n\nThe ferry left.\n\nDocument ALDP000020220509ei590000b\n",
        "Parts:\nBody\nEnd of Document\n",
        "HD is a code.\nPD and TD are two more.\n",
        "Length: 5 metres.\n\nThe ferry left.\n",
        "",
    ],
)
def test_text_with_such_words_is_no_export(text):
    assert split_documents(text) == []
