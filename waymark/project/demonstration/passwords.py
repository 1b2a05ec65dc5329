"""Passwords that a visitor can type: random words, and their slow digests made side by side.

The cast of an area shares one, so that a visitor who walks a case from hand to hand types the
same words; whoever serves every area has their own.
"""

import secrets
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from django.contrib.auth.hashers import make_password

HARMLESS = """
acorn amber apple apron arrow autumn bagel basil basket beacon beaver berry biscuit blanket
bonnet bottle bramble breeze bridge bucket butter button cabin candle canoe canvas carrot castle
cedar cherry chestnut clover cobble comet copper coral cotton cradle crayon cricket crumpet
daisy dolphin donkey eagle easel ember fern fiddle finch flannel forest fountain garden ginger
granite gravel hamlet harbour harvest hazel heather hedge honey iris island jacket jasmine
jigsaw juniper kettle kitchen ladder lantern lavender lemon linen lobster magnet maple marble
meadow melon mitten muffin nectar nettle nutmeg oatmeal orchard otter paddle pancake parsley
pebble pepper pigeon pillow planet plover pocket pottery puzzle quilt radish raisin ribbon river
rocket saddle sandal satchel shelter sparrow spindle squirrel teapot thimble thistle ticket
timber toffee tulip tunnel turnip velvet village violin waffle walnut willow window winter
woodpecker
"""
WORDS = HARMLESS.split()


def phrase() -> str:
    """Four random words and a number: 15 characters and more."""
    words = "-".join(secrets.choice(WORDS) for _ in range(4))
    return f"{words}-{secrets.randbelow(90) + 10}"


class Digests:
    """A password for each name that is given, and its digest, made while the story begins."""

    def __init__(self, names: Iterable[str]) -> None:
        self.passwords = {name: phrase() for name in names}
        self._threads = ThreadPoolExecutor(max_workers=4)
        self._made: dict[str, Future[str]] = {
            name: self._threads.submit(make_password, password)
            for name, password in self.passwords.items()
        }

    def of(self, name: str) -> str:
        """The digest of that password, when it is ready."""
        return self._made[name].result()

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)
