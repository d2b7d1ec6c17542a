/* [data-rows]: « + » adds a row made from its <template>; the blank row that the server drew serves without script. */
function add(rows) {
  const total = rows.querySelector("input[name$='-TOTAL_FORMS']");
  const most = Number(rows.querySelector("input[name$='-MAX_NUM_FORMS']").value);
  const place = Number(total.value);
  if (place >= most) return;
  const blank = rows.querySelector("template[data-rows-blank]");
  const drawn = new DOMParser().parseFromString(blank.innerHTML.replaceAll("__prefix__", String(place)), "text/html");
  const row = document.importNode(drawn.body.firstElementChild, true);
  rows.querySelector("[data-rows-list]").append(row);
  total.value = String(place + 1);
  rows.querySelector("[data-rows-add]").hidden = place + 1 >= most;
  row.querySelector("input:not([type=hidden])").focus();
}

const reveal = () => {
  for (const button of document.querySelectorAll("[data-rows-add]")) button.hidden = false;
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rows-add]");
  if (button) add(button.closest("[data-rows]"));
});

document.addEventListener("htmx:afterSettle", reveal);
reveal();
