// Links to the page in another language lead to the same place; what changes the address without
// a step to another place calls this.
"use strict";
function keepPlace() {
  for (const link of document.querySelectorAll("[data-language]")) link.href = link.getAttribute("href").split("#")[0] + location.hash;
}
addEventListener("hashchange", keepPlace);
keepPlace();
