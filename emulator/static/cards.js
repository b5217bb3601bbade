// Template cards: shown as the client shows them, clickable until they are greyed.
import { call, link, make } from "./dom.js";

const list = (value) => (Array.isArray(value) ? value : []);

export function templateCard(bubble) {
  const card = bubble.content;
  const grey = bubble.card.grey;
  const box = make("div", { class: `card ${grey ? "grey" : ""}`, "data-card": bubble.id });
  box.append(...[
    more(bubble), source(card.source), title(card.main_title), emphasis(card.emphasis_content),
    picture(card), quote(bubble.userid, card.quote_area),
    card.sub_title_text ? make("div", { class: "sub" }, card.sub_title_text) : null,
    rows(bubble.userid, card.horizontal_content_list), ...vertical(card.vertical_content_list),
    interactive(bubble), jumps(bubble.userid, card.jump_list), whole(bubble.userid, card),
  ].filter(Boolean));
  return box;
}

function interactive(bubble) {
  const kind = bubble.content.card_type;
  if (kind === "button_interaction") return buttons(bubble);
  if (kind === "vote_interaction") return vote(bubble);
  if (kind === "multiple_interaction") return multiple(bubble);
  return null;
}

function greyed(bubble) {
  return make("div", { class: "actions" }, make("button", { type: "button", class: "done", disabled: true }, bubble.card.replace_text));
}

function buttons(bubble) {
  const selection = bubble.content.button_selection;
  const picker = selection ? select(selection, bubble) : null;
  if (bubble.card.grey) return make("div", {}, picker, greyed(bubble));
  const bar = make("div", { class: "actions" });
  for (const button of list(bubble.content.button_list)) {
    const look = `s${button.style || 1}`;
    if (button.type === 1) bar.append(link(bubble.userid, button.url, button.text, { class: look }));
    else bar.append(make("button", { type: "button", class: look, "data-key": button.key, onclick: () => press(bubble, button.key, bar, picker) }, button.text));
  }
  return make("div", {}, picker, bar);
}

async function press(bubble, key, bar, picker) {
  const chosen = picker ? picker.querySelector("select").value : undefined;
  await busy(bar, () => call("POST", "/emulator/press", { userid: bubble.userid, message_id: bubble.id, key, chosen }));
}

// While the callback runs nothing can be clicked twice; afterwards only a greyed card stays shut.
async function busy(bar, work) {
  const all = bar.querySelectorAll("button");
  all.forEach((button) => { button.disabled = true; });
  try { await work(); } finally { all.forEach((button) => { button.disabled = false; }); }
}

function submitBar(bubble, collect) {
  if (bubble.card.grey) return greyed(bubble);
  const button = bubble.content.submit_button;
  const bar = make("div", { class: "actions" });
  bar.append(make("button", {
    type: "button", class: "s1", "data-key": button.key,
    onclick: () => busy(bar, () => call("POST", "/emulator/submit", { userid: bubble.userid, message_id: bubble.id, picked: collect() })),
  }, button.text || "提交"));
  return bar;
}

function vote(bubble) {
  const box = bubble.content.checkbox;
  const kind = box.mode === 1 ? "checkbox" : "radio";
  const chosen = bubble.card.selected[box.question_key];
  const options = make("div", { class: "options" });
  for (const option of list(box.option_list)) {
    const input = make("input", {
      type: kind, name: `card${bubble.id}`, value: option.id, disabled: bubble.card.grey || box.disable,
      checked: chosen ? chosen.includes(option.id) : Boolean(option.is_checked),
    });
    options.append(make("label", {}, input, make("span", {}, option.text)));
  }
  const collect = () => [...options.querySelectorAll("input:checked")].map((input) => input.value);
  return make("div", {}, options, submitBar(bubble, collect));
}

function multiple(bubble) {
  const picks = list(bubble.content.select_list).map((question) => [question.question_key, select(question, bubble)]);
  const collect = () => Object.fromEntries(picks.map(([key, pick]) => [key, pick.querySelector("select").value]));
  return make("div", {}, picks.map(([, pick]) => pick), submitBar(bubble, collect));
}

function select(question, bubble) {
  const chosen = (bubble.card.selected[question.question_key] || [])[0] || question.selected_id;
  const field = make("select", { disabled: bubble.card.grey || question.disable });
  for (const option of list(question.option_list)) {
    field.append(make("option", { value: option.id, selected: option.id === chosen }, option.text));
  }
  return make("label", { class: "pick" }, question.title || "请选择", field);
}

function more(bubble) {
  const actions = list((bubble.content.action_menu || {}).action_list);
  if (!actions.length) return null;
  const sheet = make("div", { hidden: true }, actions.map((action) => make("button", {
    type: "button",
    onclick: () => call("POST", "/emulator/press", { userid: bubble.userid, message_id: bubble.id, key: action.key, force: true }),
  }, action.text)));
  const button = make("button", { type: "button", "aria-label": "更多", onclick: () => { sheet.hidden = !sheet.hidden; } }, "⋯");
  return make("div", { class: "more" }, button, sheet);
}

function source(given) {
  if (!given || !given.desc) return null;
  const icon = given.icon_url ? make("img", { src: given.icon_url, alt: "" }) : null;
  return make("div", { class: `source c${given.desc_color || 0}` }, icon, given.desc);
}

function title(given) {
  if (!given) return null;
  return make("div", {}, given.title ? make("h3", {}, given.title) : null, given.desc ? make("div", { class: "desc" }, given.desc) : null);
}

function emphasis(given) {
  if (!given) return null;
  return make("div", { class: "big" }, make("b", {}, given.title || ""), make("small", {}, given.desc || ""));
}

function picture(card) {
  const url = (card.card_image || card.image_text_area || {}).url || (card.image_text_area || {}).image_url;
  return url && card.card_type === "news_notice" ? make("img", { class: "picture", src: url, alt: "" }) : null;
}

function quote(userid, given) {
  if (!given || !(given.title || given.quote_text)) return null;
  const parts = [given.title ? make("b", {}, given.title) : null, make("span", {}, given.quote_text || "")];
  if (given.type === 1) return link(userid, given.url, "", { class: "quote" }).appendChild(make("span", {}, parts)).parentNode;
  return make("div", { class: "quote" }, parts);
}

function rows(userid, given) {
  if (!list(given).length) return null;
  const box = make("dl");
  for (const row of given) {
    let value = row.value || "";
    if (row.type === 1) value = link(userid, row.url, value);
    if (row.type === 2) value = make("a", { href: `/emulator/files/${row.media_id}`, download: "" }, value);
    box.append(make("dt", {}, row.keyname), make("dd", {}, value || row.userid || ""));
  }
  return box;
}

function vertical(given) {
  return list(given).map((row) => make("div", { class: "vertical" }, make("b", {}, row.title), make("span", {}, row.desc || "")));
}

function jumps(userid, given) {
  if (!list(given).length) return null;
  return make("div", { class: "jumps" }, given.map((jump) => link(userid, jump.url || "", jump.title)));
}

function whole(userid, card) {
  const action = card.card_action || {};
  return action.type === 1 ? link(userid, action.url, "查看详情", { class: "whole" }) : null;
}
