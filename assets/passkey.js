// A form whose answer a device gives. Pressing its button asks the server what to ask for (the
// address in data-passkey), then the device; what it says is sent with the form.

export function askDevice(form) {
  const words = form.parentElement.querySelector("[data-passkey-words]");
  const say = (text) => { if (words) words.textContent = text; };
  const makes = "passkeyMakes" in form.dataset;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    event.stopImmediatePropagation(); // else the button stays closed against a second press
    if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) {
      say("This browser is too old for passkeys. Use your password and a code.");
      return;
    }
    const asked = await options(form);
    if (!asked) {
      say("This page has been open for too long. Load it again.");
      return;
    }
    try {
      const key = makes ? await made(asked) : await shown(asked);
      form.elements.said.value = JSON.stringify(key);
    } catch {
      say(makes
        ? "No passkey was made. The device may have one for you already. Press the button to try again."
        : "No passkey was shown. Press the button to try again, or sign in another way.");
      return;
    }
    form.submit();
  }, { capture: true });
}

async function options(form) {
  try {
    const answer = await fetch(form.dataset.passkey, {
      method: "POST",
      body: new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value }),
      credentials: "same-origin",
      redirect: "manual",
    });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

const made = (asked) =>
  navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked) });
const shown = (asked) =>
  navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked) });
