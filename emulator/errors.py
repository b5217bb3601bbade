"""The API's errors: the code, its text, and the long form in which WeChat Work writes it.

Callers must decide by the code; the texts are as documented or as reported by users, those of
42027-42051 are our own wording because the real ones are not published.
"""

TEXTS = {
    -1: "system busy",
    40001: "invalid credential",
    40003: "invalid userid",
    40004: "invalid media type",
    40005: "invalid type",
    40006: "invalid media size",
    40007: "invalid media_id",
    40008: "invalid message type",
    40013: "invalid corpid",
    40014: "invalid access_token",
    40016: "invalid button size",
    40017: "invalid button type",
    40018: "invalid button name size",
    40019: "invalid button key size",
    40020: "invalid button url size",
    40022: "invalid sub button level",
    40023: "invalid sub button size",
    40024: "invalid sub button type",
    40025: "invalid sub button name size",
    40026: "invalid sub button key size",
    40027: "invalid sub button url size",
    40029: "invalid code",
    40032: "invalid userid list size",
    40035: "invalid parameter",
    40054: "invalid sub button url domain",
    40055: "invalid button url domain",
    40056: "invalid agentid",
    40058: "invalid Request Parameter",
    40123: "invalid image format",
    41001: "access_token missing",
    41002: "corpid missing",
    41004: "corpsecret missing",
    41006: "media_id missing",
    41011: "agentid missing",
    41016: "title missing",
    41033: "description missing",
    41090: "video is not mp4",
    41102: "button name missing",
    42001: "access_token expired",
    42003: "oauth code expired",
    42014: "taskid has existed or empty or exceed max len",
    42015: "agent not match with the card",
    42016: "task_id not exist",
    42017: "button key not exist",
    42022: "oauth code already used",
    42027: "Template_Card.horizontal_content_list.keyname missing",
    42028: "Template_Card url invalid or missing",
    42029: "Template_Card media_id invalid or missing",
    42030: "Template_Card appid missing",
    42031: "Template_Card.card_type invalid",
    42033: "Template_Card.jump_list.title missing",
    42035: "Template_Card.horizontal_content_list has more than 6 entries",
    42036: "Template_Card.vertical_content_list has more than 4 entries",
    42037: "Template_Card.checkbox.option_list needs 1 to 20 entries",
    42038: "Template_Card.button_list.text missing",
    42039: "Template_Card.button_list.key missing, too long or repeated",
    42040: "Template_Card.option_list.id missing, too long or repeated",
    42041: "Template_Card.option_list.text missing",
    42042: "Template_Card.jump_list has more than 3 entries",
    42043: "Template_Card.question_key missing, too long or repeated",
    42044: "Template_Card.card_image.url missing",
    42045: "Template_Card.card_action missing or invalid",
    42046: "Template_Card.submit_button.key missing or too long",
    42047: "Template_Card.select_list needs 1 to 3 entries",
    42049: "Template_Card.submit_button.text missing",
    42050: "Template_Card userid invalid or missing",
    42051: "Template_Card.action_menu.action_list.key missing, too long or repeated",
    43012: "agent need callback url",
    44001: "empty media data",
    44004: "empty content",
    45001: "media size out of limit",
    45002: "content size out of limit",
    45007: "playtime out of limit",
    45008: "article size out of limit",
    45009: "api freq out of limit",
    45033: "api concurrent out of limit",
    45034: "url must have a scheme",
    46003: "menu not exist",
    48002: "api forbidden",
    50001: "redirect_url not match the trusted domain",
    50003: "agent is disabled",
    60003: "department not found",
    60011: "no privilege to access/modify contact/party/agent",
    60020: "not allow to access from your ip",
    60111: "userid not found",
    81013: "user & party & tag all invalid",
    82001: "All of touser/toparty/totag is empty",
    82002: "invalid toparty list size",
    82003: "invalid totag list size",
    301002: "not allow operate another agent with this accesstoken",
    830002: "file size exceed limit, use Range header",
}


class ApiError(Exception):
    """An API call answered with an errcode; `detail` is added to the code's text."""

    def __init__(self, errcode: int, detail: str = "") -> None:
        self.errcode = errcode
        self.text = TEXTS.get(errcode, "error") + (f": {detail}" if detail else "")
        super().__init__(f"{errcode} {self.text}")


def long_text(error: ApiError, hint: str, ip: str) -> str:
    """The errmsg as WeChat Work writes it, with hint, address and a link."""
    return (
        f"{error.text}, hint: [{hint}], from ip: {ip}, "
        f"more info at https://open.work.weixin.qq.com/devtool/query?e={error.errcode}"
    )
