"""The WSGI entry point: `waitress-serve wsgi:app`, with the settings from the environment."""

from bot.app import create_app

app = create_app()
