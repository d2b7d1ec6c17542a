/* <input data-combobox data-url data-key>: proposes as one types (ARIA combobox with a listbox).
   The options are HTML from the server (components/options.html): role=option, data-value, data-text.
   Picking writes data-text in the input and data-value in the hidden field named data-key; typing empties it. */
const WAIT = 150;
const timers = new WeakMap();

const list = (input) => document.getElementById(input.getAttribute("aria-controls"));
const options = (input) => [...list(input).querySelectorAll("[role=option]")];
const hiddenField = (input) => input.form?.elements.namedItem(input.dataset.key);

function close(input) {
  list(input).replaceChildren();
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function activate(input, option) {
  for (const each of options(input)) each.setAttribute("aria-selected", String(each === option));
  input.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
}

function pick(input, option) {
  input.value = option.dataset.text;
  const hidden = hiddenField(input);
  if (hidden) hidden.value = option.dataset.value;
  close(input);
  input.dispatchEvent(new CustomEvent("combobox-pick", { bubbles: true, detail: { value: option.dataset.value } }));
}

async function propose(input) {
  const typed = input.value.trim();
  if (!typed) return close(input);
  const url = new URL(input.dataset.url, location.href);
  url.searchParams.set("q", typed);
  const headers = { "HX-Request": "true", "HX-Target": list(input).id };
  const answer = await fetch(url, { headers }).catch(() => null); // no network: what is typed is sent as it stands
  if (!answer?.ok || input.value.trim() !== typed || document.activeElement !== input) return;
  const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
  list(input).replaceChildren(...drawn.querySelectorAll("[role=option]"));
  options(input).forEach((option, place) => (option.id = `${list(input).id}-${place}`));
  input.setAttribute("aria-expanded", String(options(input).length > 0));
  input.removeAttribute("aria-activedescendant");
}

document.addEventListener("input", (event) => {
  const input = event.target;
  if (!input.matches?.("[data-combobox]")) return;
  const hidden = hiddenField(input);
  if (hidden) hidden.value = "";
  clearTimeout(timers.get(input));
  timers.set(input, setTimeout(propose, WAIT, input));
});

document.addEventListener("keydown", (event) => {
  const input = event.target;
  if (!input.matches?.("[data-combobox]") || input.getAttribute("aria-expanded") !== "true") return;
  const all = options(input);
  const at = all.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const move = { ArrowDown: at + 1, ArrowUp: at < 0 ? all.length - 1 : at - 1 }[event.key];
  if (move !== undefined) activate(input, all[(move + all.length) % all.length]);
  else if (event.key === "Enter" && at >= 0) pick(input, all[at]);
  else if (event.key === "Escape") close(input);
  else return;
  event.preventDefault();
  event.stopPropagation();
});

/* Pressing an option must not take the focus from the input, or the list would close under the finger. */
const pressed = (event) => event.target.closest("[data-combobox-list] [role=option]");

document.addEventListener("mousedown", (event) => pressed(event) && event.preventDefault());

document.addEventListener("click", (event) => {
  const option = pressed(event);
  if (!option) return;
  pick(document.querySelector(`[aria-controls="${option.closest("[data-combobox-list]").id}"]`), option);
});

document.addEventListener("focusout", (event) => {
  if (event.target.matches?.("[data-combobox]")) close(event.target);
});
