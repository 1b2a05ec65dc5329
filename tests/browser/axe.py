"""axe looks at a page where it has something that no page had before: all else was found right.

What is told apart is each element in its place: all that it is within, its attributes and states,
whether what it names is there, what stands directly in it; and the outline of a page, its headings
and landmarks in their order. Left out are the words themselves, what is typed, keys and addresses.
"""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text()
# Only what is wrong comes back: all that is right, by each rule, takes longer to send than to find.
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
RUN = "rules => axe.run(document, rules).then((found) => found.violations)"
# Upstream's radios that open further questions carry aria-expanded, which axe disputes.
# Its back link stands before the main landmark, as on every GOV.UK page.
KNOWN = {"aria-allowed-attr", "region"}
PARTS = r"""() => {
  const OUTLINE = "h1, h2, h3, h4, h5, h6, main, nav, header, footer, aside, section, form, [role]";
  const plain = (words) => words.replace(/\s+/g, " ").replace(/\d+/g, "0").trim();
  const found = (id) => document.getElementById(id);
  const named = (ids) => ids.split(/\s+/).map((id) => (found(id) ? "there" : "missing")).join(" ");
  const words = (ids) => ids.split(/\s+/).map((id) => plain(found(id)?.textContent ?? "")).join();
  const twice = (id) => document.querySelectorAll(`[id="${CSS.escape(id)}"]`).length > 1;
  const given = (value) => (value.trim() ? "given" : "empty");
  const said = {
    id: (value) => (twice(value) ? "twice" : given(value)),
    for: named,
    "aria-controls": named,
    "aria-owns": named,
    "aria-describedby": named,
    "aria-labelledby": words,
    "aria-label": plain,
    href: (value) => (value.startsWith("#") ? `#${named(value.slice(1))}` : given(value)),
  };
  for (const name of ["name", "value", "action", "formaction", "src", "title", "alt", "nonce"])
    said[name] = given;
  const attribute = ({ name, value }) => `${name}=${(said[name] ?? ((as_is) => as_is))(value)}`;
  const own = (one) =>
    `<${one.localName} ${[...one.attributes].map(attribute).sort().join(" ")}` +
    `${one.checked ? " checked" : ""}${one.disabled ? " disabled" : ""}>`;
  const piece = (node) =>
    node.nodeType === Node.ELEMENT_NODE ? own(node)
    : node.nodeType === Node.TEXT_NODE && node.data.trim() ? "words" : "";
  const short = (text) => {
    let [one, two] = [0xdeadbeef, 0x41c6ce57];
    for (let nth = 0; nth < text.length; nth++) {
      one = Math.imul(one ^ text.charCodeAt(nth), 2654435761);
      two = Math.imul(two ^ text.charCodeAt(nth), 1597334677);
    }
    return (one >>> 0).toString(36) + (two >>> 0).toString(36);
  };
  const parts = new Set();
  const note = (one, within) => {
    if (["script", "style", "template"].includes(one.localName)) return;
    const here = short(within + own(one));
    parts.add(short(here + [...new Set([...one.childNodes].map(piece))].sort().join("")));
    for (const child of one.children) note(child, here);
  };
  note(document.documentElement, "");
  const outline = [...document.querySelectorAll(OUTLINE)].map(own);
  parts.add(short(outline.filter((one, nth) => one !== outline[nth - 1]).join("")));
  return [...parts];
}"""

SEEN: dict[tuple[int, int], set[str]] = {}  # by the size of the window


def violations(page: Page) -> list[dict[str, Any]]:
    """What axe finds wrong with a page as it stands now; not asked where all of it was right."""
    size = page.viewport_size or {"width": 0, "height": 0}
    seen = SEEN.setdefault((size["width"], size["height"]), set())
    for _ in range(250):  # a page that has only just begun to come has nothing to look at
        if page.evaluate("document.readyState === 'complete'"):
            break
        page.wait_for_timeout(20)
    parts = set(page.evaluate(PARTS))
    if parts <= seen:
        return []
    page.evaluate(AXE + ";0")
    found = [one for one in page.evaluate(RUN, RULES) if one["id"] not in KNOWN]
    if not found:
        seen |= parts
    return found
