/* A link marked data-dialog opens its own page inside <dialog id="dialog">; its forms are sent and redrawn in there.
   Esc and data-dialog-close close it, after a question when something was written; the focus goes back to where it came from. The view only has to draw the
   partial `dialog-body` when htmx targets it. */
const WRITTEN = "input:not([type=hidden], [type=radio], [type=checkbox]), textarea, select";

let opener = null;
let written = false;

const box = () => document.querySelector("[data-dialog-box]");
const body = () => document.getElementById("dialog-body");
const swap = (verb, url, more) => window.htmx.ajax(verb, url, { target: body(), swap: "innerHTML", ...more });

/* « Annuler » is a choice made; Esc, the cross and a press beside may slip. */
const leaves = (dialog) => !(written && dialog === box()) || confirm(dialog.dataset.unsaved);

function open(link) {
  if (box().open) return;
  if (link.pathname === location.pathname) return document.querySelector("main [data-first], main [autofocus]")?.focus();
  opener = link;
  swap("GET", link.href, { source: box() });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-dialog]");
  const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0;
  if (link && plain && window.htmx && box()) {
    event.preventDefault();
    open(link);
    return;
  }
  const dialog = event.target.closest("dialog");
  const closer = event.target.closest("[data-dialog-close]");
  if (!dialog || !(closer || event.target === dialog)) return;
  event.preventDefault();
  if (closer?.matches("a") || leaves(dialog)) dialog.close();
});

document.addEventListener("input", (event) => (written ||= Boolean(body()?.contains(event.target))));

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || !written || !box()?.open) return;
  event.preventDefault();
  if (leaves(box())) box().close();
});

document.addEventListener("cancel", (event) => event.target === box() && !leaves(box()) && event.preventDefault(), true);

/* A form made for a page works here too, unless it has its own hx- attributes. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  const own = form.matches("[hx-post], [hx-get]") || form.method === "dialog" || event.defaultPrevented;
  if (own || !body()?.contains(form)) return;
  event.preventDefault();
  const button = event.submitter;
  const values = button?.name ? { [button.name]: button.value } : {};
  swap(form.method.toUpperCase(), button?.formAction || form.action, { source: form, values });
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target !== body()) return;
  if (!box().open) box().showModal();
  const first = body().querySelector("[aria-invalid=true]") || body().querySelector("[data-first], [autofocus]");
  (first || body().querySelector(WRITTEN))?.focus();
});

/* What cannot be shown in here is opened as the page it is. */
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.target === body() && !box().open && opener) location.assign(opener.href);
});

document.addEventListener(
  "close",
  (event) => {
    if (!event.target.matches?.("dialog")) return;
    if (event.target === box()) {
      written = false;
      body().replaceChildren();
    }
    if (opener?.isConnected) opener.focus();
    opener = null;
  },
  true,
);

/* The server says `HX-Trigger: dialog-close` after a save that leaves the page as it is. */
document.addEventListener("dialog-close", () => box()?.close());

/* After an act that redraws the whole page, reading goes on from its top. */
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target === document.body) document.getElementById("main")?.focus({ preventScroll: true });
});
