"""The practice Facebook's HTTP server: loopback only, the dialog and the Graph API on one port."""

import socket
import struct
import time
from collections.abc import Iterator
from typing import Any

from werkzeug.http import http_date
from werkzeug.wrappers import Request, Response

from gui.practice.answers import Answer, ApiError, Call, json_bytes, picture_png
from gui.practice.dialog import Dialog, Shown
from gui.practice.faults import ENVELOPES
from gui.practice.graph_api import DROP_CONNECTION, GraphApi, split_version
from gui.practice.http import Server
from gui.practice.oauth import basic_credentials
from gui.practice.world import HOUR, PASSWORD, World
from gui.values import DEFAULT_VERSION

_USABLE = tuple(f"v{number}.0" for number in range(21, 27))
_HTML_ERROR = (
    "<html>\r\n<head><title>{0}</title></head>\r\n<body>\r\n<center><h1>{0}</h1></center>\r\n"
    "<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)


class PracticeServer:
    """Serves one World on 127.0.0.1. `port` 0 takes a free one; `latency` is seconds added to each answer."""

    def __init__(self, world: World, *, port: int = 0, latency: float = 0.0) -> None:
        self.world = world
        self.latency = latency
        self.calls: list[str] = []
        self.cookies_received = 0
        self._usage = 80
        self._server = Server(port, self._application)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.api = GraphApi(world, self.url)
        self.dialog = Dialog(world, self.url)

    def serve(self) -> None:
        """Answer until `stop`; blocks."""
        self._server.serve_forever(poll_interval=0.05)

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def description(self) -> dict[str, Any]:
        """What a client needs to know, as the first line of `python -m gui.practice` says it."""
        people = [
            {
                "name": one.name,
                "user_id": one.user_id,
                "password": PASSWORD,
                "short_lived_token": self.world.short_lived_token(one),
            }
            for one in self.world.people
            if not one.is_system_user
        ]
        first, *_ = self.world.apps
        apps = [{"name": app.name, "app_id": app.id, "app_secret": app.secret} for app in self.world.apps]
        return {
            "graph_url": self.url,
            "login_url": self.url,
            "app_id": first.id,
            "app_secret": first.secret,
            "people": people,
            "apps": apps,
        }

    # --------------------------------------------------------------- requests
    def _application(self, environ: dict[str, Any], start_response: Any) -> Any:
        request = Request(environ)
        response = self._answer(request, environ)
        return response(environ, start_response)

    def _answer(self, request: Request, environ: dict[str, Any]) -> Response:
        path, version = split_version(request.path)
        self.calls.append(f"{request.method} {'/'.join(path)}")
        if path[:2] == ("dialog", "oauth"):
            if self.world.faults.is_active("slow_login"):
                time.sleep(3)
            return _dialog_response(self.dialog.open(request.args.to_dict()))
        if path[:1] == ("practice",) and request.method == "POST" and len(path) == 2:
            return _dialog_response(self.dialog.step(path[1], dict(request.form.lists())))
        if path[:2] == ("connect", "login_success.html"):
            return _html("Success. SECURITY WARNING: please treat the address above as you would your password.")
        if path[:1] == ("pictures",):
            return Response(picture_png(path[-1].removesuffix(".png")), mimetype="image/png")
        if request.headers.get("Cookie"):
            self.cookies_received += 1
        if self.latency:
            time.sleep(self.latency)
        return self._trouble(environ) or self._graph(request, path, version)

    def _graph(self, request: Request, path: tuple[str, ...], version: str) -> Response:
        params = {**request.args.to_dict(), **request.form.to_dict()}
        authorization = request.headers.get("Authorization", "")
        params.update({name: value for name, value in basic_credentials(authorization).items() if name not in params})
        word, _, rest = authorization.partition(" ")
        token = params.pop("access_token", "") or (rest.strip() if word in {"Bearer", "OAuth"} else "")
        method = params.pop("method", request.method).upper()
        call = Call(method, path, params, token, version or DEFAULT_VERSION)
        if self.world.faults.is_active("usage_100"):
            limit_error = ApiError("(#4) Application request limit reached", 4, status=403, is_transient=True)
            return self._json(limit_error.answer, call, "100")
        if self.world.faults.is_active("limit_estimate"):
            limit_error = ApiError(
                "(#80001) There have been too many calls to this Page account. Wait a bit and try again.",
                80001,
                is_transient=True,
            )
            limit_error.answer.headers["X-Business-Use-Case-Usage"] = (
                '{"101000000000001":[{"type":"pages","call_count":100,"total_cputime":23,"total_time":23,'
                '"estimated_time_to_regain_access":4}]}'
            )
            return self._json(limit_error.answer, call, "")
        name = self.world.faults.first(*ENVELOPES)
        # Of the app's own token these would say that the App secret is another's.
        if name and not (name in {"token_mangled", "token_not_decrypted"} and "|" in call.token):
            return self._json(_envelope(name).answer, call, "")
        usage = "85" if self.world.faults.is_active("usage_85") else ""
        if self.world.faults.is_active("usage_costly"):
            self._usage = min(99, self._usage + 4)
            usage = str(self._usage)
        answer = self.api.answer(call)
        if DROP_CONNECTION in answer.headers:
            _drop_connection(request.environ)
        return self._json(answer, call, usage)

    def _json(self, answer: Answer, call: Call, usage: str) -> Response:
        faults = self.world.faults
        data, status = answer.data, answer.status
        if faults.is_active("wrong_types"):
            data, status = {"data": {"not": ["what", "was", 4]}, "id": [1], "access_token": 17, "name": 4}, 200
        if faults.is_active("error_in_200"):
            data, status = {"error": {"message": "(#190) Invalid OAuth access token.", "type": "OAuthException"}}, 200
        body = json_bytes(data)
        if faults.is_active("cut_body"):
            body = body[: max(1, len(body) // 2)]
        response = Response(body, status=status)
        is_javascript = faults.is_active("text_javascript")
        response.headers["Content-Type"] = (
            "text/javascript; charset=UTF-8" if is_javascript else "application/json; charset=UTF-8"
        )
        version_used = call.version if call.version in _USABLE else _USABLE[0]
        if faults.is_active("version_forward"):
            version_used = "v21.0"
        elif faults.is_active("version_newer"):
            version_used = "v27.0"
        response.headers["facebook-api-version"] = version_used
        if faults.is_active("cookies"):
            response.headers["Set-Cookie"] = "datr=practice; Path=/; Max-Age=63072000; HttpOnly"
        response.headers["x-fb-trace-id"] = "FakeTrace01"
        response.headers["Cache-Control"] = "private, no-cache, no-store, must-revalidate"
        response.headers.update(answer.headers)
        if faults.is_active("clock_off"):
            response.headers["Date"] = http_date(time.time() + 5 * HOUR)
        if usage:
            response.headers["X-App-Usage"] = f'{{"call_count":{usage},"total_time":25,"total_cputime":25}}'
        if faults.is_active("usage_malformed"):
            response.headers["X-App-Usage"] = "17%"
            response.headers["X-Business-Use-Case-Usage"] = "[{]"
        if isinstance(data, dict) and isinstance(data.get("error"), dict):
            message = str(data["error"].get("message", "")).replace('"', "'").encode("ascii", "replace").decode()
            response.headers["WWW-Authenticate"] = f'OAuth "Facebook Platform" "invalid_token" "{message}"'
        return response

    def _trouble(self, environ: dict[str, Any]) -> Response | None:
        """The answers that are no answers: HTML, nothing, never, elsewhere."""
        faults = self.world.faults
        if faults.is_active("slow"):
            time.sleep(3)
        if faults.is_active("very_slow"):
            time.sleep(7)
        name = faults.first(
            "html_400",
            "html_502",
            "empty_body",
            "redirect",
            "dropped",
            "endless",
            "transient",
            "unknown_error",
            "unreadable",
            "final_trouble",
            "with_user_message",
        )
        if name == "html_400":
            return Response(_HTML_ERROR.format("400 Bad Request"), status=400, mimetype="text/html")
        if name == "html_502":
            return Response(_HTML_ERROR.format("502 Bad Gateway"), status=502, mimetype="text/html")
        if name == "empty_body":
            return Response(b"", status=200)
        if name == "redirect":
            return Response(status=302, headers={"Location": "https://www.facebook.com/unsupportedbrowser"})
        if name == "endless":
            return Response(_endless_body(), mimetype="application/json")
        if name == "transient":
            error = {
                "message": "An unexpected error has occurred. Please retry your request later.",
                "type": "OAuthException",
                "is_transient": True,
                "code": 2,
                "fbtrace_id": "AtransAtran",
            }
            return Response(json_bytes({"error": error}), status=500, mimetype="application/json")
        if name == "unknown_error":
            return Response(
                json_bytes(
                    {
                        "error": {
                            "message": "An unknown error occurred",
                            "type": "OAuthException",
                            "code": 1,
                            "fbtrace_id": "AunknAunkno",
                        }
                    }
                ),
                status=500,
                mimetype="application/json",
            )
        if name == "unreadable":
            return Response(b'{"data": [nothing], "paging": }', status=200, mimetype="application/json")
        if name == "final_trouble":
            return self._error(
                {"message": "Service is off for good", "type": "OAuthException", "code": 2, "is_transient": False}, 500
            )
        if name == "with_user_message":
            return self._error(
                {
                    "message": "(#200) Requires pages_manage_posts permission",
                    "type": "OAuthException",
                    "code": 200,
                    "error_user_title": "You can’t do that yet",
                    "error_user_msg": "Ask an admin of the Page to let you post.",
                },
                403,
            )
        if name == "dropped":
            _drop_connection(environ)
        return None

    def _error(self, error: dict[str, Any], status: int) -> Response:
        return Response(json_bytes({"error": error}), status=status, mimetype="application/json")


def _envelope(name: str) -> ApiError:
    message, code, subcode, kind, status = ENVELOPES[name]
    extra = (
        {"error_user_title": "A title for people", "error_user_msg": "Words for people."}
        if name == "not_in_any_table"
        else {}
    )
    error = ApiError(message, code or 0, subcode=subcode, kind=kind, status=status, **extra)
    if code is None:
        del error.error["code"]
    return error


def _drop_connection(environ: dict[str, Any]) -> None:
    connection = environ.get("werkzeug.socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError


def _endless_body() -> Iterator[bytes]:
    yield b'{"data":['
    for _ in range(100_000):
        yield b'{"id":"1","name":"' + b"x" * 4000 + b'"},'


def _dialog_response(answer: Shown) -> Response:
    if answer.redirect:
        response = Response(status=answer.status)
        response.autocorrect_location_header = False
        response.headers["Location"] = answer.redirect
        return response
    return _html_page(answer.html)


def _html_page(html: str) -> Response:
    return Response(html, mimetype="text/html", headers={"Cache-Control": "no-store"})


def _html(text: str) -> Response:
    return _html_page(f"<!doctype html><title>Practice</title><p>{text}</p>")
