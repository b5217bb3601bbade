"""Events that no click on the chat page makes: their fields as the app gets them.

What is not given is filled in with something likely, so that a test names only what matters.
"""

from typing import Any

Fields = dict[str, Any]
SYSTEM = "sys"
"""Who such events come from where no member is behind them."""

_KEYED: Fields = {"EventKey": "key"}
_SCAN: Fields = {**_KEYED, "ScanCodeInfo": {"ScanType": "qrcode", "ScanResult": "1"}}
_PICTURE: Fields = {"item": {"PicMd5Sum": "1b5f7c23b5bf75682a53e7b6d163e185"}}
_PICTURES: Fields = {**_KEYED, "SendPicsInfo": {"Count": 1, "PicList": _PICTURE}}
_PLACE: Fields = {"Location_X": 23.1, "Location_Y": 113.2, "Scale": 15, "Label": "-", "Poiname": ""}
_SPOT: Fields = {"Latitude": 23.1, "Longitude": 113.2, "Precision": 65, "AppType": "wxwork"}
_JOB: Fields = {"JobId": "job", "JobType": "sync_user", "ErrCode": 0, "ErrMsg": "ok"}
_APPROVAL: Fields = {"ApprovalInfo": {"SpNo": "202601010001", "SpStatus": 1}}

USUAL: dict[str, Fields] = {
    "LOCATION": _SPOT,
    "view_miniprogram": _KEYED,
    "scancode_push": _SCAN,
    "scancode_waitmsg": _SCAN,
    "pic_sysphoto": _PICTURES,
    "pic_photo_or_album": _PICTURES,
    "pic_weixin": _PICTURES,
    "location_select": {**_KEYED, "SendLocationInfo": _PLACE, "AppType": "wxwork"},
    "batch_job_result": {"BatchJob": _JOB},
    "change_contact": {"ChangeType": "update_user", "UserID": "somebody"},
    "open_approval_change": _APPROVAL,
    "sys_approval_change": _APPROVAL,
    "share_agent_change": {},
    "share_chain_change": {},
    "inactive_alert": {},
    "close_inactive_agent": {},
    "reopen_inactive_agent": {},
    "low_active_alert": {},
    "low_active": {},
    "active_restored": {},
}
UNASKED = frozenset(
    {"batch_job_result", "change_contact", "inactive_alert", "close_inactive_agent"}
    | {"reopen_inactive_agent", "low_active_alert", "low_active", "active_restored"}
)
"""Those with no member behind them."""
WITHOUT_AGENT = frozenset({"batch_job_result", "change_contact"})
"""They concern the address book, and name no app."""


def event_fields(event: str, given: Fields) -> Fields:
    """The event's own fields; an event that is not in the table has just those given."""
    return USUAL.get(event, {}) | given
