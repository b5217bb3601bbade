"""`jixiao menu`: puts the app's menu into WeChat Work."""

from __future__ import annotations

import click
import yaml
from pydantic import ValidationError

from bot.commands.starting import Refusal, faults_of, refusing_system, settings_or_exit
from bot.menu import menu_of, read_menu
from bot.phrases import phrase
from bot.services import make_services
from bot.wecom.errors import CallFailed
from storage import schema


@click.command(help=phrase("help_menu"))
@click.option("--show", is_flag=True, help=phrase("help_menu_show"))
@refusing_system
def menu(show: bool) -> None:
    """Replaces the present menu; the client shows it when a member opens the app again."""
    settings = settings_or_exit()
    try:
        wanted = menu_of(settings, read_menu(settings.menu_file))
    except ValidationError as error:
        raise Refusal("\n".join(faults_of(error, lambda place: place))) from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise Refusal(phrase("menu_unreadable", file=settings.menu_file)) from None
    for button in wanted["button"]:
        names = [below["name"] for below in button.get("sub_button", ())]
        click.echo(phrase("menu_line", name=button["name"], below=" ".join(names)).rstrip())
    if not settings.public_url:
        click.echo(phrase("menu_no_pages"))
    if show:
        return
    services = make_services(settings)
    try:
        schema.upgrade(services.database)
        services.api.create_menu(wanted)
    except CallFailed as error:
        raise Refusal(phrase("menu_refused", what=str(error))) from None
    finally:
        services.close()
    click.echo(phrase("menu_created"))
