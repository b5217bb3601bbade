"""The XML of a passive reply, ready to be sealed.

Our own writer, because wechatpy puts people's text into CDATA as it is: a "]]>" in it would
end the section and inject XML. Source: path 90241.
"""

from datetime import datetime

from bot.wecom.inbound import Inbound
from bot.wecom.texts import byte_length, clean

MAX_BYTES = 1900


def text_reply(to: Inbound | str, from_: str, text: str, now: datetime) -> str:
    """A text to the member `to` (or to who sent it) from the corp id `from_`.

    Raises ValueError for an empty text and for one above 1,900 bytes: the service would cut
    it silently at 2,048 and a passive reply gets no second chance.
    """
    text = clean(text)
    if not text.strip():
        raise ValueError("a passive reply needs a text; for no reply answer an empty body")
    if byte_length(text) > MAX_BYTES:
        raise ValueError(f"text has {byte_length(text)} bytes, a passive reply {MAX_BYTES} at most")
    return _reply(to, from_, now, "text", f"<Content>{_cdata(text)}</Content>")


def button_reply(to: Inbound | str, from_: str, replace_name: str, now: datetime) -> str:
    """The reply to a click that greys the card's buttons and names them `replace_name`."""
    replace_name = clean(replace_name)
    if not replace_name.strip():
        raise ValueError("the greyed button needs a name")
    button = f"<Button><ReplaceName>{_cdata(replace_name)}</ReplaceName></Button>"
    return _reply(to, from_, now, "update_button", button)


def _reply(to: Inbound | str, from_: str, now: datetime, kind: str, content: str) -> str:
    receiver = to if isinstance(to, str) else to.sender
    return (
        f"<xml><ToUserName>{_cdata(receiver)}</ToUserName>"
        f"<FromUserName>{_cdata(from_)}</FromUserName>"
        f"<CreateTime>{int(now.timestamp())}</CreateTime>"
        f"<MsgType>{_cdata(kind)}</MsgType>{content}</xml>"
    )


def _cdata(text: str) -> str:
    return f"<![CDATA[{clean(text).replace(']]>', ']]]]><![CDATA[>')}]]>"
