"""The web server: gunicorn, told here what a configuration file would tell it."""

import os
from typing import Any

from django.conf import settings
from gunicorn.app.base import BaseApplication

from waymark.project.logs import LOGS
from waymark.project.unread import Worker

OPTIONS = {
    "worker_class": Worker,
    "threads": 4,
    "preload_app": True,  # checks end the start before the port opens
    "timeout": 60,
    "graceful_timeout": 8,
    "keepalive": 5,
    "limit_request_line": 4096,
    "limit_request_fields": 100,
    "accesslog": None,
    "control_socket_disable": True,
    "logconfig_dict": LOGS,
}


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn on one address."""

    def __init__(self, address: str, processes: int) -> None:
        proxies = ",".join(settings.CONFIGURATION.proxies)
        given = {"bind": [address], "workers": processes, "forwarded_allow_ips": proxies}
        self.chosen = OPTIONS | given
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.chosen.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        from waymark.project.wsgi import application

        return application


def serve(address: str) -> None:
    """Serve until told to stop. WEB_CONCURRENCY says how many processes; two if it does not."""
    Server(address, int(os.environ.get("WEB_CONCURRENCY", "2"))).run()
