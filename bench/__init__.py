"""Benchmarks: what pages cost with few and with a million people and cases. Not part of the tests.

The product's settings and the tests' cast are used, on a throw-away PostgreSQL.
"""

import logging
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
django.setup()
logging.disable(logging.INFO)  # one line for each request would be measured too
