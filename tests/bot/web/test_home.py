"""The first page shows each person what is theirs, and leads to the right form."""

from __future__ import annotations

from storage import people, stand_ins


def test_a_contact_sees_form_progress_and_pages(browse, form_id):
    page = browse("chenyu").get("/pages/home").text
    assert "梅州市梅江区科工商务局" in page
    assert "填报人" in page
    assert "填报中" in page
    assert "2022-06-15" in page
    assert "已答 0/" in page
    assert f'href="/pages/texts/{form_id}"' in page
    assert "民政局" not in page


def test_a_reviewer_gets_no_links_to_the_contacts_pages(browse, form_id):
    page = browse("linfan").get("/pages/home").text
    assert "审核人" in page
    assert f"/pages/texts/{form_id}" not in page


def test_a_coordinator_sees_all_departments(browse):
    page = browse("zhouning").get("/pages/home").text
    assert page.count("统筹") >= 4
    assert "水务局" in page


def test_one_hat_for_each_role(browse, services, form_id):
    with services.database.begin() as tx:
        people.grant(tx, "chenyu", "finance")
    page = browse("chenyu").get("/pages/home").text
    assert "填报人" in page
    assert "财政" in page
    # Their own form comes first.
    assert page.index("科工商务局") < page.index("民政局")


def test_a_stand_in_sees_what_they_stand_in_for(browse, services, clock):
    with services.database.begin() as tx:
        department = people.roles(tx, "linfan")[0].department_id
        stand_ins.add(tx, department, "linfan", "gaolan", "linfan", clock())
    assert "科工商务局" in browse("gaolan").get("/pages/home").text


def test_somebody_without_any_form_hears_whom_to_ask(browse, services):
    with services.database.begin() as tx:
        people.upsert(tx, "newcomer", "新人")
    response = browse("newcomer").get("/pages/home")
    assert response.status_code == 200
    assert "周宁" in response.text


def test_a_page_without_a_form_leads_to_the_only_one(browse, form_id):
    response = browse("chenyu").get("/pages/texts")
    assert response.request.path == f"/pages/texts/{form_id}"


def test_a_page_without_a_form_lets_choose(browse, services):
    with services.database.begin() as tx:
        other = people.roles(tx, "hesui")[0].department_id
        people.grant(tx, "chenyu", "contact", other)
    page = browse("chenyu").get("/pages/texts").text
    assert "科工商务局" in page
    assert "民政局" in page


def test_a_page_that_is_not_for_them_says_so(browse):
    page = browse("linfan").get("/pages/texts").text
    assert "没有要您在这一页办的事" in page
    assert browse("linfan").get("/pages/unheard-of").status_code == 404
