"""Passwords that a visitor can type: random words, and their slow digests made side by side."""

import secrets
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor

from django.contrib.auth.hashers import make_password

WORDS = (
    "acorn amber apple apron arrow autumn bagel basil basket beacon beaver berry biscuit blanket "
    "bonnet bottle bramble breeze bridge bucket butter button cabin candle canoe canvas carrot "
    "castle cedar cherry chestnut clover cobble comet copper coral cotton cradle crayon cricket "
    "crumpet daisy dolphin donkey eagle easel ember fern fiddle finch flannel forest fountain "
    "garden ginger granite gravel hamlet harbour harvest hazel heather hedge honey iris island "
    "jacket jasmine jigsaw juniper kettle kitchen ladder lantern lavender lemon linen lobster "
    "magnet maple marble meadow melon mitten muffin nectar nettle nutmeg oatmeal orchard otter "
    "paddle pancake parsley pebble pepper pigeon pillow planet plover pocket pottery puzzle "
    "quilt radish raisin ribbon river rocket saddle sandal satchel shelter sparrow spindle "
    "squirrel teapot thimble thistle ticket timber toffee tulip tunnel turnip velvet village "
    "violin waffle walnut willow window winter woodpecker"
).split()


def phrase() -> str:
    """Four random words and a number: 15 characters and more."""
    words = "-".join(secrets.choice(WORDS) for _ in range(4))
    return f"{words}-{secrets.randbelow(90) + 10}"


class Digests:
    """Digests of many passwords, made in threads while the story is told."""

    def __init__(self, usernames: Iterable[str]) -> None:
        self.passwords = {username: phrase() for username in usernames}
        self._threads = ThreadPoolExecutor(max_workers=4)
        self._made: dict[str, Future[str]] = {
            username: self._threads.submit(make_password, password)
            for username, password in self.passwords.items()
        }

    def of(self, username: str) -> str:
        """The digest of that account's password, when it is ready."""
        return self._made[username].result()

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)
