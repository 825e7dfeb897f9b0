"""A crawl as large as a day's, of portals that fail now and then: see docs/reliability.md."""
