// What a page shows, read from its elements and from nothing else.

/** Runs in the browser: nothing outside of the class is known there. Parts are texts of JSON. A struct or a stack that
    no step has touched since it was read is not read again, and a part that is as before is the same text. */
export class Reader {
  constructor() {
    this.last = {};
    this.known = new Map();  // element of a struct or a stack -> [name, text], none where it shows nothing
    this.kept = new Map();   // state -> parts
    this.slowest = 0;
    this.observer = new MutationObserver((records) => this.touch(records));
    this.observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  }

  touch(records) {
    for (const { target } of records) {
      const part = (target.nodeType === Node.ELEMENT_NODE ? target : target.parentElement)?.closest("#structs details, #stack-g0, #stack-g");
      if (part) this.known.delete(part);
    }
  }

  text(e) {
    return e?.textContent ?? "";
  }
  value(row) {
    return [this.text(row.querySelector(".digits")), this.text(row.querySelector(".meaning > span:last-child"))];
  }
  rows(table) {
    return [...document.querySelectorAll(`${table} tbody tr`)].filter((row) => !row.hidden);
  }

  stack(section) {
    const list = this.rows(`#${section.id}`);
    if (list.length === 0) return undefined;
    const use = this.text(section.querySelector(".badge"));
    const words = list.map((row) => ({
      addr: row.querySelector(".place").title, value: this.value(row), role: this.text(row.querySelector(".role")),
      tags: this.text(row.querySelector(".tag > :last-child")), free: row.classList.contains("free"),
    }));
    const owner = this.text(section.querySelector("h2")).replace(/^Stack of | 的栈$/g, "");
    return [`stacks ${owner}`, { use: ["not in use", "未使用"].includes(use) ? "" : use, words }];
  }
  struct(group) {
    if (group.hidden) return undefined;
    const fields = {};
    for (const row of group.querySelectorAll("tbody tr")) fields[this.text(row.querySelector("th"))] = this.value(row);
    return [`structs ${this.text(group.querySelector(".title"))}`, fields];
  }
  rest() {
    const regs = {}, gs = {};
    for (const row of this.rows("#registers")) regs[this.text(row.querySelector("th"))] = this.value(row);
    for (const row of this.rows("#states")) gs[this.text(row.querySelector("th"))] = this.text(row.querySelector(".word"));
    const chips = [...document.querySelectorAll("#story .chip")];
    const calls = [...document.querySelectorAll("#traceback section")].filter((e) => !e.hidden);
    return {
      regs, gs,
      m: this.text(document.querySelector("#registers .detail")),
      sentence: this.text(document.querySelector("#story .sentence")),
      events: chips.filter((e) => !e.hidden && !e.parentNode.hidden && !e.classList.contains("e-stop")).map((e) => this.text(e)),
      calls: calls.flatMap((e) => [this.text(e.querySelector("h3")), ...[...e.querySelectorAll("li")].filter((li) => !li.hidden)
        .map((li) => `${this.text(li.querySelector(".call"))} ${this.text(li.querySelector(".at"))}`)]),
    };
  }
  state() {
    return Number(this.text(document.querySelector("#timeline .detail")).split(" ")[0]);
  }

  parts() {
    this.touch(this.observer.takeRecords());
    const now = { rest: JSON.stringify(this.rest()) };
    for (const e of document.querySelectorAll("#structs details, #stack-g0, #stack-g")) {
      if (!this.known.has(e)) {
        const part = e.localName === "details" ? this.struct(e) : this.stack(e);
        this.known.set(e, part && [part[0], JSON.stringify(part[1])]);
      }
      const part = this.known.get(e);
      if (part) now[part[0]] = part[1] === this.last[part[0]] ? this.last[part[0]] : part[1];
    }
    this.last = now;
    return now;
  }

  /** Presses the key until the page is at the state; opens all structs. */
  press(key, state) {
    for (let left = 1000; this.state() !== state; --left) {
      if (left === 0) throw new Error(`${key} does not lead to state ${state}: the page is at ${this.state()}`);
      const begin = performance.now();
      document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      this.slowest = Math.max(this.slowest, performance.now() - begin);
    }
    for (const group of document.querySelectorAll("#structs details:not([open])")) {
      group.open = true;
      group.dispatchEvent(new Event("toggle"));
    }
  }

  /** Forwards to each of the states: what is new there, and which parts are gone. */
  forwards(states) {
    return states.map((state) => {
      const before = this.last;
      this.press("ArrowRight", state);
      const now = this.parts();
      this.kept.set(state, now);
      const news = Object.fromEntries(Object.entries(now).filter(([name, text]) => before[name] !== text));
      return { news, gone: Object.keys(before).filter((name) => !(name in now)) };
    });
  }

  /** Back to each of the states: what is not as it was on the way forwards. */
  backwards(states) {
    const wrong = [];
    for (const state of states) {
      this.press("ArrowLeft", state);
      const now = this.parts();
      const then = this.kept.get(state);
      for (const name of new Set([...Object.keys(now), ...Object.keys(then)])) {
        if (now[name] !== then[name]) wrong.push(`state ${state}: on the way back ${name} is ${now[name]}, not ${then[name]}`);
      }
    }
    return wrong;
  }
}
