"""The emulated corporation as tests and the chat page use it: people act, the app is called.

Every action calls the app back for real (encrypted, signed, tried again) and returns the bubbles
that its passive reply brought, usually none or one. Actions that a person could not do raise
:class:`emulator.clicks.Refused`.
"""

import time
from collections.abc import Callable
from pathlib import Path

from emulator.callbacks import AddressCheck, Caller, Letter
from emulator.chat import Bubble
from emulator.clicks import Choices, Refused, press_fields, selected_items, submit_fields
from emulator.clock import Clock
from emulator.dialogue import Doing, Step, as_dialogue, said, tapped
from emulator.events import SYSTEM, UNASKED, WITHOUT_AGENT, event_fields
from emulator.media import Media
from emulator.menu import find_button
from emulator.passive import take_reply
from emulator.postbag import Postbag
from emulator.settings import Member, Settings
from emulator.state import State
from emulator.transport import HttpTransport, Transport
from emulator.xml import write

Fields = dict[str, object]


class World(State):
    """State plus everything that members can do.

    `deliver` carries the callbacks: real HTTP unless a test hands in
    :func:`emulator.transport.wsgi_transport`.
    """

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        deliver: Transport | None = None,
        pause: Callable[[float], None] = time.sleep,
        record_path: Path | None = None,
    ) -> None:
        super().__init__(settings, clock, pause, record_path)
        self.caller = Caller(self, deliver or HttpTransport())
        self.postbag = Postbag(self, self.caller)
        self.doings: list[Doing] = []
        self.shut: Callable[[float], None] | None = None
        """Shuts the door for so many seconds; None where there is none."""

    # What one sees

    def seen(self, userid: str, since: int = 0) -> list[Bubble]:
        """The member's bubbles, or those new or changed after revision `since`."""
        return self.chats.of(self._member(userid).userid, since)

    def newest(self, userid: str) -> Bubble | None:
        """The newest message of the bot to this member."""
        return self.chats.newest(self._member(userid).userid)

    def dialogue(self, userid: str, name: str) -> str:
        """The member's conversation so far as a dialogue test (YAML)."""
        done = [doing for doing in self.doings if doing.userid == userid]
        return as_dialogue(name, done, self.seen(userid))

    def verify_url(self) -> AddressCheck:
        """Plays the check that saving the callback address triggers."""
        return self.caller.verify()

    # Messages

    def say(self, userid: str, text: str) -> list[Bubble]:
        self._did(userid, said(text))
        self._own(userid, "text", {"content": text})
        return self._message(userid, "text", {"Content": text})

    def send_image(self, userid: str, content: bytes, name: str = "photo.jpg") -> list[Bubble]:
        media = self._own_media(userid, "image", name, content)
        fields: Fields = {"PicUrl": self._address(media), "MediaId": media.media_id}
        return self._message(userid, "image", fields)

    def send_voice(self, userid: str, content: bytes, name: str = "voice.amr") -> list[Bubble]:
        media = self._own_media(userid, "voice", name, content)
        return self._message(userid, "voice", {"MediaId": media.media_id, "Format": "amr"})

    def send_video(self, userid: str, content: bytes, name: str = "video.mp4") -> list[Bubble]:
        media = self._own_media(userid, "video", name, content)
        if not self.settings.deliver_video_messages:
            self.journal.note("dropped", "video_untold", userid)
            return []
        fields: Fields = {"MediaId": media.media_id, "ThumbMediaId": media.media_id}
        return self._message(userid, "video", fields)

    def send_file(self, userid: str, content: bytes, name: str) -> list[Bubble]:
        """The member sees the file as sent; the app is told nothing unless the switch is on."""
        delivered = self.settings.deliver_file_messages
        hint = "" if delivered else "file_not_delivered"
        media = self._own_media(userid, "file", name, content, hint)
        if not delivered:
            self.journal.note("dropped", "file_untold", userid)
            return []
        fields: Fields = {"FileName": name, "MediaId": media.media_id, "FileSize": len(content)}
        return self._message(userid, "file", fields)

    def send_location(
        self, userid: str, latitude: float, longitude: float, label: str
    ) -> list[Bubble]:
        self._own(userid, "location", {"content": label})
        place = {"Location_X": latitude, "Location_Y": longitude, "Scale": 15, "Label": label}
        return self._message(userid, "location", place | {"AppType": "wxwork"})

    def send_link(self, userid: str, title: str, description: str, url: str) -> list[Bubble]:
        self._own(userid, "link", {"title": title, "description": description, "url": url})
        link: Fields = {"Title": title, "Description": description, "Url": url, "PicUrl": ""}
        return self._message(userid, "link", link)

    def send_other(self, userid: str, kind: str, fields: Fields) -> list[Bubble]:
        """A message of a type that the documents do not name."""
        self._own(userid, kind, {"content": kind})
        return self._message(userid, kind, fields)

    # Events

    def happen(self, event: str, userid: str = "", fields: Fields | None = None) -> list[Bubble]:
        """Any event of `emulator.events`, with these fields; some have no member behind them."""
        who = SYSTEM if event in UNASKED else self._reachable(userid).userid
        inner: Fields = {"Event": event, **event_fields(event, fields or {})}
        return self._tell(who, "event", inner, event)

    def open_app(self, userid: str) -> list[Bubble]:
        """The member opens the app's chat; the app is told if report_enter is on."""
        if not self.settings.report_enter:
            return []
        self._did(userid, {"opened": True})
        return self._event(userid, "enter_agent", {"EventKey": ""})

    def subscribe(self, userid: str) -> list[Bubble]:
        """The member comes into the app's visible range."""
        self.directory.set_in_range(self._member(userid).userid, True)
        return self._event(userid, "subscribe", {})

    def unsubscribe(self, userid: str) -> list[Bubble]:
        """The member leaves the visible range: sends to them become invalid."""
        bubbles = self._event(userid, "unsubscribe", {})
        self.directory.set_in_range(self._member(userid).userid, False)
        return bubbles

    def menu_click(self, userid: str, key: str) -> list[Bubble]:
        """A menu entry, by its key, or by its address for one that opens a page."""
        button = find_button(self.menu, key)
        if button is None:
            raise Refused("no_menu", key=key)
        self._did(userid, said(key))
        return self._event(userid, str(button["type"]), {"EventKey": key})

    def press(
        self,
        userid: str,
        message_id: int,
        key: str,
        *,
        chosen: str | None = None,
        force: bool = False,
    ) -> list[Bubble]:
        """A button of a card; `force` presses a greyed one, as a double tap does."""
        bubble = self._card(userid, message_id, force)
        event, extra = press_fields(bubble, key, chosen)
        self._did(userid, tapped([key]))
        if bubble.card:
            bubble.card.pressed = key
            self.chats.touch(bubble)
        return self._click(bubble, event, key, extra)

    def submit(
        self,
        userid: str,
        message_id: int,
        picked: list[str] | dict[str, str],
        *,
        force: bool = False,
    ) -> list[Bubble]:
        """A vote card with option ids, or a multiple card with question key -> option id."""
        bubble = self._card(userid, message_id, force)
        key, choices = submit_fields(bubble, picked)
        self._did(userid, tapped([each for ids in choices.values() for each in ids]))
        self._remember(bubble, key, choices)
        return self._click(bubble, "template_card_event", key, selected_items(choices))

    # Inside

    def _click(self, bubble: Bubble, event: str, key: str, extra: Fields) -> list[Bubble]:
        task_id = str(bubble.content.get("task_id", ""))
        fields: Fields = {
            "EventKey": key,
            "TaskId": task_id,
            "CardType": bubble.content["card_type"],
            "ResponseCode": self.cards.issue(task_id, [bubble.userid]),
        }
        return self._event(bubble.userid, event, fields | extra, clicked=bubble)

    def _remember(self, bubble: Bubble, key: str, choices: Choices) -> None:
        if bubble.card:
            bubble.card.pressed = key
            bubble.card.selected = choices
            self.chats.touch(bubble)

    def _message(self, userid: str, kind: str, fields: Fields) -> list[Bubble]:
        inner = fields | {"MsgId": self.next_msg_id()}
        return self._call(userid, kind, inner, event=None, clicked=None)

    def _did(self, userid: str, step: Step) -> None:
        """Notes what a member does, for the dialogue that is written down."""
        newest = self.chats.of(userid)
        self.doings.append(Doing(userid, step, newest[-1].id if newest else 0))

    def _event(
        self, userid: str, event: str, fields: Fields, clicked: Bubble | None = None
    ) -> list[Bubble]:
        return self._call(userid, "event", {"Event": event} | fields, event, clicked)

    def _call(
        self, userid: str, kind: str, fields: Fields, event: str | None, clicked: Bubble | None
    ) -> list[Bubble]:
        member = self._reachable(userid)
        return self._tell(member.userid, kind, fields, event, clicked)

    def _tell(
        self,
        userid: str,
        kind: str,
        fields: Fields,
        event: str | None = None,
        clicked: Bubble | None = None,
    ) -> list[Bubble]:
        """Lets the app know, and shows what it answers, now or when the callback gets there."""
        head: Fields = {
            "ToUserName": self.settings.corp_id,
            "FromUserName": userid,
            "CreateTime": int(self.clock().timestamp()),
            "MsgType": kind,
        }
        tail: Fields = {} if event in WITHOUT_AGENT else {"AgentID": self.settings.agent_id}
        letter = Letter(
            self.record.next_letter(),
            write(head | fields | tail),
            userid,
            event or kind,
            str(fields.get("MsgId", "")),
        )

        def take(letter: Letter, body: str) -> list[Bubble]:
            return take_reply(self, body, userid, event, clicked, letter.number)

        return self.postbag.bring(letter, take)

    def _own(self, userid: str, kind: str, content: dict[str, object], hint: str = "") -> None:
        self.chats.add(self._reachable(userid).userid, "member", kind, content, hint=hint)

    def _own_media(
        self, userid: str, kind: str, name: str, content: bytes, hint: str = ""
    ) -> Media:
        media = self.shelf.put(kind, name, content)
        shown: Fields = {"media_id": media.media_id, "name": name, "size": len(content)}
        self._own(userid, kind, shown, hint)
        return media

    def _address(self, media: Media) -> str:
        return f"http://{self.settings.host}:{self.settings.port}/emulator/files/{media.media_id}"

    def _card(self, userid: str, message_id: int, force: bool) -> Bubble:
        bubble = self.chats.get(message_id)
        if bubble is None or bubble.userid != self._member(userid).userid or not bubble.card:
            raise Refused("no_card")
        if bubble.card.grey and not force:
            raise Refused("greyed")
        return bubble

    def _member(self, userid: str) -> Member:
        member = self.directory.find(userid)
        if member is None:
            raise Refused("nobody", userid=userid)
        return member

    def _reachable(self, userid: str) -> Member:
        member = self._member(userid)
        if not member.in_range:
            raise Refused("out_of_range", userid=userid)
        return member
