"""The practice Facebook's Graph API: one call in, one answer out, as graph.facebook.com gives it."""

import base64
import binascii
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from gui.practice import edges, oauth
from gui.practice.answers import Answer, ApiError, Call
from gui.practice.faults import TOKEN_DEATHS
from gui.practice.rows import PAGE_FIELDS, field_names, page_row
from gui.practice.tokens import PAGE, SYSTEM_USER, USER, TokenRecord
from gui.practice.world import (
    DATA_ACCESS,
    DAY,
    OTHER_APP_ID,
    Person,
    PracticeApp,
    PracticePage,
    World,
)

#: Stands among an answer's headers where the connection is to be dropped instead of answering.
DROP_CONNECTION = "x-practice-drop"
_KINDS = {USER: "USER", PAGE: "PAGE", SYSTEM_USER: "SYSTEM_USER"}
_PAGE_DEFAULTS = ("id", "name")
_ROW_DEFAULTS = ("access_token", "category", "category_list", "name", "id", "tasks")
_NOT_FOUND = (
    "Unsupported get request. Object with ID '{0}' does not exist, "
    "cannot be loaded due to missing permissions, or does not "
    "support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api"
)


class GraphApi:
    """Answers calls from one World. `base_url` is this server's own address."""

    def __init__(self, world: World, base_url: str) -> None:
        self.world = world
        self.base_url = base_url

    def answer(self, call: Call) -> Answer:
        try:
            return self._route(call)
        except ApiError as error:
            if self.world.faults.is_active("no_subcode"):
                error.error.pop("error_subcode", None)
            return error.answer

    def _route(self, call: Call) -> Answer:
        path = call.path
        if not path or path == ("",):
            return self._batch(call) if "batch" in call.params else self._by_ids(call)
        if path[0] == "oauth" and path[1:] == ("access_token",):
            return Answer(200, oauth.access_token(self.world, call))
        if path[0] == "debug_token":
            if self.world.faults.is_active("debug_refused"):
                raise ApiError("(#200) This call is not allowed for this app.", 200, status=403)
            if self.world.faults.is_active("debug_without_data"):
                return Answer(200, {})
            return Answer(200, {"data": self._debug(call)})
        if "after" in call.params:
            self._die_midway(call)
        app = self.world.app_by_id(path[0])
        if app is not None and len(path) == 1:
            if self._check_app_token(call.token) is not app:
                raise ApiError(_NOT_FOUND.format(app.id), 100, subcode=33, kind="GraphMethodException")
            return Answer(
                200,
                {
                    "id": app.id,
                    "name": app.name,
                    **({"link": f"{self.base_url}/games/"} if "link" in call.params.get("fields", "") else {}),
                },
            )
        record = self.check_token(call)
        person = self.world.people[record.person]
        if record.kind == PAGE and path[0] == "me":
            path = (self.world.page(record.page - 1).id, *path[1:])
        if path[0] in {"me", person.user_id}:
            return self._person(call, record, person, path[1:])
        for index, (business_id, _) in enumerate(person.portfolios, 1):
            if path[0] == business_id:
                return self._business(call, record, person, index, path[1:])
        return self._page(call, record, path)

    def _die_midway(self, call: Call) -> None:
        """What befalls the login after the first piece of a list; from then on it is so."""
        record = self.world.mint.read(call.token)
        if record is None:
            return
        grant = self.world.grant_of(record)
        if self.world.faults.is_active("login_dies_midway"):
            grant.revoked = True
            raise ApiError("Error validating access token: the session is no longer good.", 190)
        if self.world.faults.is_active("secret_reset_midway"):
            raise ApiError("Error validating access token: The session has been invalidated.", 190, subcode=466)
        if self.world.faults.is_active("permission_taken_midway"):
            bit = self.world.scope_bits(["pages_show_list"]) & ~1
            grant.scopes &= ~bit
            grant.declined |= bit

    # -------------------------------------------------------------- who calls
    def _death_error(self, name: str) -> ApiError:
        subcode, message = TOKEN_DEATHS[name]
        return ApiError(message, 190, subcode=subcode)

    def _check_app_token(self, token: str) -> PracticeApp:
        faults = self.world.faults
        app_id, _, secret = token.partition("|")
        if faults.is_active("app_deleted"):
            raise ApiError("Error validating application. Application has been deleted.", 101)
        app = self.world.app_by_id(app_id)
        if app is None or faults.is_active("app_unknown"):
            raise ApiError("Error validating application. Cannot get application info due to a system error.", 101)
        if not hmac.compare_digest(secret, app.secret) or faults.is_active("wrong_secret"):
            raise ApiError("Invalid OAuth access token signature.", 190)
        if faults.is_active("native_desktop_104"):
            raise ApiError("An access token is required to request this resource.", 104)
        if faults.is_active("native_desktop"):
            raise ApiError(
                "(#100) You must provide an app access token, or a user access token that is an owner or developer of "
                "the app",
                100,
            )
        return app

    def check_token(self, call: Call) -> TokenRecord:
        """The record of the call's User or Page token, alive and with a right proof; else ApiError."""
        if not call.token:
            if call.path[0] == "me":
                raise ApiError("An active access token must be used to query information about the current user.", 2500)
            raise ApiError("An access token is required to request this resource.", 104)
        if "|" in call.token:
            self._check_app_token(call.token)
            raise ApiError("(#200) This call requires a user access token.", 200)
        record = self.world.mint.read(call.token)
        if record is None:
            raise ApiError("Invalid OAuth access token - Cannot parse access token", 190)
        if record.other_app and call.params.get("appsecret_proof"):
            raise ApiError("Invalid appsecret_proof provided in the API argument", 100, kind="GraphMethodException")
        self.check_alive(record)
        self._check_proof(call, self.world.apps[record.app])
        return record

    def check_alive(self, record: TokenRecord) -> None:
        death = self.world.faults.first(*(name for name in TOKEN_DEATHS if name != "role_lost"))
        if death:
            raise self._death_error(death)
        if self.world.faults.is_active("blocked_for_misuse"):
            raise ApiError("The action attempted has been deemed abusive or is otherwise disallowed", 368)
        if record.expires_at and record.expires_at <= self.world.now():
            raise self._death_error("token_expired")
        if self.world.grant_of(record).revoked:
            raise self._death_error("app_removed")
        if record.kind == PAGE and (
            self.world.faults.is_active("role_lost")
            or (record.page % 40 == 11 and self.world.faults.is_active("some_roles_lost"))
        ):
            raise self._death_error("role_lost")

    def _check_proof(self, call: Call, app: PracticeApp) -> None:
        proof = call.params.get("appsecret_proof", "")
        if not proof:
            if self.world.faults.is_active("require_proof"):
                raise ApiError(
                    "API calls from the server require an appsecret_proof argument", 100, kind="GraphMethodException"
                )
            return
        message = call.token
        if "appsecret_time" not in call.params and self.world.faults.is_active("proof_needs_time"):
            raise ApiError("Invalid appsecret_proof provided in the API argument", 100, kind="GraphMethodException")
        if stamp := call.params.get("appsecret_time"):
            message = f"{call.token}|{stamp}"
            if not stamp.isdecimal() or abs(self.world.now() - int(stamp)) > 300:
                raise ApiError("Invalid appsecret_proof provided in the API argument", 100, kind="GraphMethodException")
        expected_proof = hmac.new(app.secret.encode(), message.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected_proof, proof.lower()):
            raise ApiError("Invalid appsecret_proof provided in the API argument", 100, kind="GraphMethodException")

    def _has_permission(self, record: TokenRecord, permission: str) -> bool:
        return permission in self.world.scope_names(self.world.grant_of(record).scopes)

    # ----------------------------------------------------------------- people
    def _person(self, call: Call, record: TokenRecord, person: Person, rest: tuple[str, ...]) -> Answer:
        grant = self.world.grant_of(record)
        if not rest:
            fields = {
                "id": person.user_id,
                "name": person.name,
                "first_name": person.name.split()[0],
                "last_name": person.name.split()[-1],
            }
            names = field_names(call.params.get("fields", "")) or ["id", "name"]
            unknown_names = [name for name in names if name not in fields and name not in {"picture", "email", "link"}]
            if unknown_names:
                raise ApiError(
                    f"(#100) Tried accessing nonexisting field ({unknown_names[0]}) on node type (User)", 100
                )
            return Answer(200, {name: fields[name] for name in dict.fromkeys([*names, "id"]) if name in fields})
        if rest == ("permissions",) and call.method == "GET":
            permissions = self.world.scope_names(grant.scopes)
            lapsed_names = {"pages_show_list"} if self.world.faults.is_active("permission_lapsed") else set()
            granted_rows = [
                {"permission": name, "status": "expired" if name in lapsed_names else "granted"} for name in permissions
            ]
            declined_rows = [
                {"permission": name, "status": "declined"} for name in self.world.scope_names(grant.declined)
            ]
            return Answer(200, {"data": granted_rows + declined_rows})
        if rest[0] == "permissions" and call.method == "DELETE":
            if len(rest) == 2:
                grant.scopes &= ~self.world.scope_bits([rest[1]]) | 1
            else:
                grant.revoked = True
            if self.world.faults.is_active("delete_answer_lost"):
                return Answer(200, True, {DROP_CONNECTION: "1"})
            return Answer(200, {"success": True} if self.world.faults.is_active("delete_success") else True)
        if rest == ("accounts",):
            empty = not self._has_permission(record, "pages_show_list") or self.world.faults.is_active("no_accounts")
            rows = [] if empty else self.world.chosen(person, grant)
            if self.world.faults.is_active("first_not_listed"):
                rows = rows[1:]
            return Answer(200, self._edge(call, record, rows, _ROW_DEFAULTS))
        if rest == ("businesses",):
            if not self._has_permission(record, "business_management") or self.world.faults.is_active(
                "businesses_refused"
            ):
                raise ApiError("(#100) Missing Permissions", 100)
            if self.world.faults.is_active("businesses_two_factor"):
                raise ApiError("(#415) Two factor authentication is required for this business.", 415)
            data = [{"id": number, "name": name} for number, name in person.portfolios]
            return Answer(200, {"data": data})
        if (answer := edges.person_edge(self.world, record, rest)) is not None:
            return answer
        raise ApiError(_NOT_FOUND.format(person.user_id), 100, subcode=33, kind="GraphMethodException")

    def _business(
        self, call: Call, record: TokenRecord, person: Person, portfolio: int, rest: tuple[str, ...]
    ) -> Answer:
        if self.world.faults.is_active("business_fails") or not self._has_permission(record, "business_management"):
            raise ApiError("(#200) Requires business_management permission to manage the object", 200, status=403)
        if self.world.faults.is_active("business_two_factor"):
            raise ApiError("(#415) Two factor authentication is required for this business.", 415)
        if rest == ("owned_pages",) and self.world.faults.is_active("owned_pages_refused"):
            raise ApiError("(#200) The business does not allow this.", 200, status=403)
        if rest not in {("owned_pages",), ("client_pages",)}:
            return Answer(200, {"id": person.portfolios[portfolio - 1][0], "name": person.portfolios[portfolio - 1][1]})
        rows = self.world.chosen(
            person, self.world.grant_of(record), portfolio=portfolio, client=rest == ("client_pages",)
        )
        return Answer(200, self._edge(call, record, rows, _PAGE_DEFAULTS))

    # ------------------------------------------------------------------- Pages
    def _edge(self, call: Call, record: TokenRecord, indices: list[int], defaults: tuple[str, ...]) -> dict[str, Any]:
        """One page of a list by cursor; `next` holds the whole address, token included, as Facebook's does."""
        faults = self.world.faults
        limit = min(max(int(call.params.get("limit") or 25), 1), 100)
        if faults.is_active("too_much_data_always") or (limit > 10 and faults.is_active("too_much_data")):
            raise ApiError("Please reduce the amount of data you're asking for, then retry your request", 1, status=500)
        names = field_names(call.params.get("fields", "")) or list(defaults)
        self._check_fields(names)
        start = self._cursor_index(call.params.get("after", ""))
        if start and faults.is_active("two_factor_midway"):
            raise ApiError("(#415) Two factor authentication is required for this business.", 415)
        if start and faults.is_active("cursor_stale"):
            raise ApiError("(#2642) Invalid cursors values", 2642)
        if start and faults.is_active("cursor_stale_100"):
            raise ApiError("(#100) Invalid parameter: after", 100)
        if faults.is_active("next_on_empty") and not start:
            window, end = [], 0
        else:
            overlap = 3 if start and faults.is_active("duplicate_rows") else 0
            window, end = indices[max(0, start - overlap) : start + limit], min(start + limit, len(indices))
        answer: dict[str, Any] = {"data": [self._row(record, self.world.page(index), names) for index in window]}
        has_more = end < len(indices) or (end == len(indices) and start < end and faults.is_active("next_after_last"))
        if faults.is_active("odd_values"):
            _make_odd(answer["data"], start)
        if faults.is_active("short_page_token") and answer["data"]:
            answer["data"][0]["access_token"] = "EAAshort"
        if faults.is_active("cursor_repeats") or (limit == 100 and faults.is_active("cursor_repeats_at_100")):
            end, has_more = min(limit, len(indices)), True
        if window or has_more:
            cursors = {"before": self._cursor(start), "after": self._cursor(end)}
            answer["paging"] = {"cursors": cursors}
            if has_more:
                query = {**call.params, "access_token": call.token, "limit": limit, "after": cursors["after"]}
                answer["paging"]["next"] = f"{self.base_url}/{call.version}/{'/'.join(call.path)}?{urlencode(query)}"
        self._spoil_paging(answer)
        if call.params.get("summary") in {"1", "true", "total_count"}:
            answer["summary"] = {"total_count": len(indices) + (2 if faults.is_active("count_too_high") else 0)}
        return answer

    def _spoil_paging(self, answer: dict[str, Any]) -> None:
        faults, paging = self.world.faults, answer.get("paging")
        if paging is None:
            return
        if "next" in paging and faults.is_active("next_without_a_way"):
            answer["paging"] = {"next": f"{self.base_url}/somewhere"}
        elif "next" in paging and faults.is_active("next_without_cursors"):
            del paging["cursors"]

    def _cursor(self, index: int) -> str | int:
        if self.world.faults.is_active("numeric_cursors"):
            return index
        return base64.b64encode(f"at{index:08d}".encode()).decode().replace("=", "ZD")

    def _cursor_index(self, cursor: str) -> int:
        if not cursor or cursor.isdecimal():
            return int(cursor or 0)
        try:
            text = base64.b64decode(cursor.replace("ZD", "=")).decode()
            return int(text.removeprefix("at"))
        except (binascii.Error, ValueError):
            raise ApiError("(#2642) Invalid cursors values", 2642) from None

    def _check_fields(self, names: list[str]) -> None:
        for name in names:
            if name not in PAGE_FIELDS:
                raise ApiError(f"(#100) Tried accessing nonexisting field ({name}) on node type (Page)", 100)

    def _row(self, record: TokenRecord, page: PracticePage, names: list[str]) -> dict[str, Any]:
        return page_row(self.world, self.base_url, record, page, names)

    def _page(self, call: Call, record: TokenRecord, path: tuple[str, ...]) -> Answer:
        person = self.world.people[record.person]
        account_page = edges.instagram_page(self.world, path[0])
        if account_page is not None and self.world.owns(person, account_page):
            answer = edges.instagram_edge(self.world, record, account_page, path[1:])
            if answer is not None:
                return answer
        page = self.world.page_by_id(path[0])
        if page is None or self.world.faults.is_active("page_gone"):
            raise ApiError(_NOT_FOUND.format(path[0]), 100, subcode=33, kind="GraphMethodException")
        if self.world.faults.is_active("permission_missing"):
            raise ApiError(
                "(#10) This endpoint requires the 'pages_read_engagement' permission or the 'Page Public Content "
                "Access' feature.",
                10,
            )
        if record.kind == PAGE and record.page - 1 != page.index:
            raise ApiError("This Page access token belongs to a Page that is not accessible.", 190)
        if (answer := edges.page_edge(self.world, call, record, page, path[1:])) is not None:
            return answer
        names = field_names(call.params.get("fields", "")) or list(_PAGE_DEFAULTS)
        self._check_fields(names)
        row = self._row(record, page, names)
        grant = self.world.grant_of(record)
        if not self.world.owns(person, page) or (grant.pages is not None and page.index not in grant.pages):
            row.pop("access_token", None)
            row.pop("tasks", None)
        return Answer(200, row)

    # ------------------------------------------------------------ debug_token
    def _debug(self, call: Call) -> dict[str, Any]:
        if "|" in call.token:
            viewing_app: tuple[int, bool] = (self._check_app_token(call.token).index, False)
        else:
            caller = self.check_token(call)
            viewing_app = (caller.app, caller.other_app)
        token = call.params.get("input_token", "")
        if not token:
            raise ApiError("(#100) The parameter input_token is required", 100)
        app_id, separator, secret = token.partition("|")
        if separator:
            app = self.world.app_by_id(app_id)
            if app is None or secret != app.secret:
                return self._invalid_token("Invalid OAuth access token signature.")
            return {"app_id": app.id, "type": "APP", "application": app.name, "is_valid": True, "scopes": []}
        record = self.world.mint.read(token)
        if record is None:
            return self._invalid_token("Invalid OAuth access token - Cannot parse access token")
        if (record.app, record.other_app) != viewing_app:
            raise ApiError("(#100) The App_id in the input_token did not match the Viewing App", 100)
        return self._facts(record)

    def _invalid_token(self, message: str) -> dict[str, Any]:
        return {"error": {"code": 190, "message": message}, "is_valid": False, "scopes": []}

    def _facts(self, record: TokenRecord) -> dict[str, Any]:
        world = self.world
        person, grant = world.people[record.person], world.grant_of(record)
        scopes = world.scope_names(grant.scopes)
        facts: dict[str, Any] = {
            "app_id": OTHER_APP_ID if record.other_app else world.apps[record.app].id,
            "type": _KINDS[record.kind],
            "application": "Another App" if record.other_app else world.apps[record.app].name,
            "data_access_expires_at": self._data_access_end(record),
            "expires_at": record.expires_at,
            "is_valid": True,
            "scopes": scopes,
            "user_id": person.user_id,
        }
        if record.long_lived and record.issued_at:
            facts["issued_at"] = record.issued_at
        if record.kind == PAGE:
            facts["profile_id"] = world.page(record.page - 1).id
        targets = None if grant.pages is None else [world.page(index).id for index in sorted(grant.pages)]
        facts["granular_scopes"] = [
            {"scope": name} if targets is None else {"scope": name, "target_ids": targets}
            for name in scopes
            if name.startswith("pages_")
        ]
        try:
            self.check_alive(record)
        except ApiError as error:
            facts["is_valid"] = False
            facts["error"] = {
                "code": 190,
                "message": error.error["message"],
                "subcode": error.error.get("error_subcode"),
            }
        if world.faults.is_active("debug_without_validity"):
            del facts["is_valid"]
        return facts

    def _data_access_end(self, record: TokenRecord) -> int:
        now = self.world.now()
        if self.world.faults.is_active("data_access_ended"):
            return now - DAY
        return (
            now + 5 * DAY
            if self.world.faults.is_active("data_access_soon")
            else (record.issued_at or now) + DATA_ACCESS
        )

    # ---------------------------------------------------------- several at once
    def _batch(self, call: Call) -> Answer:
        try:
            items = json.loads(call.params["batch"])
        except ValueError:
            raise ApiError("(#100) param batch must be an array.", 100) from None
        if not call.token:
            raise ApiError("An access token is required to request this resource.", 104)
        most = 20 if self.world.faults.is_active("batch_of_20") else 50
        if not isinstance(items, list) or len(items) > most:
            raise ApiError(
                f"Too many requests in batch message. Maximum batch size is {most}", 0, kind="GraphBatchException"
            )
        answers: list[Any] = []
        for index, item in enumerate(items):
            if index % 2 and self.world.faults.is_active("batch_null"):
                answers.append(None)
                continue
            parts = urlsplit("/" + str(item.get("relative_url", "")).lstrip("/"))
            params = dict(parse_qsl(parts.query)) | dict(parse_qsl(str(item.get("body", ""))))
            path, version = split_version(parts.path)
            answer = self.answer(
                Call(
                    str(item.get("method", "GET")).upper(),
                    path,
                    params,
                    params.pop("access_token", call.token),
                    version or call.version,
                )
            )
            entry: dict[str, Any] = {"code": answer.status, "body": json.dumps(answer.data)}
            if call.params.get("include_headers") != "false":
                entry["headers"] = [{"name": "Content-Type", "value": "application/json; charset=UTF-8"}]
            answers.append(entry)
        return Answer(200, answers)

    def _by_ids(self, call: Call) -> Answer:
        ids = call.params.get("ids")
        if ids is None:
            raise ApiError(
                "Unsupported get request. Please read the Graph API documentation at "
                "https://developers.facebook.com/docs/graph-api",
                100,
                kind="GraphMethodException",
            )
        id_list = [object_id for object_id in ids.split(",") if object_id]
        if not id_list:
            raise ApiError("Cannot specify an empty identifier", 100)
        if len(id_list) > 50:
            raise ApiError("(#100) Too many IDs. Maximum: 50.", 100)
        params = {name: value for name, value in call.params.items() if name != "ids"}
        return Answer(
            200,
            {
                object_id: self._route(Call("GET", (object_id,), params, call.token, call.version)).data
                for object_id in id_list
            },
        )


def _make_odd(rows: list[Any], start: int) -> None:
    """Odd values in the first rows of a list, and one row that is none."""
    if start or len(rows) < 6:
        return
    rows[0]["name"] = f"{rows[0]['name']} \ud83c"
    rows[1]["name"] = 1984
    rows[2]["id"] = int(rows[2]["id"])
    rows[3]["category"] = 7
    rows[4]["tasks"] = "MANAGE"
    rows[5] = {"name": rows[5]["name"], "id": {"not": "an ID"}}


def split_version(path: str) -> tuple[tuple[str, ...], str]:
    """The parts of a path and the version in front, if there is one."""
    parts = tuple(part for part in path.split("/") if part)
    if parts and parts[0][:1] == "v" and parts[0][1:].replace(".", "", 1).isdecimal():
        return parts[1:], parts[0]
    return parts, ""
