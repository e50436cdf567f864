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

/** A text of a lesson as nodes: what it has in `marks of code` is code. */
export function coded(text) {
  return text.split(/`([^`]*)`/).map((part, i) => (i % 2 === 1 ? element("code", {}, part) : part));
}
export const withoutMarks = (text) => text.replaceAll(/`([^`]*)`/g, "$1");

const kSvg = "http://www.w3.org/2000/svg";
export function drawn(tag, attributes = {}, ...children) {
  const e = document.createElementNS(kSvg, tag);
  for (const [name, value] of Object.entries(attributes)) e.setAttribute(name, value);
  e.append(...children);
  return e;
}

/** Touches the page only where something is new: that is what makes a step cheap. */
export function say(node, text) {
  if (node.said === text) return;
  node.said = text;
  node.textContent = text;
}
export function classed(node, name) {
  if (node.className !== name) node.className = name;
}
export function hide(node, hidden) {
  if (node.hidden !== hidden) node.hidden = hidden;
}

/**
 * Brings rows of scrolling panels into sight without moving the page. All places are asked for after everything has been
 * written, and before anything scrolls: the browser then lays the page out once.
 */
export class Sights {
  constructor() {
    this.wanted = new Map();
  }
  want(panelOf, row) {
    this.wanted.set(panelOf.body, row);
  }
  show() {
    const moves = [];
    for (const [body, row] of this.wanted) {
      if (body.scrollHeight <= body.clientHeight) continue;
      const view = body.getBoundingClientRect();
      const box = row.getBoundingClientRect();
      if (box.top < view.top + box.height || box.bottom > view.bottom - box.height) {
        moves.push([body, body.scrollTop + box.top - view.top - view.height * 0.4]);
      }
    }
    for (const [body, top] of moves) body.scrollTop = top;
    this.wanted.clear();
  }
}

/**
 * A panel: a section with a heading and a body that scrolls and can be reached by Tab. `detail` is beside the
 * heading.
 */
export function panel(id, content, accent = "blue") {
  const title = element("h2", { id: `${id}-title` });
  const detail = element("span.detail");
  const badge = element("span.badge", { hidden: true });
  const body = element("div.body", { tabindex: "0", role: "group", "aria-labelledby": `${id}-title` }, content);
  const section = element(`section.panel.${accent}`, { id, "aria-labelledby": `${id}-title` },
    element("header", {}, title, detail, badge), body);
  return { id, section, title, detail, badge, body };
}
