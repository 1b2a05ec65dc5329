"""The database's own ground, as a Django app: it has migrations and no models."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "waymark.database"
    label = "database"
