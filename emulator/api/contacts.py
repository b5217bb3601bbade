"""Members and departments, as far as an app made after June 2022 may read them."""

from flask import request

from emulator.api.gate import Body, Gate
from emulator.errors import ApiError
from emulator.settings import ROOT_DEPARTMENT, Department, Member
from emulator.state import State


def add_calls(gate: Gate, state: State) -> None:
    def get_user() -> Body:
        member = state.directory.find(request.args.get("userid", ""))
        if member is None:
            raise ApiError(60111)
        if not member.in_range:
            raise ApiError(60011)
        return _full(member)

    def list_users() -> Body:
        number = _department_id(state, "department_id")
        with_children = request.args.get("fetch_child") == "1"
        found = state.directory.of_department(number, with_children)
        return {"userlist": [_brief(member) for member in found if member.in_range]}

    def list_departments() -> Body:
        number = _department_id(state, "id")
        below = state.directory.below(number)
        found = [d for d in state.directory.departments() if d.id in below]
        return {"department": [_department(department) for department in found]}

    gate.add("GET", "user/get", get_user)
    gate.add("GET", "user/simplelist", list_users)
    gate.add("GET", "department/list", list_departments)


def _department_id(state: State, name: str) -> int:
    given = request.args.get(name) or str(ROOT_DEPARTMENT)
    if not given.isdigit() or state.directory.department(int(given)) is None:
        raise ApiError(60003)
    return int(given)


def _brief(member: Member) -> Body:
    return {"userid": member.userid, "name": member.name, "department": member.department}


def _full(member: Member) -> Body:
    count = len(member.department)
    return _brief(member) | {
        "order": [0] * count,
        "position": "",
        "is_leader_in_dept": [0] * count,
        "direct_leader": [],
        "alias": "",
        "main_department": member.department[0] if member.department else ROOT_DEPARTMENT,
        "status": member.status,
        "telephone": "",
    }


def _department(department: Department) -> Body:
    return {
        "id": department.id,
        "name": department.name,
        "name_en": "",
        "department_leader": [],
        "parentid": department.parentid,
        "order": 100000000 - department.id,
    }
