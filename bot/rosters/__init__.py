"""The roster (名册): what it is now, what a new one changes, and how that is written."""
