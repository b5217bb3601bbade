"""Long texts on the page: read as in the chat, never over somebody else's answer."""

from __future__ import annotations

import html
import re

import pytest

from storage import answers, conversations

BOX = re.compile(
    r'name="(text|label|was|event)\.([\w.]+)"(?: value="([^"]*)"|[^>]*>\n([^<]*)</textarea>)'
)


def form_of(page: str) -> dict[str, str]:
    """All fields of the page as a browser would send them unchanged."""
    found = {}
    for kind, key, value, text in BOX.findall(page):
        found[f"{kind}.{key}"] = html.unescape(value or text)
    return found


@pytest.fixture
def write(browse, form_id):
    """Opens a question's page, changes some boxes, saves."""

    def written(question, changes, browser=None):
        browser = browser or browse("chenyu")
        path = f"/pages/texts/{form_id}/{question}"
        fields = form_of(browser.get(path).text)
        response = browser.post(path, fields | {f"text.{k}": v for k, v in changes.items()})
        return (
            browser.get(response.headers["Location"]) if response.status_code == 303 else response
        )

    return written


@pytest.fixture
def present(services, form_id):
    def read(fact):
        with services.database.read() as tx:
            return answers.present(tx, form_id).get(fact)

    return read


def test_the_list_names_long_texts_and_tables(browse, form_id):
    page = browse("chenyu").get(f"/pages/texts/{form_id}").text
    for label in ("主要职责", "年度总体工作", "重点工作任务", "存在的问题", "下一步工作计划"):
        assert label in page
    assert "三公经费" not in page
    assert "填报人" in page  # the hat


def test_a_text_is_kept_and_shown_again(write, present):
    page = write("yearly_work", {"yearly_work": "第一段。\r\n\r\n第二段 <b>& 其他</b>。"}).text
    assert present("yearly_work") == "第一段。\n\n第二段 <b>& 其他</b>。"
    assert "已保存" in page
    assert "&lt;b&gt;&amp; 其他" in page


def test_lines_become_rows_as_in_the_chat(write, present):
    write("duties", {"duties": "（1）贯彻执行国家方针政策\n2、拟订规划\n承办区委交办事项"})
    assert [row["text"] for row in present("duties")] == [
        "贯彻执行国家方针政策",
        "拟订规划",
        "承办区委交办事项",
    ]


def test_names_in_one_line_are_taken_apart_only_there(write, present):
    write("offices", {"offices": "办公室、业务股、财务股"})
    assert len(present("offices")) == 3
    write("offices", {"offices": "办公室\n业务股\n财务股\n机关党委、团委"})
    assert [row["name"] for row in present("offices")][-1] == "机关党委、团委"


def test_a_table_pasted_from_a_spreadsheet(write, present):
    write("staffing", {"staffing": "行政编制\t20\t18\n工勤编制\t3\t2"})
    assert len(present("staffing")) == 2
    page = write("staffing", {"staffing": "行政编制\t若干\t18"})
    assert page.status_code == 200
    assert "这一行没看懂" in page.text
    assert "若干" in page.text
    assert len(present("staffing")) == 2


def test_what_was_written_about_a_row_stays_with_it(write, present):
    write("problems", {"problems": "预算编制不细\n绩效意识不强"})
    write("problems", {"problems.0.text": "测算依据不足。", "problems.1.text": "培训少。"})
    write("problems", {"problems": "绩效意识不强\n预算编制不够细\n预算编制不细"})
    assert present("problems") == [
        {"title": "绩效意识不强", "text": "培训少。"},
        {"title": "预算编制不够细"},
        {"title": "预算编制不细", "text": "测算依据不足。"},
    ]


def test_a_renamed_row_keeps_its_text(write, present):
    write("problems", {"problems": "预算编制不细\n绩效意识不强"})
    write("problems", {"problems.0.text": "测算依据不足。"})
    write("problems", {"problems": "预算编制不够精细\n绩效意识不强"})
    assert present("problems")[0] == {"title": "预算编制不够精细", "text": "测算依据不足。"}


def test_a_row_that_goes_with_its_text_is_named(write, present):
    write("problems", {"problems": "预算编制不细\n绩效意识不强"})
    write("problems", {"problems.1.text": "培训少。"})
    page = write("problems", {"problems": "预算编制不细"}).text
    assert "去掉的绩效意识不强" in page
    assert present("problems") == [{"title": "预算编制不细"}]


def test_exact_figures_survive_a_change_of_another_line(write, present, filled):
    before = present("special_funds")
    page = write("special_funds", {}).text
    assert "内容没有变化" in page
    assert present("special_funds") == before
    assert len(before) > 1


@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_an_emptied_box_takes_nothing_back(write, present, words):
    write("yearly_work", {"yearly_work": "全年工作。"})
    assert "没有保存" in write("yearly_work", {"yearly_work": words}).text
    assert present("yearly_work") == "全年工作。"


def test_too_long_a_text_is_refused_with_its_length(write, present):
    page = write("income_general_reason", {"income_general_reason": "多" * 301})
    assert "301" in page.text
    assert "多" * 301 in page.text
    assert present("income_general_reason") is None


def test_nothing_is_written_over_an_answer_given_meanwhile(browse, form_id, services, clock):
    browser, path = browse("chenyu"), f"/pages/texts/{form_id}/yearly_work"
    fields = form_of(browser.get(path).text)
    with services.database.begin() as tx:
        answers.record(tx, form_id, {"yearly_work": "同事写的。"}, "x", "zhouning", clock())
    mine = fields | {"text.yearly_work": "我写的。"}
    response = browser.post(path, mine)
    assert response.status_code == 409
    for part in ("周宁改过这一题", "同事写的。", "我写的。"):
        assert part in response.text
    with services.database.read() as tx:
        assert answers.present(tx, form_id)["yearly_work"] == "同事写的。"
    again = form_of(response.text)
    assert again["text.yearly_work"] == "我写的。"
    # As a browser sends it: the box differs from what stands by now.
    assert browser.post(path, again).status_code == 303
    with services.database.read() as tx:
        assert answers.present(tx, form_id)["yearly_work"] == "我写的。"


def test_a_text_about_a_row_never_lands_on_another(browse, write, form_id, services, clock):
    write("problems", {"problems": "预算编制不细\n绩效意识不强"})
    browser, path = browse("chenyu"), f"/pages/texts/{form_id}/problems"
    fields = form_of(browser.get(path).text)
    with services.database.begin() as tx:
        rows = [{"title": "另一个问题"}, {"title": "绩效意识不强"}]
        answers.record(tx, form_id, {"problems": rows}, "x", "zhouning", clock())
    response = browser.post(path, fields | {"text.problems.0.text": "测算依据不足。"})
    assert response.status_code == 409
    kept = form_of(response.text)
    assert kept.get("text.problems.0.text", "") == ""
    assert "测算依据不足。" in response.text


def test_the_chat_forgets_rows_half_typed_for_the_same(write, services, form_id, clock):
    state = {"version": 2, "drafts": {"duties": [{"text": "旧"}], "offices": [{"name": "甲"}]}}
    state |= {
        "odd": {"duties": ["1\t嗯"], "offices": ["1\t啊"]},
        "tables": {"duties": {"later": 1}},
    }
    with services.database.begin() as tx:
        conversations.keep(tx, "chenyu", form_id, state, clock())
    write("duties", {"duties": "拟订规划"})
    with services.database.read() as tx:
        kept = conversations.load(tx, "chenyu", form_id)
    assert list(kept["drafts"]) == list(kept["odd"]) == ["offices"]
    assert kept["tables"] == {}


def test_a_secret_text_is_refused_unstored(write, present):
    response = write("yearly_work", {"yearly_work": "机密★1年\n全年工作。"})
    assert response.status_code == 409
    assert present("yearly_work") is None


def test_a_form_sent_in_is_only_shown(browse, form_id, services, clock):
    from storage import forms

    browser, path = browse("chenyu"), f"/pages/texts/{form_id}/yearly_work"
    fields = form_of(browser.get(path).text)
    with services.database.begin() as tx:
        forms.set_state(tx, form_id, "drafting", "in_review", clock())
    assert 'type="submit"' not in browser.get(path).text
    response = browser.post(path, fields | {"text.yearly_work": "改。"})
    assert response.status_code == 409


def test_unknown_questions_and_boxes_are_not_there(browse, form_id):
    browser = browse("chenyu")
    assert browser.get(f"/pages/texts/{form_id}/nothing").status_code == 404
    assert browser.get(f"/pages/texts/{form_id}/cover").status_code == 404
    path = f"/pages/texts/{form_id}/yearly_work"
    sent = browser.post(path, {"text.department_name": "冒名", "text.a.b.c": "x", "event.x": "y"})
    assert sent.status_code == 409


def test_a_box_left_as_it_was_never_brings_an_old_text_back(browse, form_id, services, clock):
    """Two boxes on a page; a colleague changes the one that is not touched here."""
    with services.database.begin() as tx:
        rows = [{"title": "预算编制不细", "text": "旧的。"}, {"title": "绩效意识不强"}]
        answers.record(tx, form_id, {"problems": rows}, "x", "chenyu", clock())
    browser, path = browse("chenyu"), f"/pages/texts/{form_id}/problems"
    fields = form_of(browser.get(path).text)
    with services.database.begin() as tx:
        changed = [rows[0] | {"text": "同事新写的。"}, rows[1]]
        answers.record(tx, form_id, {"problems": changed}, "x", "zhouning", clock())
    response = browser.post(path, fields | {"text.problems.1.text": "培训少。"})
    assert response.status_code == 409
    again = form_of(response.text)
    assert again["text.problems.0.text"] == "同事新写的。"
    assert browser.post(path, again).status_code == 303
    with services.database.read() as tx:
        kept = answers.present(tx, form_id)["problems"]
    assert [row["text"] for row in kept] == ["同事新写的。", "培训少。"]
