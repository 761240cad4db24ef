"""How fast On Record is, how much memory it takes, and what has become slower."""
