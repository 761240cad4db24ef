"""The coverage: files, text, vectors, quotes. Knows neither Discord nor the environment.

What each part imports of the others; `tests/test_architecture.py` holds the code to this table.

    dates        <-
    models       <- dates
    errors       <-
    files        <-
    feedback     <- errors
    onnx_files   <- errors
    text         <- models
    encoders     <- models errors files onnx_files
    charts       <- dates errors
    formats      <- models dates errors text
    web          <- models dates errors files text formats
    reader       <- models errors files onnx_files
    store        <- models dates errors text encoders reader
    milvus       <- models dates errors files text encoders store
    snapshot     <- models dates errors files text encoders store
    build        <- models dates errors text encoders charts formats store milvus snapshot reader
    training     <- models errors files text reader
    search       <- models dates errors text encoders store reader
    evaluation   <- models search
    answers      <- models errors text search reader
    timelines    <- models dates text encoders charts store reader search answers
    overview     <- dates charts store
    places       <- milvus snapshot store
    coverage     <- models encoders store places reader search answers timelines overview
"""
