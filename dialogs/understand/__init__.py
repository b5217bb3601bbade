"""What people write, read into values and commands. The lexicons stand here, in Chinese.

Every reader takes text and gives `Got` (a value and perhaps a note to be said) or `Ask` (what is
to be asked, never a guess).
"""
