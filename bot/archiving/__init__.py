"""The archive of a cycle (归档): one zip with everything, and whether it still holds all of it."""
