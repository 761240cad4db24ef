"""On Record beside other libraries, measured; see `benchmarks/README.md`."""
