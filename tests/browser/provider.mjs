// A certified provider of sign-ins on a free port of this machine, for the journey of the tests:
//   node provider.mjs CLIENT SECRET REDIRECT
// The first line that it prints is its issuer. Anybody signs in by the name that they type;
// the second button says that they showed two factors.
import http from "node:http";
import Provider from "oidc-provider";

const [client, secret, redirect] = process.argv.slice(2);
const LOGIN = `<!doctype html><html lang="en"><title>Sign in at work</title>
<main><h1>Sign in at work</h1><form method="post"><label>Name <input name="name"></label>
<button name="factors" value="one">Sign in</button>
<button name="factors" value="two">Sign in with two factors</button></form></main>`;

const server = http.createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: client, client_secret: secret, redirect_uris: [redirect] }],
    claims: { openid: ["sub", "amr"] },
    cookies: { keys: ["for the tests alone"] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client.clientId, accountId: oidc.session.accountId,
      });
      grant.addOIDCScope("openid");
      await grant.save();
      return grant;
    },
  });
  const speaks = provider.callback();

  async function signIn(request, answer) {
    if (request.method !== "POST") {
      answer.writeHead(200, { "Content-Type": "text/html" }).end(LOGIN);
      return;
    }
    let said = "";
    for await (const piece of request) said += piece;
    const fields = new URLSearchParams(said);
    const amr = fields.get("factors") === "two" ? ["pwd", "mfa"] : ["pwd"];
    const login = { accountId: fields.get("name"), amr };
    await provider.interactionFinished(request, answer, { login });
  }

  server.on("request", (request, answer) => {
    if (request.url === "/favicon.ico") answer.writeHead(204).end();
    else if (request.url.startsWith("/interaction/")) signIn(request, answer);
    else speaks(request, answer);
  });
  console.log(issuer);
});
