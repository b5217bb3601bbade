"""A text that is half said in the chat, and saved on the page meanwhile: nothing of it is lost."""

from __future__ import annotations

import re

import pytest

from storage import answers, conversations

BOX = re.compile(r'name="(label|was|event)\.([\w.]+)" value="([^"]*)"')
HALF_SAID = "聊天里写了一半的工作。"


@pytest.fixture
def half_said(services, form_id, clock):
    """The chat holds a piece of one text."""
    state = {"version": 3, "asked": "yearly_work", "texts": {"yearly_work": [HALF_SAID]}}
    with services.database.begin() as tx:
        conversations.keep(tx, "chenyu", form_id, state, clock())


@pytest.fixture
def save(browse, form_id):
    """Saves the text of the page."""

    def saved(text):
        browser, path = browse("chenyu"), f"/pages/texts/{form_id}/yearly_work"
        fields = {
            f"{kind}.{key}": value for kind, key, value in BOX.findall(browser.get(path).text)
        }
        assert browser.post(path, fields | {"text.yearly_work": text}).status_code == 303

    return saved


def waiting(services, form_id):
    with services.database.read() as tx:
        assert "yearly_work" in answers.present(tx, form_id)
        return conversations.load(tx, "chenyu", form_id)["texts"]


@pytest.mark.usefixtures("half_said")
def test_pieces_of_the_chat_wait_where_the_page_says_something_else(save, services, form_id):
    save("网页上写的另一段。")
    assert waiting(services, form_id) == {"yearly_work": [HALF_SAID]}


@pytest.mark.usefixtures("half_said")
def test_pieces_that_were_saved_on_the_page_are_done_with(save, services, form_id):
    save(f"{HALF_SAID}\n后面是网页上补的。")
    assert waiting(services, form_id) == {}
