"""What should be there by now, and what is: the calendar of the statute against the store."""
