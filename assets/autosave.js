// Keeps what is typed: every ten seconds, and when the page is hidden, a form that has changed is
// sent to the address in its data-autosave. Nothing is kept in the browser itself.

const EVERY = 10_000;
const CLOCK = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "Europe/London",
});

export function keepSaving(form) {
  const status = form.querySelector("[data-autosave-status]");
  let saved = typed(form);
  let sending = false;

  const say = (words) => {
    if (status && status.textContent !== words) status.textContent = words;
  };

  const save = async ({ leaving = false } = {}) => {
    const now = typed(form);
    if (sending || now === saved) return;
    sending = true;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new URLSearchParams(now),
        credentials: "same-origin",
        redirect: "error", // being sent to sign in is not being saved
        keepalive: leaving && now.length < 60_000, // browsers take no more after a page is gone
      });
      if (!answer.ok) throw new Error(answer.statusText);
      saved = now;
      say(`Saved at ${CLOCK.format(new Date())}`);
    } catch {
      say("Not saved yet. What you typed is still on this page; saving is tried again.");
    } finally {
      sending = false;
    }
  };

  const timer = setInterval(save, EVERY);
  form.addEventListener("submit", () => clearInterval(timer));
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
