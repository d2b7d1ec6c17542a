/* Forms: never sent twice (within 10 s, should no page come of it); a long one is not left unsaved by mistake; filters marked data-autosubmit send themselves; Ctrl + Enter sends. */
const buttons = (form) => [...form.elements].filter((element) => element.matches("button:not([type=button])"));

function release(form) {
  delete form.dataset.sending;
  for (const button of buttons(form)) {
    button.classList.remove("is-sending");
    button.removeAttribute("aria-busy");
  }
}

document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if ("sending" in form.dataset) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    if (form.method === "get" || form.method === "dialog") return;
    form.dataset.sending = "";
    setTimeout(release, 10000, form);
    for (const button of buttons(form)) {
      button.classList.add("is-sending");
      button.setAttribute("aria-busy", "true");
    }
  },
  true,
);

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt?.closest?.("form");
  if (form) release(form);
});

/* Back from the next page, out of the browser's memory. */
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sending]").forEach(release);
});

/* The sheet of a contact: the browser asks before what was written is lost. */
document.addEventListener("input", (event) => {
  const form = event.target.closest?.(".contact-form");
  if (form) form.dataset.written = "";
});

addEventListener("beforeunload", (event) => {
  if (document.querySelector(".contact-form[data-written]:not([data-sending])")) event.preventDefault();
});

document.addEventListener("change", (event) => {
  event.target.form?.matches("[data-autosubmit]") && event.target.form.requestSubmit();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.form;
  if (form && form.method === "post") form.requestSubmit();
});
