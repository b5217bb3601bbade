"""Several things in one message, and which of several is meant."""
