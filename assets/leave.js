// The link works without this. With it, the page is blanked at once and replaced, so that Back
// does not show it again while the next one loads.
export function leaveQuickly(link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.body.hidden = true;
    document.title = "Loading";
    location.replace(link.href);
  });
}
