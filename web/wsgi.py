"""The application as a WSGI server finds it: ``web.wsgi:app``."""

from web.app import create_app

app = create_app()
