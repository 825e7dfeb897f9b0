"""Many portals in one run: which, in what order, at whose pace, until when."""
