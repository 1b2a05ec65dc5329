from django.apps import AppConfig


class SupportConfig(AppConfig):
    name = "waymark.support"
