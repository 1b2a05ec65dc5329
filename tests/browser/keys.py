"""The keyboard alone: each key that is pressed counts; the letters of words do not."""

from tests.browser.person import Person

FOCUSED = "document.activeElement.name || ''"
CHECKED = """name => {
  const one = document.querySelector(`[name="${name}"]:checked`);
  return one ? one.value : "";
}"""
FARTHEST = 60


class Keys:
    def __init__(self, who: Person):
        self.who, self.page, self.pressed = who, who.page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def opens(self, key: str) -> None:
        """A key that leads to another page."""
        with self.page.expect_navigation():
            self.press(key)
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
