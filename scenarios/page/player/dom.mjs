// Elements. Texts only ever go in as text, never as markup.

/** element("p.note", {title: "..."}, "text", child, ...) */
export function element(kind, attributes = {}, ...children) {
  const [tag, ...classes] = kind.split(".");
  const e = document.createElement(tag);
  if (classes.length > 0) e.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) e.addEventListener(name.slice(2), value);
    else if (value === true) e.setAttribute(name, "");
    else if (value !== false && value !== undefined) e.setAttribute(name, value);
  }
  e.append(...children);
  return e;
}

const kSvg = "http://www.w3.org/2000/svg";
export function drawn(tag, attributes = {}, ...children) {
  const e = document.createElementNS(kSvg, tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  e.append(...children);
  return e;
}

/** Touches the page only where something is new: that is what makes a step cheap. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
export function classed(node, name) {
  if (node.className !== name) node.className = name;
}
export function hide(node, hidden) {
  if (node.hidden !== hidden) node.hidden = hidden;
}

/** Brings a row of a scrolling panel into sight without moving the page. */
export function reveal(panel, row) {
  const view = panel.getBoundingClientRect();
  const box = row.getBoundingClientRect();
  if (view.height === 0 || panel.scrollHeight <= panel.clientHeight) return;
  if (box.top < view.top + box.height || box.bottom > view.bottom - box.height) {
    panel.scrollTop += box.top - view.top - panel.clientHeight * 0.4;
  }
}

/**
 * A panel: a section with a heading and a body that scrolls and can be reached by Tab. `detail` is beside the
 * heading.
 */
export function panel(id, body, accent = "blue") {
  const title = element("h2", { id: `${id}-title` });
  const detail = element("span.detail");
  const badge = element("span.badge", { hidden: true });
  body.classList.add("body");
  body.setAttribute("tabindex", "0");
  body.setAttribute("role", "group");
  body.setAttribute("aria-labelledby", `${id}-title`);
  const section = element(`section.panel.${accent}`, { id, "aria-labelledby": `${id}-title` },
    element("header", {}, title, detail, badge), body);
  return { id, section, title, detail, badge, body };
}
