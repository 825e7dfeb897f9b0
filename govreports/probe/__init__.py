"""What a probe found, told to a person: an account, a registry entry to paste, a fixture to start from."""
