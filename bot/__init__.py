"""Discord: puts questions to `index/` and shows the answers.

What each part imports of the others and of `index/`; `tests/test_architecture.py` holds the code
to this table.

    wording      <- index.models index.dates index.text index.charts index.search
    cards        <- wording index.models index.dates index.errors index.search index.answers
                    index.timelines index.overview
    runtime      <- wording cards index.coverage index.places index.dates index.errors index.charts
    features     <- wording cards runtime index.coverage index.models index.errors index.feedback
                    index.charts index.search index.answers index.timelines index.overview
    cogs         <- wording cards runtime features index.search
    settings     <- runtime index.places index.milvus index.reader index.search
    permissions  <-
    diagnostics  <- permissions runtime index.coverage index.places index.errors
    health       <- diagnostics
    client       <- wording runtime features cogs health index.coverage index.feedback
    __main__     <- runtime features settings permissions diagnostics health client index.coverage
                    index.errors index.feedback
"""
