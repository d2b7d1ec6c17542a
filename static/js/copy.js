/* A button that copies what a field holds; hidden where the browser cannot. */
function bind(root) {
  for (const button of root.querySelectorAll("[data-copies]:not([data-bound])")) {
    button.dataset.bound = "";
    button.hidden = !navigator.clipboard;
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copies]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
  button.lastChild.textContent = button.dataset.copied;
});

bind(document);
document.addEventListener("htmx:load", (event) => bind(event.detail.elt.parentElement || document));
