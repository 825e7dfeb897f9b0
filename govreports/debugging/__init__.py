"""For whoever has a page that does not parse: it is opened, drawn as it was understood, explained, made a test case."""
