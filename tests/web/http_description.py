"""The addresses of a running bot as an OpenAPI description: what may be sent to each, and every answer it may give.

For tests alone: nothing serves it. Streams are left out, they never end.
"""

from typing import Any

from bot.cards.payloads import Payload
from bot.commands import COMMANDS

Json = dict[str, Any]

HTML, JSON = "text/html", "application/json"


def description(sitting: str, *, items: list[str], people: list[str]) -> Json:
    """Of an installation that holds that sitting."""
    one = {"name": "sitting", "in": "path", "required": True, "schema": {"enum": [sitting, "nowhere", "s-0001"]}}
    paper = {
        "name": "format",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "pattern": "^[a-z-]{1,12}$"},
    }
    language = {"name": "lang", "in": "query", "schema": {"type": "string"}}
    chosen = {303: None, 403: "text/plain", 404: "text/plain"}
    behind = {200: HTML, 303: None, 404: HTML}
    seances = "/seances/{sitting}"
    paths = {
        "/healthz": {"get": _operation({200: JSON})},
        "/readyz": {"get": _operation({200: JSON, 503: JSON})},
        "/metrics": {"get": _operation({200: "text/plain"})},
        "/connexion": {"get": _operation({200: HTML}, language), "post": _operation(chosen, body=_form())},
        "/seances": {"get": _operation({200: HTML, 303: None}, language)},
        seances: {"get": _operation({200: HTML, 404: HTML}, one, language)},
        f"{seances}.json": {"get": _operation({200: JSON, 404: JSON}, one)},
        f"{seances}/moi/carte": {"get": _operation({200: JSON, 404: "text/plain"}, one, language)},
        f"{seances}/conduite/carte": {"get": _operation({200: JSON, 404: "text/plain"}, one, language)},
        f"{seances}/conduite/panneaux": {"get": _operation({200: HTML, 404: "text/plain"}, one, language)},
        f"{seances}/documents/{{format}}": {
            "get": _operation({200: "*/*", 404: "text/plain", 409: "text/plain"}, one, paper)
        },
        f"{seances}/actes": {
            "post": _operation(
                {200: JSON, 400: "text/plain", 403: "text/plain", 404: "text/plain", 415: "text/plain"},
                one,
                body={JSON: {"schema": _wish(sitting, items, people)}},
            )
        },
    }
    for page in ("moi", "conduite", "recus", "documents"):
        paths[f"{seances}/{page}"] = {"get": _operation(behind, one, language)}
    return {"openapi": "3.1.0", "info": {"title": "Hémicycle", "version": "1"}, "paths": paths}


def _operation(answers: dict[int, str | None], *parameters: Json, body: Json | None = None) -> Json:
    responses = {
        str(status): {"description": str(status), **({"content": {kind: {}}} if kind else {})}
        for status, kind in answers.items()
    }
    wanted = {"requestBody": {"required": True, "content": body}} if body else {}
    return {"parameters": list(parameters), "responses": responses, **wanted}


def _form() -> Json:
    fields = {name: {"type": "string"} for name in ("seance", "personne", "vers")}
    return {"application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": fields}}}


def _wish(sitting: str, items: list[str], people: list[str]) -> Json:
    """A button with whatever a payload may carry, or typed words."""
    text: Json = {"type": "string", "maxLength": 60}
    data = {name: text for name in Payload.model_fields} | {
        "sitting": {"enum": [sitting]},
        "item": {"enum": [*items, "i999"]},
        "before": {"enum": [*items, "i999"]},
        "person": {"enum": [*people, "m999"]},
        "member": {"enum": [*people, "m999"]},
        "revision": {"type": "integer"},
        "page": {"type": "integer"},
    }
    stamp = {"type": "string", "maxLength": 64}
    pressed = {
        "stamp": stamp,
        "verb": {"enum": [*COMMANDS, "open_sesame"]},
        "data": {"type": "object", "properties": data},
    }
    typed = {"stamp": stamp, "text": {"type": "string", "minLength": 1, "maxLength": 80}}
    return {"oneOf": [_object(pressed), _object(typed)]}


def _object(properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
