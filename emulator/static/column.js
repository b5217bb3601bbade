// One person's chat: head, bubbles, menu and input.
import { bubbleRow } from "./bubbles.js";
import { call, face, make, opener, toast } from "./dom.js";
import { shortTime } from "./texts.js";

const GAP = 5 * 60 * 1000;
const PHOTO = "<svg viewBox='0 0 24 24' fill='none' stroke='currentColor' stroke-width='1.6'><rect x='3' y='5' width='18' height='14' rx='2'/><circle cx='9' cy='10' r='1.6'/><path d='M4 18l5.5-5 4 3.5 3-2.5 4 4'/></svg>";
const FOLDER = "<svg viewBox='0 0 24 24' fill='none' stroke='currentColor' stroke-width='1.6'><path d='M3 7.5a2 2 0 0 1 2-2h4.2l2 2.2H19a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z'/></svg>";

export class Column {
  constructor(person, agentName) {
    this.person = person;
    this.agentName = agentName;
    this.bubbles = new Map();
    this.chat = make("div", { class: "chat" }, make("div", { class: "empty" }, "还没有消息"));
    this.menu = make("div", { class: "menu", hidden: true });
    this.menuText = "";
    this.away = make("span", { class: "away", hidden: true }, "不在可见范围");
    this.node = make("section", { class: "column", "data-userid": person.userid }, this.head(), this.chat, this.menu, this.input());
  }

  head() {
    const enter = make("button", { type: "button", class: "enter", title: "打开应用会话（会触发进入应用事件）", onclick: () => this.act("open", {}) }, "进入应用");
    return make("div", { class: "who" }, face(this.person.name, this.person.seed),
      make("div", {}, make("b", {}, this.person.name), make("small", {}, this.person.role || this.person.userid)), this.away, enter);
  }

  input() {
    this.field = make("textarea", { placeholder: "输入消息，回车发送", rows: 1, "aria-label": `${this.person.name}的消息` });
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.say();
    });
    this.field.addEventListener("input", () => { this.field.style.height = "36px"; this.field.style.height = `${Math.min(this.field.scrollHeight + 2, 120)}px`; });
    return make("div", { class: "input" }, this.picker(PHOTO, "发送照片", "image/png,image/jpeg", "photo"), this.picker(FOLDER, "发送文件", "", "file"),
      this.field, make("button", { type: "button", class: "send", onclick: () => this.say() }, "发送"));
  }

  picker(icon, label, accept, as) {
    const chooser = make("input", { type: "file", accept, hidden: true });
    chooser.addEventListener("change", () => { this.sendFile(chooser.files[0], as); chooser.value = ""; });
    const button = make("button", { type: "button", class: "icon", title: label, "aria-label": label, onclick: () => chooser.click() });
    button.innerHTML = icon;
    return make("span", {}, button, chooser);
  }

  say() {
    const text = this.field.value;
    if (!text.trim()) return;
    this.field.value = "";
    this.field.style.height = "36px";
    this.act("say", { text });
  }

  async sendFile(chosen, as) {
    if (!chosen) return;
    const form = new FormData();
    form.append("file", chosen);
    await call("POST", `/emulator/send_file?userid=${encodeURIComponent(this.person.userid)}&as=${as}`, form);
  }

  async act(name, fields) {
    try { await call("POST", `/emulator/${name}`, { userid: this.person.userid, ...fields }); } catch { toast("模拟器没有应答"); }
  }

  setAway(away) {
    this.away.hidden = !away;
    this.node.querySelector(".enter").hidden = away;
  }

  setMenu(buttons) {
    const text = JSON.stringify(buttons);
    if (text === this.menuText) return;
    this.menuText = text;
    this.menu.hidden = !buttons.length;
    this.menu.replaceChildren(...buttons.map((button) => this.menuButton(button)));
  }

  menuButton(button) {
    const children = button.sub_button || [];
    if (!children.length) return make("div", {}, make("button", { type: "button", onclick: () => this.choose(button) }, button.name));
    const sub = make("div", { class: "sub", hidden: true }, children.map((child) => make("button", { type: "button", onclick: () => { sub.hidden = true; this.choose(child); } }, child.name)));
    const open = () => {
      const wasHidden = sub.hidden;
      this.menu.querySelectorAll(".sub").forEach((other) => { other.hidden = true; });
      sub.hidden = !wasHidden;
    };
    return make("div", {}, make("button", { type: "button", onclick: open }, `≡ ${button.name}`), sub);
  }

  choose(button) {
    if (button.type === "view") window.open(opener(this.person.userid, button.url), "_blank");
    this.act("menu", { key: button.type === "view" ? button.url : button.key });
  }

  // Takes new and changed bubbles; answers how many new ones came from the bot.
  take(messages, now) {
    if (!messages.length) return 0;
    const atEnd = this.chat.scrollHeight - this.chat.scrollTop - this.chat.clientHeight < 120;
    this.chat.querySelector(".empty")?.remove();
    let fresh = 0;
    for (const bubble of messages) {
      const row = bubbleRow(bubble, this.person, this.agentName);
      row.querySelector("img.photo")?.addEventListener("load", () => this.toEnd());
      const old = this.chat.querySelector(`[data-id="${bubble.id}"]`);
      if (old) old.replaceWith(row);
      else {
        this.append(bubble, row, now);
        if (bubble.sender === "bot") fresh += 1;
      }
    }
    if (atEnd || fresh) requestAnimationFrame(() => this.toEnd());
    return fresh;
  }

  toEnd() {
    this.chat.scrollTop = this.chat.scrollHeight;
  }

  append(bubble, row, now) {
    const time = new Date(bubble.time);
    if (!this.last || time - this.last > GAP) this.chat.append(make("div", { class: "when" }, shortTime(time, now)));
    this.last = time;
    this.chat.append(row);
  }
}

