"""A ready district in the browser: the bot and the emulator on this machine, talking for real."""
