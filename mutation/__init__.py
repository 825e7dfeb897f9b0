"""Which small changes to the code that reads figures no test notices, and why that is right."""
