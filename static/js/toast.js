/* Messages leave after 8 s, unless one is reading or standing on them. What htmx could not do is said in one too. */
const STAY = 8000;

const region = () => document.querySelector("[data-toasts]");

function leave(toast) {
  if (toast.matches(":hover, :focus-within")) return void setTimeout(leave, STAY, toast);
  toast.classList.add("is-leaving");
  setTimeout(() => toast.remove(), 160);
}

/* Above an open dialog too: the last popover shown lies on top. */
function raise() {
  const toasts = region();
  toasts.popover = "manual";
  if (toasts.matches(":popover-open")) toasts.hidePopover();
  toasts.showPopover();
}

function watch(root) {
  const fresh = root.querySelectorAll("[data-toast]:not([data-watched])");
  for (const toast of fresh) {
    toast.dataset.watched = "";
    if (!toast.matches(".toast--error")) setTimeout(leave, STAY, toast);
  }
  if (fresh.length) raise();
}

function say(text) {
  const toast = document.createElement("div");
  toast.className = "toast toast--error";
  toast.dataset.toast = "";
  const words = document.createElement("p");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.className = "toast__close";
  close.dataset.toastClose = "";
  close.textContent = "×";
  close.setAttribute("aria-label", region().dataset.close);
  toast.append(words, close);
  region().append(toast);
  watch(region());
}

document.addEventListener("click", (event) => event.target.closest("[data-toast-close]")?.closest("[data-toast]").remove());

document.addEventListener("htmx:afterSettle", () => region() && watch(region()));
document.addEventListener("htmx:oobAfterSwap", () => region() && watch(region()));
document.addEventListener("htmx:responseError", () => say(region().dataset.refused));
document.addEventListener("allauth.error", () => say(region().dataset.keyFailed));
document.addEventListener("htmx:sendError", () => say(region().dataset.offline));

if (region()) watch(region());
