// The record of a page: its data, given meaning. States are numbered as in the whole run, also where the page holds
// only a part of it.
import { Deltas, bytesOf, cellsOf } from "./engine.mjs";

/** A text with its words put in, then single spaces, and none at the ends: as the narration makes it. */
export function joined(pattern, words) {
  return pattern
    .replace(/\{([^}]*)\}/g, (all, word) => (Object.hasOwn(words, word) ? words[word] : "?"))
    .replace(/ +/g, " ")
    .replace(/^ | $/g, "");
}

export class Recorded {
  constructor(data) {
    this.data = data;
    // The last state that may be shown: a lesson hides what comes after an open question.
    this.limit = data.to;
    this.deltas = new Deltas(cellsOf(bytesOf(data.start)), bytesOf(data.steps));
    this.chinese = data.language === "zh";
    this.instructions = [];
    data.code.functions.forEach((f) => {
      f.firstInstruction = this.instructions.length;
      f.offsets.forEach((offset, index) => this.instructions.push({ f, index, offset }));
      f.lastLine = Math.max(...f.lines);
    });
    for (const f of data.code.functions) f.intel = f.intel.map((n) => data.code.words[n - 1]);
    data.values.forEach((value, i) => {
      if (typeof value !== "number") return;
      const at = this.instructions[value];
      data.values[i] = [`0x${(Number(at.f.entry) + at.offset).toString(16)}`, this.place(at)];
    });
    this.byName = new Map(data.structs.all.map((s) => [s.name, s]));
    this.stacks = new Map();
    for (const stack of data.stacks.all) {
      if (!this.stacks.has(stack.owner)) this.stacks.set(stack.owner, []);
      this.stacks.get(stack.owner).push(stack);
    }
  }

  // ---- where ----
  get state() {
    return this.data.from + this.deltas.position;
  }
  get atStart() {
    return this.deltas.position === 0;
  }
  get atEnd() {
    return this.state === this.limit;
  }
  go(state) {
    this.deltas.seek(Math.min(state, this.limit) - this.data.from);
    this.news = this.deltas.news();
  }

  // ---- words ----
  both(pair) {
    return pair[this.chinese ? 1 : 0];
  }
  /** A line of a function's source. Comments have two languages. */
  sourceLine(f, number) {
    const line = this.data.code.sources[f.source].lines[number - 1] ?? "";
    return typeof line === "string" ? line : this.both(line);
  }
  /** What an instruction is: its line of the source, or a text of its own. */
  instructionText(f, index) {
    if (!f.texts) return f.intel[index];
    const n = f.texts[index];
    if (n === 0) return this.sourceLine(f, f.lines[index]).replace(/^[ \t]+|[ \t]+$/g, "");
    const text = this.data.code.words[n - 1];
    return typeof text === "string" ? text : this.both(text);
  }
  /** The parts of a value: [digits or name, meaning]. */
  parts(value) {
    const v = this.data.values[value];
    if (typeof v === "string") return [v, ""];
    return [v[0], v.length > 2 && this.chinese ? v[2] : v[1]];
  }
  /** The part of a value that says more. */
  word(value) {
    const [text, meaning] = this.parts(value);
    return meaning || text;
  }
  text(value) {
    const [text, meaning] = this.parts(value);
    return text || meaning;
  }
  shown(cell) {
    return this.parts(this.deltas.now[cell]);
  }
  name(cell) {
    return this.text(this.deltas.now[cell]);
  }

  // ---- the executed step ----
  get step() {
    return this.deltas.position - 1;
  }
  sentence() {
    if (this.atStart) return "";
    return this.sentenceOf(this.deltas.sentences[this.step]);
  }
  sentenceOf(number) {
    const sentence = this.data.sentences[number];
    if (!sentence) return "";
    const [en, zh, ...names] = this.data.patterns[sentence[0]];
    const words = {};
    names.forEach((name, i) => (words[name] = this.word(sentence[i + 1])));
    return joined(this.chinese ? zh : en, words);
  }
  instruction(step) {
    return this.instructions[this.deltas.instructions[step]];
  }
  /** The instruction that the state shown is before. */
  here() {
    return this.instruction(this.deltas.position);
  }
  executed() {
    return this.atStart ? undefined : this.instruction(this.step);
  }
  place(at) {
    return at.offset === 0 ? at.f.name : `${at.f.name}+0x${at.offset.toString(16)}`;
  }
  eventsOf(step) {
    const events = this.data.events;
    let low = 0;
    let high = events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (events[middle][0] < step) low = middle + 1;
      else high = middle;
    }
    let end = low;
    while (end < events.length && events[end][0] === step) ++end;
    return [low, end];
  }

  // ---- moving: each answers a state ----
  line(direction) {
    const last = this.limit - this.data.from;
    for (let k = this.deltas.position + direction; k > 0 && k < last; k += direction) {
      const at = this.instructions[this.deltas.instructions[k]];
      if (!at || at.f.starts[at.index] === "1") return this.data.from + k;
    }
    return direction > 0 ? this.limit : this.data.from;
  }
  event(direction) {
    this.eventStates ??= this.data.events.map((e) => e[0] + 1);
    return this.among(this.eventStates, direction);
  }
  handoff(direction) {
    return this.among(this.data.handoffs, direction);
  }
  among(states, direction) {
    const here = this.state;
    if (direction > 0) return Math.min(states.find((s) => s > here) ?? this.limit, this.limit);
    return states.findLast((s) => s < here) ?? this.data.from;
  }

  /** The state that an address names: 1779, end, runtime.gogo+0x23#3; -1 if it names none. */
  find(where) {
    if (/^\d+$/.test(where)) {
      const state = Number(where);
      return state >= this.data.from && state <= this.limit ? state : -1;
    }
    if (where === "end") return this.limit;
    const match = /^(.*?)(?:\+0x([0-9a-f]+))?(?:#(\d+))?$/.exec(where);
    const f = this.data.code.functions.find((one) => one.name === match[1]);
    if (!f) return -1;
    const index = f.offsets.indexOf(parseInt(match[2] ?? "0", 16));
    if (index < 0) return -1;
    const before = f.before ? f.before[index] : 0;
    return this.visit(f.firstInstruction + index, Number(match[3] ?? 1) - before);
  }
  /** The state of the n-th arrival at an instruction; -1 if there is none. */
  visit(instruction, n) {
    const { instructions, arrivals } = this.deltas;
    const steps = this.limit - this.data.from;
    let left = n;
    for (let k = 0; k <= steps && n > 0; ++k) {
      if (instructions[k] === instruction && arrivals[k] && --left === 0) return this.data.from + k;
    }
    return -1;
  }
  /** The next arrival after the state shown; if there is none, the first of all. */
  nextVisit(instruction) {
    const { instructions, arrivals } = this.deltas;
    const steps = this.limit - this.data.from;
    for (let k = this.deltas.position + 1; k <= steps; ++k) {
      if (instructions[k] === instruction && arrivals[k]) return this.data.from + k;
    }
    return this.visit(instruction, 1);
  }

  /** The state after the next store to a cell, or the last one before; -1 if there is none that may be shown. */
  write(cell, next) {
    const at = next ? this.deltas.nextWrite(cell) : this.deltas.lastWrite(cell);
    return at >= 0 && this.data.from + at <= this.limit ? this.data.from + at : -1;
  }
  /** What a cell shows at another state. */
  shownAt(cell, state) {
    const here = this.deltas.position;
    this.deltas.seek(state - this.data.from);
    const shown = this.shown(cell);
    this.deltas.seek(here);
    return shown;
  }
  /** The 8 bytes at an address, a BigInt; undefined where they are in no stack that the page has. */
  memoryAt(address, state) {
    const shift = (address % 8n) * 8n;
    const low = this.wordAt(address - address % 8n, state);
    if (shift === 0n || low === undefined) return low;
    const high = this.wordAt(address - address % 8n + 8n, state);
    return high === undefined ? undefined : (low >> shift) | BigInt.asUintN(64, high << (64n - shift));
  }
  wordAt(address, state) {
    const stack = this.data.stacks.all.find((s) => address < BigInt(s.hi) && address >= BigInt(s.hi) - BigInt(8 * s.count));
    if (!stack) return undefined;
    const [digits] = this.shownAt(stack.words + Number((BigInt(stack.hi) - address) / 8n) - 1, state);
    return /^(0x[0-9a-f]+|\d+)$/.test(digits) ? BigInt(digits) : undefined;
  }
  /** The events that may be shown. */
  get events() {
    const { events } = this.data;
    return this.limit === this.data.to ? events : events.slice(0, this.eventsOf(this.limit)[0]);
  }

  // ---- structs ----
  struct(name) {
    return this.byName.get(name);
  }
  label(s) {
    return this.name(s.label);
  }
  /** [name, type, cell] of the fields that are ever something else than 0. */
  fields(s) {
    const type = this.data.structs.types[s.kind];
    return (s.named ??= s.fields.map(([index, cell]) => [...type[index], cell]));
  }
  /** The names of those that are 0 in the whole run. */
  quietFields(s) {
    const told = new Set(s.fields.map(([index]) => index));
    return this.data.structs.types[s.kind].filter(([name], i) => !told.has(i) && !name.includes("[")).map(([n]) => n);
  }
  field(s, name) {
    s.byName ??= new Map(this.fields(s).map(([n, , cell]) => [n, cell]));
    return s.byName.get(name) ?? -1;
  }
  /** What a g, an M or a P is called now, "g0", by its full name, "m0.g0". */
  called(name) {
    const s = this.struct(name);
    return s ? this.label(s) || name : name;
  }
  /** The stack of a g at this moment: a g may have had several. */
  stackOf(name) {
    const all = this.stacks.get(name) ?? [];
    const hi = this.struct(name) ? this.field(this.struct(name), "stack.hi") : -1;
    return all.find((s) => hi >= 0 && this.shown(hi)[0] === s.hi) ?? all[0];
  }
  /** What a pointer points at: {struct, field} or {owner, offset} of a stack's word; nothing for other values. */
  target(value) {
    this.targets ??= new Map();
    if (!this.targets.has(value)) this.targets.set(value, this.meant(value));
    const meant = this.targets.get(value);
    const struct = meant && this.structCalled(meant.name);
    if (!struct) return undefined;
    return meant.offset === undefined ? { struct, field: meant.field } : { owner: struct.name, offset: meant.offset };
  }
  meant(value) {
    const v = this.data.values[value];
    if (typeof v === "string" || !/^0x[1-9a-f]/.test(v[0])) return undefined;
    const stack = /^in (\S+)'s stack, hi-(\d+)$/.exec(v[1]);
    if (stack) return { name: stack[1], offset: Number(stack[2]) };
    const named = /^&?([gmp]\d+(?:\.g0|\.gsignal)?|sched)(?:\.(.+))?$/.exec(v[1]);
    return named ? { name: named[1], field: named[2] } : undefined;
  }
  /** The struct that is called so now. */
  structCalled(label) {
    return this.byName.get(label) ?? this.data.structs.all.find((s) => this.label(s) === label);
  }
  /** What a cell is called, for a selection and the search: every cell that is a place of the machine. */
  places() {
    const places = [];
    for (const [m, registers] of Object.entries(this.data.registers)) {
      for (const [reg, cell] of Object.entries(registers)) places.push([m === "m0" ? reg : `${m} ${reg}`, cell]);
    }
    for (const s of this.data.structs.all) {
      for (const [name, , cell] of this.fields(s)) places.push([`${s.name}.${name}`, cell]);
    }
    for (const stack of this.data.stacks.all) {
      for (let i = 0; i < stack.count; ++i) places.push([`${stack.owner}.stack hi-${8 * (i + 1)}`, stack.words + i]);
    }
    return places;
  }
}
