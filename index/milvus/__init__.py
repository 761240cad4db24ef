"""A coverage in Milvus, for more than one machine holds: its rows, editions, and lock."""
