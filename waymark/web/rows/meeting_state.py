"""How the state of a meeting is tagged, wherever one is listed."""

KINDS = {
    "planned": "plain", "open": "active", "ended": "soon", "signed": "done", "called_off": "plain",
}  # fmt: skip
