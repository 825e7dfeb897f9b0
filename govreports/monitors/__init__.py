"""Whether a portal is still as well as it was: judged after each crawl, told once when that changes."""
