/* n notes, / searches, h asks who can help, ? shows the keys, and a page may give one to whatever it marks data-key;
   never while one is typing or a dialog is open. */
const TYPING = "input:not([type=radio]), textarea, select, [contenteditable], dialog[open]";

function press(key) {
  if (key === "/") return document.querySelector("main [data-search]") || document.querySelector("[data-search]");
  if (key === "h") return document.querySelector("main [data-help]") || document.querySelector("[data-help]");
  if (key === "?") return document.querySelector("[data-keys]");
  return document.querySelector(`[data-key="${CSS.escape(key)}"]`);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (event.target.closest?.(TYPING) || document.querySelector("dialog[open]")) return;
  const found = press(event.key.toLowerCase());
  if (!found) return;
  event.preventDefault();
  if (found.matches("[data-keys]")) found.showModal();
  else if (found.matches("[data-search], [data-help]")) found.select();
  else found.click();
});
