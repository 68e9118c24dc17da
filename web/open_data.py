"""What every answer for programs carries: other sites' scripts may read it, and its ETag."""

from flask import Response

EXPOSED = "ETag, Link"


def open_to_all(response: Response) -> Response:
    """Let the scripts of other sites read an answer: all is public, and nothing is asked for."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
    response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    return response
