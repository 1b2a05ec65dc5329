// Keeps what is typed: every ten seconds, and when the page is hidden, a form that has changed is
// sent to the address in its data-autosave; with data-autosave-soon, as soon as the typing rests.
// Nothing is kept in the browser itself. While the line is down the form is not sent: the words
// stay on the page, and are kept as soon as the line is back.

const EVERY = 10_000;
const SOON = 1_000;
const CLOCK = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "Europe/London",
});

export function keepSaving(form) {
  const status = form.querySelector("[data-autosave-status]");
  let saved = typed(form);
  let sending = false;
  let lost = false;
  let held = false; // it was to be sent while the line was down
  let soon;

  const say = (words) => {
    if (status && status.textContent !== words) status.textContent = words;
  };

  const save = async ({ leaving = false } = {}) => {
    const now = typed(form);
    if (sending || (now === saved && !lost)) return;
    sending = true;
    lost = true; // until something answers
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams(now),
        credentials: "same-origin",
        redirect: "manual", // being sent to sign in is not being saved
        keepalive: leaving && now.length < 60_000, // browsers take no more after a page is gone
      });
      lost = false;
      if (!answer.ok) throw new Error(answer.statusText);
      saved = now;
      say(`Saved at ${CLOCK.format(new Date())}.${held ? " It is not sent: send it again." : ""}`);
    } catch {
      say(held
        ? "There is no connection. What you typed stays on this page. Send it again when it is back."
        : "Not saved yet. What you typed is still on this page; saving is tried again.");
    } finally {
      sending = false;
    }
  };

  const timer = setInterval(save, EVERY);
  if (form.dataset.autosaveSoon) {
    form.addEventListener("input", () => {
      clearTimeout(soon);
      soon = setTimeout(save, SOON);
    });
  }
  form.addEventListener("submit", (event) => {
    if (navigator.onLine && (!lost || sending)) {
      clearInterval(timer);
      clearTimeout(soon);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation(); // else the button stays closed against a second press
    held = lost = true;
    save();
  }, { capture: true });
  window.addEventListener("online", () => save());
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save({ leaving: true });
  });
}

// Files and passwords are sent by the person's own act only.
function typed(form) {
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const secret = form.querySelector(`[name="${CSS.escape(name)}"]`)?.type === "password";
    if (typeof value === "string" && !secret) values.append(name, value);
  }
  return values.toString();
}
