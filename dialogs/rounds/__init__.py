"""The coordinator's talk about the yearly exercise itself: its days, extensions, reminders, end.

Each file proposes one kind of change; `proposals` shows it with what it changes and for how many,
and one tap carries it out.
"""
