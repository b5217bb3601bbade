"""Keeps everything: who, what was answered and when, what was said, what is still to be sent.

Functions take a transaction of `storage.database.Database` first and return small frozen rows.
Storage knows no domain types: answers and states are plain JSON, decimal numbers are strings.
"""
