"""The app's menu: the rules of menu/create and looking a button up."""

from typing import Any

from emulator.errors import ApiError

Button = dict[str, Any]
KEYED = {
    "click",
    "scancode_push",
    "scancode_waitmsg",
    "pic_sysphoto",
    "pic_photo_or_album",
    "pic_weixin",
    "location_select",
}
TYPES = KEYED | {"view", "view_miniprogram"}
# For main and for sub buttons: type, name, key, url, url scheme.
MAIN_CODES = (40017, 40018, 40019, 40020, 40055)
SUB_CODES = (40024, 40025, 40026, 40027, 40054)


def check_menu(menu: dict[str, Any]) -> dict[str, Any]:
    """The menu if it keeps to the limits, else ApiError."""
    buttons = menu.get("button") or []
    if not _are_objects(buttons) or not 1 <= len(buttons) <= 3:
        raise ApiError(40016)
    for button in buttons:
        _check_main(button)
    return {"button": buttons}


def find_button(menu: dict[str, Any] | None, key: str) -> Button | None:
    """The button with this key, or with this address if it opens a page."""
    for button in (menu or {}).get("button", []):
        for entry in button.get("sub_button") or [button]:
            if key and key in (entry.get("key"), entry.get("url")):
                return dict(entry)
    return None


def _check_main(button: Button) -> None:
    children = button.get("sub_button") or []
    _check_name(button, 16, MAIN_CODES[1])
    if not children:
        _check_target(button, MAIN_CODES)
        return
    if not _are_objects(children) or len(children) > 5:
        raise ApiError(40023)
    for child in children:
        if child.get("sub_button"):
            raise ApiError(40022)
        _check_name(child, 40, SUB_CODES[1])
        _check_target(child, SUB_CODES)


def _are_objects(buttons: Any) -> bool:
    return isinstance(buttons, list) and all(isinstance(button, dict) for button in buttons)


def _check_name(button: Button, most: int, code: int) -> None:
    name = button.get("name")
    if not isinstance(name, str) or not name:
        raise ApiError(41102)
    if len(name.encode()) > most:
        raise ApiError(code)


def _check_target(button: Button, codes: tuple[int, int, int, int, int]) -> None:
    bad_type, _, bad_key, bad_url, bad_scheme = codes
    kind = button.get("type")
    if kind not in TYPES:
        raise ApiError(bad_type)
    if kind in KEYED and not 0 < len(str(button.get("key") or "").encode()) <= 128:
        raise ApiError(bad_key)
    if kind == "view":
        url = str(button.get("url") or "")
        if not 0 < len(url.encode()) <= 1024:
            raise ApiError(bad_url)
        if not url.startswith(("http://", "https://")):
            raise ApiError(bad_scheme)
