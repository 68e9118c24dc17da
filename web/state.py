"""What a request works with: the knowledge that the application loaded."""

from flask import current_app

from kb.knowledge import Knowledge


def knowledge() -> Knowledge:
    """The knowledge base of the application that is answering."""
    loaded: Knowledge = current_app.extensions["knowledge"]
    return loaded
