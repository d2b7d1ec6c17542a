/* [data-rows]: « + » opens the next blank row that the server drew for a page without script, then adds rows made from
   the <template>. */
function add(rows) {
  const spare = rows.querySelector("[data-rows-list] > details[hidden]");
  if (spare) {
    spare.hidden = false;
    spare.open = true;
    spare.querySelector("input:not([type=hidden])").focus();
    return;
  }
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
  for (const button of document.querySelectorAll("[data-rows-add]:not([data-ready])")) {
    button.hidden = false;
    button.dataset.ready = "";
    const blank = button.closest("[data-rows]").querySelectorAll("[data-rows-list] > details:not([open])");
    for (const row of blank) row.hidden = true;
  }
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-rows-add]");
  if (button) add(button.closest("[data-rows]"));
});

document.addEventListener("htmx:afterSettle", reveal);
reveal();
