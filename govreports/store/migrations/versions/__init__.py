"""One module a revision. A revision that has been released is never edited; the next one changes what it
did.
"""
