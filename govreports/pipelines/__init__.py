"""What happens to a page after it was received, one module a step: archive, extract, check, store."""
