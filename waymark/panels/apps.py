from django.apps import AppConfig


class PanelsConfig(AppConfig):
    name = "waymark.panels"
