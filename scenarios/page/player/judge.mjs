// Answers judged: what was chosen or typed is compared with what the page says is right. What a word comes to is looked up.

/** What a typed sum comes to, "rsp - 8", as 64 bits; undefined if it has no value. `lookup` answers a BigInt or undefined. */
export function typedValue(text, lookup) {
  const term = /\s*([+-]?)\s*(\[[^\]]*\]|0x[0-9a-f]+(?!\w)|\d+(?!\w)|[a-z_][\w./()*]*(?:\[\d+\][\w.]*)?)\s*/iy;
  let sum = 0n;
  let at = 0;
  const whole = text.trim();
  while (at < whole.length) {
    term.lastIndex = at;
    const match = term.exec(whole);
    if (!match || (at > 0 && match[1] === "")) return undefined;
    const number = /^\d/.test(match[2]) ? BigInt(match[2]) : lookup(match[2]);
    if (number === undefined) return undefined;
    sum += match[1] === "-" ? -number : number;
    at = term.lastIndex;
  }
  return at > 0 ? BigInt.asUintN(64, sum) : undefined;
}

/** {given, right}; undefined where it is no answer, which is no attempt. `given`: ids of choices, or the one text that was
    typed. */
export function judged(question, given, lookup) {
  if (question.kind === "value") {
    const value = given.length === 1 ? typedValue(given[0], lookup) : undefined;
    return value === undefined ? undefined : { given, right: value === BigInt(question.value) };
  }
  const chosen = given.map((id) => question.choices.findIndex((choice) => choice.id === id));
  if (chosen.includes(-1)) return undefined;
  if (question.kind === "which" && chosen.length !== 1) return undefined;
  if (question.kind === "order" && new Set(chosen).size !== question.choices.length) return undefined;
  if (question.kind === "changes") chosen.sort((a, b) => a - b);
  return { given: chosen.map((i) => question.choices[i].id), right: chosen.join() === question.truth.join() };
}

/** Answers of one lesson, and what follows from them. An answer that has been given stays. */
export class Answers {
  constructor(lesson) {
    this.lesson = lesson;
    this.all = new Map();
  }
  of(stop, question) {
    return this.all.get(`${stop.id}\n${question.id}`);
  }
  /** False where there is an answer already. */
  keep(stop, question, answer) {
    if (this.of(stop, question)) return false;
    this.all.set(`${stop.id}\n${question.id}`, answer);
    return true;
  }
  isOpen(stop) {
    return stop.ask.some((question) => !this.of(stop, question));
  }
  /** The last state that may be shown; undefined where no question is open. */
  horizon() {
    return this.lesson.stops.find((stop) => this.isOpen(stop))?.state;
  }
  score() {
    const answers = this.lesson.stops.flatMap((stop) => stop.ask.map((question) => this.of(stop, question)));
    return { right: answers.filter((a) => a?.right).length, answered: answers.filter(Boolean).length, of: answers.length };
  }
  /** As `gogoscope lesson --answers` reads it. */
  text() {
    const answers = this.lesson.stops.flatMap((stop) =>
      stop.ask.map((q) => ({ stop: stop.id, question: q.id, given: this.of(stop, q)?.given })).filter((one) => one.given));
    return JSON.stringify({ version: 1, lesson: this.lesson.name, answers });
  }
  /** Takes what text() wrote, judged anew: the lesson may have been edited since. */
  read(text, lookupAt) {
    let kept;
    try {
      kept = JSON.parse(text).answers;
    } catch {
      return;
    }
    if (!Array.isArray(kept)) return;
    for (const { stop: id, question: asked, given } of kept) {
      const stop = this.lesson.stops.find((s) => s.id === id);
      const question = stop?.ask.find((q) => q.id === asked);
      if (!question || !Array.isArray(given)) continue;
      const answer = judged(question, given.map(String), lookupAt(stop, question));
      if (answer) this.keep(stop, question, answer);
    }
  }
}
