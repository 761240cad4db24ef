"""Articles from the web: feeds, sitemaps and pages → a folder of article files."""
