// The page: what is where, what the keys do, and how a moment gets onto the screen.
import { element, drawn, say, hide, Sights } from "./dom.mjs";
import { Recorded } from "./record.mjs";
import { kWords, filled } from "./words.mjs";
import { Story, WhichG } from "./story.mjs";
import { SourcePanel, DisassemblyPanel } from "./code.mjs";
import { RegistersPanel, StackPanel } from "./stacks.mjs";
import { StatesPanel, QueuesPanel, ThreadsPanel, EventsPanel, StructsPanel } from "./tables.mjs";
import { TracebackPanel, OutputPanel } from "./calls.mjs";
import { TimelinePanel } from "./timeline.mjs";
import { LessonPanel } from "./lesson.mjs";
import { Search, Help } from "./search.mjs";
import { addressed, asked, follow, remember, remembered } from "./address.mjs";

/** [name, icon, key, how the key is written]: the buttons that move, in the order of the window. */
const kMoves = [
  ["start", "M5 4V16M16 4L7 10L16 16Z", ["Home"]],
  ["handoffBack", "M16 6H8M8 6L11 3M8 6L11 9M16 14H4M4 14L7 11M4 14L7 17", ["Shift+F7"]],
  ["eventBack", "M3 10L8 5L13 10L8 15ZM17 5V15", ["Shift+F8"]],
  ["lineBack", "M16 4L7 10L16 16ZM4 7V13", ["Shift+F10"]],
  ["back", "M14 4L5 10L14 16Z", ["ArrowLeft"]],
  ["step", "M6 4L15 10L6 16Z", ["ArrowRight"]],
  ["play", "M10 2A8 8 0 1 0 10 18A8 8 0 1 0 10 2M8 6L14 10L8 14Z", [" "]],
  ["line", "M4 4L13 10L4 16ZM16 7V13", ["F10"]],
  ["event", "M17 10L12 5L7 10L12 15ZM3 5V15", ["F8"]],
  ["handoff", "M4 6H12M12 6L9 3M12 6L9 9M4 14H16M16 14L13 11M16 14L13 17", ["F7"]],
  ["end", "M15 4V16M4 4L13 10L4 16Z", ["End"]],
];
const kKeyNames = { ArrowLeft: "←", ArrowRight: "→", " ": "Space" };
/** Up and down go by lines where there are lines to see, and from the slider, whose line is the run. Anywhere else they
    scroll, as on every page. */
const kByLine = { ArrowUp: "lineBack", ArrowDown: "line" };
const kWithLines = "#source, #disassembly, #timeline input";
const kEmbedded = ["story", "source", "stacks"];

const kForwards = ["step", "line", "event", "handoff", "end", "play"];

class Page {
  constructor(data) {
    this.record = new Recorded(data);
    this.language = this.record.chinese ? "zh" : "en";
    // Old values of places that are not in the machine's memory have no name, and are not told as changes.
    const places = this.record.places();
    this.names = new Map(places.map(([name, cell]) => [cell, name]));
    this.placesByName = new Map(places);
    this.w = (id, otherwise) => kWords[id]?.[this.language === "zh" ? 1 : 0] ?? otherwise ?? id;
    this.sights = new Sights();
    this.search = new Search(this);
    this.help = new Help(this);
    this.lesson = data.lesson ? new LessonPanel(this) : undefined;
    this.panels = {
      ...(this.lesson ? { lesson: this.lesson } : {}), story: new Story(this), which: new WhichG(this), source: new SourcePanel(this),
      disassembly: new DisassemblyPanel(this), registers: new RegistersPanel(this),
      "stack-g0": new StackPanel(this, "stack-g0", "g0"), "stack-g": new StackPanel(this, "stack-g", "g"),
      structs: new StructsPanel(this), timeline: new TimelinePanel(this), states: new StatesPanel(this),
      queues: new QueuesPanel(this), events: new EventsPanel(this), threads: new ThreadsPanel(this),
      traceback: new TracebackPanel(this), output: new OutputPanel(this),
    };
    this.build();
    this.choose(asked("lang") ?? remembered("language") ?? this.language, asked("theme") ?? remembered("theme") ?? "");
    this.goToAddress(addressed());
    window.addEventListener("hashchange", () => this.goToAddress(addressed()));
  }

  placeName(cell) {
    const name = this.names.get(cell);
    // A g0 is called as it is called now.
    const system = /^(m\d+\.g(?:0|signal))(.*)$/.exec(name ?? "");
    return system ? this.record.called(system[1]) + system[2] : name;
  }

  // ---- moving ----
  go(state) {
    this.record.go(state);
    this.update();
    follow(this.record.state);
  }
  goToInstruction(number) {
    const state = this.record.nextVisit(number);
    if (state >= 0) this.go(state);
    else this.tell(filled(this.w("noSuchPlace"), { place: this.record.place(this.record.instructions[number]) }));
  }
  goToAddress(where) {
    const opensAt = this.lesson?.opensAt ?? this.record.data.opens_at;
    const state = where === "" ? opensAt : this.record.find(where);
    if (state < 0) {
      this.go(opensAt);
      this.tell(filled(this.w("noSuchPlace"), { place: where }));
      return;
    }
    if (this.record.news === undefined || state !== this.record.state) this.go(state);
  }
  move(name) {
    if (name !== "play" && this.playing) this.play(false);
    const { record } = this;
    const { from } = record.data;
    const to = record.limit;
    if (record.atEnd && this.lesson && to < record.data.to && kForwards.includes(name)) {
      return this.tell(this.w("answerFirst"));
    }
    switch (name) {
      case "start": return this.go(from);
      case "end": return this.go(to);
      case "step": return this.go(Math.min(to, record.state + 1));
      case "back": return this.go(Math.max(from, record.state - 1));
      case "line": return this.go(record.line(1));
      case "lineBack": return this.go(record.line(-1));
      case "event": return this.go(record.event(1));
      case "eventBack": return this.go(record.event(-1));
      case "handoff": return this.go(record.handoff(1));
      case "handoffBack": return this.go(record.handoff(-1));
      case "play": return this.play(!this.playing);
    }
  }
  play(on) {
    clearInterval(this.playing);
    this.playing = 0;
    if (on) {
      if (this.record.atEnd) this.record.go(this.record.data.from);
      this.playing = setInterval(() => {
        this.go(this.record.line(1));
        if (this.record.atEnd) this.play(false);
      }, 900);
    }
    this.labelMoves();
  }

  // ---- a place that is followed through the run ----
  select(cell) {
    this.selected = cell;
    this.updateSelection();
    this.lastButton.focus();
  }
  updateSelection() {
    const { w, record } = this;
    hide(this.selection, this.selected === undefined);
    if (this.selected === undefined) return;
    say(this.selectedName, this.placeName(this.selected));
    const [digits, meaning] = record.shown(this.selected);
    say(this.selectedValue, meaning ? `${digits}  ${meaning}` : digits);
    say(this.lastButton, `◂ ${w("lastWrite")}`);
    say(this.nextButton, `${w("nextWrite")} ▸`);
    this.unselectButton.setAttribute("aria-label", w("close"));
    this.selection.setAttribute("aria-label", w("selected"));
  }
  goToWrite(next) {
    const at = this.record.write(this.selected, next);
    if (at >= 0) return this.go(at);
    this.tell(filled(this.w(next ? "noNextWrite" : "noLastWrite"), { field: this.placeName(this.selected) }));
  }
  // ---- what a pointer points at, or a lesson speaks of ----
  panelOfCell(cell) {
    const { data } = this.record;
    if (data.stacks.all.some((s) => cell >= s.words && cell < s.words + s.count)) return "stack-g";
    return Object.values(data.registers).some((regs) => Object.values(regs).includes(cell)) ? "registers" : "structs";
  }
  /** Brings into sight and under the focus: {cell}, {struct}, {owner, offset} of a word of a stack, {panel}. */
  show(target) {
    const { panels } = this;
    const stacks = [panels["stack-g0"], panels["stack-g"]];
    let row;
    if (target.struct) row = panels.structs.rowOf(target.struct, target.field);
    else if (target.owner) row = stacks.find((s) => s.shown?.owner === target.owner)?.rowAt(target.offset);
    else if (target.cell !== undefined) {
      row = panels.structs.rowOfCell(target.cell) ?? panels.registers.rows.find((r) => panels.registers.cell(r.name) === target.cell) ??
        stacks.map((s) => s.rowOfCell(target.cell)).find(Boolean);
    } else row = { node: panels[target.panel].panel.section, button: panels[target.panel].panel.body };
    if (!row) return this.tell(filled(this.w("notShown"), { place: target.owner ?? this.placeName(target.cell) ?? "" }));
    row.node.scrollIntoView({ block: "nearest" });
    row.button.focus();
  }
  tell(text) {
    say(this.message, text);
    hide(this.message, false);
  }

  // ---- what the reader chooses ----
  choose(language, theme) {
    this.language = language === "zh" ? "zh" : "en";
    this.record.chinese = this.language === "zh";
    document.documentElement.lang = this.language === "zh" ? "zh-CN" : "en";
    if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
    else delete document.documentElement.dataset.theme;
    const title = this.record.both(this.record.data.title) || this.record.data.name;
    document.title = `${title} - gogoscope`;
    say(this.heading, title);
    this.themeButton.textContent = this.w(this.isDark() ? "light" : "dark");
    this.languageButton.textContent = this.w("otherLanguage");
    this.languageButton.lang = this.language === "zh" ? "en" : "zh-CN";
    this.searchButton.textContent = this.w("search");
    this.helpButton.textContent = this.w("help");
    this.movesBar.setAttribute("aria-label", this.w("stepping"));
    this.toolsBar.setAttribute("aria-label", this.w("tools"));
    const { from, to, total } = this.record.data;
    hide(this.part, from === 0 && to === total);
    hide(this.homeLink, !this.record.data.home);
    this.homeLink.textContent = this.w("allPages");
    this.homeLink.href = this.indexOf(this.language);
    say(this.part, filled(this.w("part"), { from: String(from), to: String(to), total: String(total) }));
    this.labelMoves();
    if (this.record.news !== undefined) this.update();
  }
  /** The index of the site that the page is in: the one of another language is beside that of the site's own. */
  indexOf(language) {
    const { home, language: own } = this.record.data;
    return language === own ? home : home?.replace(/html$/, `${language}.html`);
  }
  /** Another page of the site, in the language of this one. */
  linked(file) {
    return `${file}?lang=${this.language}`;
  }
  isDark() {
    const theme = document.documentElement.dataset.theme;
    return theme ? theme === "dark" : !window.matchMedia("(prefers-color-scheme: light)").matches;
  }
  labelMoves() {
    for (const { name, keys, button, label } of this.moves) {
      const word = this.w(name === "play" && this.playing ? "pause" : name);
      say(label, word);
      button.setAttribute("aria-label", word);
      button.title = `${word}  ${keys.map((key) => kKeyNames[key] ?? key).join("  ")}`;
    }
  }

  // ---- the page itself ----
  build() {
    this.heading = element("h1");
    this.part = element("p.part", { hidden: true });
    this.moves = kMoves.map(([name, icon, keys]) => {
      const label = element("span.label");
      const button = element(`button.move.m-${name}`, { type: "button", onclick: () => this.move(name) },
        drawn("svg", { viewBox: "0 0 20 20", "aria-hidden": "true" }, drawn("path", { d: icon })), label);
      return { name, keys, button, label };
    });
    // No toolbars: in those the arrows would go from button to button.
    this.movesBar = element("div.moves", { role: "group" }, ...this.moves.map((m) => m.button));
    this.searchButton = element("button.tool", { type: "button", onclick: () => this.search.open() });
    this.helpButton = element("button.tool", { type: "button", onclick: () => this.openHelp() });
    this.themeButton = element("button.tool", { type: "button", onclick: () => this.chooseTheme() });
    this.languageButton = element("button.tool", { type: "button", onclick: () => this.chooseLanguage() });
    this.homeLink = element("a.tool", { hidden: true });
    this.toolsBar = element("div.tools", { role: "group" }, this.homeLink, this.searchButton, this.helpButton, this.themeButton, this.languageButton);
    this.selectedName = element("b");
    this.selectedValue = element("span.value");
    this.lastButton = element("button", { type: "button", onclick: () => this.goToWrite(false) });
    this.nextButton = element("button", { type: "button", onclick: () => this.goToWrite(true) });
    this.unselectButton = element("button", { type: "button", onclick: () => { this.selected = undefined; this.updateSelection(); } }, "×");
    this.selection = element("div.selection", { role: "group", hidden: true }, this.selectedName, this.selectedValue,
      this.lastButton, this.nextButton, this.unselectButton);
    this.message = element("p.message", { role: "status", hidden: true });
    const main = element("main", {}, ...Object.values(this.panels).map((p) => p.panel.section));
    const top = element("div.top", {}, this.heading, this.part, this.toolsBar);
    document.body.append(element("header", {}, top, this.movesBar, this.selection, this.message), main, this.search.dialog, this.help.dialog);
    hide(this.panels.output.panel.section, this.record.data.output.length === 0);
    if (this.lesson) {
      document.body.classList.add("lesson");
      document.body.append(this.lesson.paper);
    }
    const embed = asked("embed");
    if (embed !== null) {
      document.body.classList.add("embed");
      const chosen = embed === "" ? kEmbedded : embed.split(",");
      for (const [id, panel] of Object.entries(this.panels)) {
        hide(panel.panel.section, !chosen.includes(id) && !(id.startsWith("stack-") && chosen.includes("stacks")));
      }
    }
    document.addEventListener("keydown", (e) => this.key(e));
  }
  chooseLanguage() {
    const language = this.language === "zh" ? "en" : "zh";
    remember("language", language);
    this.choose(language, document.documentElement.dataset.theme ?? "");
  }
  chooseTheme() {
    const theme = this.isDark() ? "light" : "dark";
    remember("theme", theme);
    this.choose(this.language, theme);
  }
  openHelp() {
    const keys = kMoves.map(([name, , all]) => [all.map((key) => kKeyNames[key] ?? key).join("  "), name]);
    if (this.lesson) keys.push(["PageUp", "previousStop"], ["PageDown", "nextStop"], ["a b c …", "answer"]);
    this.help.open([...keys, ["↑  ↓", "byLine"], ["Ctrl+K", "search"], ["F1", "help"]]);
  }

  key(event) {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.key === "k" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return this.search.open();
    }
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "F1") {
      event.preventDefault();
      return this.openHelp();
    }
    const target = event.target;
    const type = target instanceof HTMLInputElement ? target.type : "";
    if (["text", "search"].includes(type) && !/^(F\d|Page)/.test(event.key)) return;
    // Arrows go from one radio button to the next.
    if (type === "radio" && event.key.startsWith("Arrow")) return;
    // Space presses a button and ticks a box; it plays from a panel or a slider, which have no use for it.
    if (event.key === " " && target !== document.body && type !== "range" && !target.classList?.contains("body")) return;
    // A panel that has more than it shows scrolls.
    const scrolls = target.classList?.contains("body") && target.scrollHeight > target.clientHeight;
    if (scrolls && ["Home", "End", " ", "PageUp", "PageDown"].includes(event.key)) return;
    if (this.lesson && !event.shiftKey) {
      const by = { PageUp: -1, PageDown: 1 }[event.key];
      if (by) this.lesson.move(by);
      if (by || this.lesson.pick(event.key)) return event.preventDefault();
    }
    const name = (event.shiftKey ? "Shift+" : "") + event.key;
    const move = this.moves.find((m) => m.keys.includes(name))?.name ?? (target.closest?.(kWithLines) ? kByLine[name] : undefined);
    if (!move) return;
    event.preventDefault();
    this.move(move);
  }

  update() {
    hide(this.message, true);
    for (const panel of Object.values(this.panels)) {
      if (!panel.panel.section.hidden) panel.update();
    }
    this.updateSelection();
    this.sights.show();
    const { record } = this;
    for (const { name, button } of this.moves) {
      const stuck = ["start", "back", "lineBack", "eventBack", "handoffBack"].includes(name) ? record.atStart
        : (name !== "play" || record.limit < record.data.to) && record.atEnd;
      // Not "disabled": a button that is being pressed must not lose the focus.
      if (stuck) button.setAttribute("aria-disabled", "true");
      else button.removeAttribute("aria-disabled");
    }
  }
}

export function open() {
  return new Page(JSON.parse(document.getElementById("run").textContent));
}

open();
