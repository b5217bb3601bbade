// Small tools for building the page without any markup string reaching the document.

export function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name in node && name !== "list") node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

// Links open as the person whose chat they stand in.
export function opener(userid, url) {
  return `/emulator/open?userid=${encodeURIComponent(userid)}&url=${encodeURIComponent(url)}`;
}

export function link(userid, url, text, props = {}) {
  return make("a", { href: opener(userid, url), target: "_blank", rel: "noopener", title: url, ...props }, text);
}

export async function call(method, path, body) {
  const options = { method, headers: {} };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers["Content-Type"] = "application/json";
  }
  const response = await fetch(path, options);
  const answer = await response.json();
  if (!response.ok) toast(answer.error || "操作没有成功");
  return answer;
}

let toastTimer;
export function toast(text) {
  const box = document.getElementById("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { box.hidden = true; }, 3500);
}

const COLOURS = ["#4a7de0", "#2f9e7a", "#b9772a", "#8a63c9", "#c2557a", "#3b8fb3"];
export function face(name, seed, own = true) {
  const colour = own ? COLOURS[seed % COLOURS.length] : "#2b6de8";
  return make("span", { class: "face", style: `background:${colour}` }, (own ? name.slice(-1) : name.slice(0, 1)) || "·");
}
