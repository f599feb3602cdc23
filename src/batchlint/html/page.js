"use strict";
for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0];
  table.querySelectorAll("th button").forEach((button, column) => {
    button.addEventListener("click", () => {
      const head = button.parentElement;
      const numeric = head.classList.contains("number");
      const order = head.getAttribute("aria-sort");
      const down = order === "none" ? numeric : order === "ascending";
      const key = (row) => {
        const cell = row.cells[column];
        return numeric ? Number(cell.dataset.value ?? -Infinity) : cell.textContent;
      };
      const compare = (a, b) => numeric ? key(a) - key(b) : key(a).localeCompare(key(b));
      const rows = [...body.rows].sort((a, b) => down ? compare(b, a) : compare(a, b));
      table.querySelectorAll("th").forEach((each) => each.setAttribute("aria-sort", "none"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      body.append(...rows);
    });
  });
  const filter = table.closest(".table").querySelector("input");
  filter?.addEventListener("input", () => {
    const words = filter.value.toLowerCase().split(/\s+/);
    for (const row of body.rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
  });
}
