// Small comforts; every page works without them.
"use strict";

// A form is sent once: a second tap while the first is on its way would do the thing twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.hasAttribute("hx-post")) return;
  form.dataset.sent = "yes";
  form.querySelectorAll("button[type=submit]").forEach((button) => button.classList.add("weui-btn_loading"));
});

// Coming back by the back button shows the page as it was left.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll(".weui-btn_loading").forEach((button) => button.classList.remove("weui-btn_loading"));
  });
});
