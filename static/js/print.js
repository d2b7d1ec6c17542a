/* A button marked data-print prints the page; without script it does not show (process.css). */
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) print();
});
