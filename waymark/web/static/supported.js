// Says before anything is drawn that script runs, so that nothing opens and closes again.
// GOV.UK's own page does this inline; ours has no inline script.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
