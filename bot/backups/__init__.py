"""Backups: database and files in one zip, made while the service runs; and back again."""
