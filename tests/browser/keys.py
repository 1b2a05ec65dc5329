"""The keyboard alone: each key that is pressed counts; the letters of words do not."""

from tests.browser.person import Person

FOCUSED = "document.activeElement.name || ''"
CHECKED = """name => {
  const one = document.querySelector(`[name="${name}"]:checked`);
  return one ? one.value : "";
}"""
FARTHEST = 60
ALT = 1


class Keys:
    def __init__(self, who: Person):
        self.who, self.page, self.pressed = who, who.page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def access(self, letter: str) -> None:
        """Alt and a letter, as a browser hears it: Playwright’s own leaves out which letter."""
        said: dict[str, object] = {
            "key": letter,
            "unmodifiedText": letter,
            "code": f"Key{letter.upper()}",
        }
        said |= {"windowsVirtualKeyCode": ord(letter.upper()), "modifiers": ALT}
        browser = self.page.context.new_cdp_session(self.page)
        for what in ("keyDown", "keyUp"):
            browser.send("Input.dispatchKeyEvent", {"type": what, **said})
        self.pressed += 1

    def opens(self, key: str) -> None:
        """A key that leads to another page; a single letter is an access key."""
        with self.page.expect_navigation():
            (self.access if len(key) == 1 else self.press)(key)
        self.who.looks()

    def to(self, name: str) -> None:
        for _ in range(FARTHEST):
            self.press("Tab")
            if self.page.evaluate(FOCUSED) == name:
                return
        raise AssertionError(f"{name} is not reached")

    def writes(self, **said: str) -> None:
        for name, words in said.items():
            self.to(name)
            self.page.keyboard.insert_text(words)

    def chooses(self, **said: str) -> None:
        for name, value in said.items():
            self.to(name)
            self.press("Space")
            for _ in range(FARTHEST):
                if self.page.evaluate(CHECKED, name) == value:
                    break
                self.press("ArrowDown")
            assert self.page.evaluate(CHECKED, name) == value
