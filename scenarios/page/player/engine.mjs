// Deltas, and a position among them: the whole of what stepping is. A run is the value of each cell at its start
// and, for every step, the cells that it changed. Knows nothing of what a cell is.

/** Reads the numbers that base64.h writes. */
export class Numbers {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  more() {
    return this.at < this.bytes.length;
  }
  next() {
    let number = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Error("the steps of this page end too early");
      number += (byte & 0x7f) * scale;
      if (byte < 0x80) return number;
      scale *= 128;
    }
  }
  signed() {
    const number = this.next();
    return number % 2 === 1 ? -(number + 1) / 2 : number / 2;
  }
}

export function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** The cells at the start: a value, and of how many cells, again and again. */
export function cellsOf(bytes) {
  const numbers = new Numbers(bytes);
  const cells = [];
  while (numbers.more()) {
    const value = numbers.next();
    for (let left = numbers.next(); left > 0; --left) cells.push(value);
  }
  return cells;
}

/** An array of numbers that grows. */
class Growing {
  constructor(room) {
    this.all = new Int32Array(room);
    this.length = 0;
  }
  push(number) {
    if (this.length === this.all.length) {
      const more = new Int32Array(2 * this.all.length);
      more.set(this.all);
      this.all = more;
    }
    this.all[this.length++] = number;
  }
}

export class Deltas {
  /** `start`: the value of each cell; `bytes`: the steps, as run_json.cpp lays them out. */
  constructor(start, bytes) {
    this.now = Int32Array.from(start);
    this.position = 0;
    this.kinds = [];         // of each step: 0 instruction, 1 slot, 2 edit, 3 turn
    this.instructions = [];  // of each state
    this.sentences = [];     // of each step
    this.arrivals = [];      // whether a state arrives at its place
    this.first = [];         // of each step: index of its first change
    const cells = new Growing(1024);
    const values = new Growing(1024);
    const olds = new Growing(1024);
    const stores = new Growing(1024);
    const state = Int32Array.from(start);
    const numbers = new Numbers(bytes);
    let instruction = 0;
    while (numbers.more()) {
      const head = numbers.next();
      instruction += numbers.signed();
      this.instructions.push(instruction);
      this.arrivals.push(head % 2 === 1);
      this.kinds.push((head >> 1) & 3);
      this.sentences.push(numbers.next());
      this.first.push(cells.length);
      let cell = 0;
      for (let left = head >> 3; left > 0; --left) {
        const word = numbers.next();
        cell += word >> 1;
        const value = numbers.next();
        cells.push(cell);
        values.push(value);
        olds.push(state[cell]);
        stores.push(word & 1);
        state[cell] = value;
      }
    }
    this.cells = cells.all;
    this.values = values.all;
    this.olds = olds.all;
    this.stores = stores.all;
    // The last record is the state at the end.
    this.steps = this.first.length - 1;
  }

  /** Goes to a state, be it before or after the one shown. */
  seek(position) {
    const to = Math.max(0, Math.min(position, this.steps));
    while (this.position < to) {
      const end = this.first[this.position + 1];
      for (let i = this.first[this.position]; i < end; ++i) this.now[this.cells[i]] = this.values[i];
      ++this.position;
    }
    while (this.position > to) {
      --this.position;
      const begin = this.first[this.position];
      for (let i = this.first[this.position + 1] - 1; i >= begin; --i) this.now[this.cells[i]] = this.olds[i];
    }
  }

  /** What the step that led to the state shown changed: cell -> {old, written}. */
  news() {
    const news = new Map();
    if (this.position === 0) return news;
    const end = this.first[this.position];
    for (let i = this.first[this.position - 1]; i < end; ++i) {
      news.set(this.cells[i], { old: this.olds[i], written: this.stores[i] === 1 });
    }
    return news;
  }

  /** The first state after this one, or the last before it, whose step stored to the cell; -1 if there is none. */
  nextWrite(cell) {
    return this.writeFrom(cell, this.position, 1);
  }
  lastWrite(cell) {
    return this.writeFrom(cell, this.position - 2, -1);
  }
  writeFrom(cell, step, direction) {
    for (let k = step; k >= 0 && k < this.steps; k += direction) {
      for (let i = this.first[k]; i < this.first[k + 1]; ++i) {
        if (this.cells[i] === cell && this.stores[i] === 1) return k + 1;
      }
    }
    return -1;
  }
}
