"""One table of errors: what each is, as a page for people and as problem+json for tools."""

from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError, MethodNotAllowed
from werkzeug.exceptions import NotFound as NoSuchAddress

from kb.errors import KnowledgeError, NotFound, QuestionError

STATUSES: tuple[tuple[type[Exception], int, str], ...] = (
    (NotFound, 404, "Not found"),
    (QuestionError, 400, "The question cannot be answered as asked"),
    (KnowledgeError, 500, "The knowledge base has a fault"),
)
FOR_TOOLS = ("/api/", "/openapi.json", "/sparql", "/healthz")


def register(app: Flask) -> None:
    """Answer every error of an application by the table."""
    app.register_error_handler(KnowledgeError, _knowledge_error)
    app.register_error_handler(HTTPException, _http_error)


def problem(status: int, title: str, detail: str, **more: Any) -> Response:
    """An application/problem+json answer (RFC 9457)."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    response = jsonify(body | more)
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def _knowledge_error(error: KnowledgeError) -> Response:
    status, title = next((s, t) for kind, s, t in STATUSES if isinstance(error, kind))
    more = {
        name: getattr(error, name)
        for name in ("parameter", "value", "valid")
        if hasattr(error, name)
    }
    return _answer(status, title, str(error), **more)


def _http_error(error: HTTPException) -> Response:
    if isinstance(error, InternalServerError):
        detail = "Something went wrong here. Nothing that you sent was stored."
        return _answer(500, "The site has a fault", detail)
    if isinstance(error, NoSuchAddress):
        detail = "If you typed the address, check it. If you copied it, check that it is all there."
        return _answer(404, "Page not found", detail)
    response = _answer(error.code or 500, error.name, error.description or error.name)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _answer(status: int, title: str, detail: str, **more: Any) -> Response:
    """The error as problem+json where tools ask, and as a page everywhere else."""
    if request.path.startswith(FOR_TOOLS):
        return problem(status, title, detail, **more)
    page = render_template("error.html", title=title, detail=detail, status=status, **more)
    return make_response(page, status)
