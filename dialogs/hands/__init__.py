"""Many hands: questions handed to colleagues, and the interview of those who help."""
