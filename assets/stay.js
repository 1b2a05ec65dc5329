// Says five minutes before that the session is about to end, and lets one press prolong it. Other
// tabs may have been used since, so the server is asked before anything is said.

const MOST = 2 ** 31 - 1;

export function warnBeforeTheEnd(part) {
  const words = part.querySelector("[role=status]");
  const form = part.querySelector("form");
  const warn = Number(part.dataset.warn);
  let timer;

  const ask = async (method) => {
    const body = method === "POST" ? new URLSearchParams(new FormData(form)) : undefined;
    const answer = await fetch(part.dataset.stay, {
      method, body, credentials: "same-origin", redirect: "manual",
    });
    return answer.ok ? await answer.json() : { left: 0, longer: false };
  };

  const later = (seconds, act) => {
    clearTimeout(timer);
    timer = setTimeout(act, Math.min(Math.max(seconds, 1) * 1000, MOST));
  };

  const show = ({ left, longer }) => {
    part.hidden = left > warn;
    if (left > warn) {
      later(left - warn, look);
      return;
    }
    form.hidden = !longer || left <= 0;
    const text = said(left, longer);
    if (words.textContent !== text) words.textContent = text;
    if (left > 0) later(left > 60 ? 30 : left + 1, look);
  };

  const look = () => ask("GET").then(show).catch(() => later(30, look));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask("POST").then((told) => {
      show(told);
      if (told.left > warn) words.textContent = "";
    }).catch(() => { words.textContent = "There is no connection. Try again."; });
  });

  show({ left: Number(part.dataset.left), longer: "longer" in part.dataset });
}

function said(left, longer) {
  if (left <= 0) {
    return "You have been signed out. What you typed stays on this page. Send it as you would: you sign in first, and it is there again.";
  }
  const minutes = Math.max(1, Math.round(left / 60));
  const soon = `You are signed out in ${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
  return longer
    ? `${soon}, since nothing was sent or opened here for a while.`
    : `${soon}, since nobody stays signed in for longer than 8 hours. Send what you are typing.`;
}
