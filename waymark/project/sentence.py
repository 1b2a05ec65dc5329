"""One clear sentence for whoever runs the product, in place of a traceback."""


class Wrong(Exception):
    """What stops a command: the text is shown as it is and holds no secret."""
