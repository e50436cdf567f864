// A question of a lesson: choices to press or a field to type into; after the one attempt, what is right, and why.
import { coded, element, hide, say, withoutMarks } from "./dom.mjs";
import { judged } from "./judge.mjs";
import { filled } from "./words.mjs";

export const letter = (i) => String.fromCharCode("a".charCodeAt(0) + i);

export class QuestionForm {
  constructor(lesson, stop, question, number) {
    this.lesson = lesson;
    this.page = lesson.page;
    this.stop = stop;
    this.question = question;
    this.id = `question-${number}`;
    this.answer = lesson.answers.of(stop, question);
    this.order = [];
    const { w, record } = this.page;
    const text = element("legend", {}, ...coded(record.both(question.text)));
    const body = this.answer ? this.answered() : this.open();
    // No form: a frame may refuse those.
    this.node = element(`div.question${this.answer ? (this.answer.right ? ".right" : ".wrong") : ".open"}`,
      { onkeydown: (e) => this.key(e) }, element("fieldset", {}, text, ...body));
  }

  open() {
    const { w, record } = this.page;
    const { kind } = this.question;
    this.hint = element("p.hint", { id: `${this.id}-hint` }, w(`hint_${kind}`));
    this.complaint = element("p.complaint", { role: "alert", hidden: true });
    this.button = element("button.answer", { type: "button", onclick: () => this.submit() }, w("answer"));
    if (kind === "value") {
      this.input = element("input.typed", { type: "text", autocomplete: "off", spellcheck: "false", autocapitalize: "off", "aria-label": w("yourAnswer"),
        "aria-describedby": this.hint.id });
      return [this.hint, element("p.typing", {}, this.input, this.button), this.complaint];
    }
    this.inputs = [];
    const rows = this.question.choices.map((choice, i) => {
      const words = [element("span.letter", { "aria-hidden": "true" }, letter(i)), element("span", {}, ...coded(record.both(choice.text)))];
      if (kind === "order") {
        const badge = element("span.place-in-order", { "aria-hidden": "true" });
        const button = element("button.choice", { type: "button", "aria-pressed": "false", onclick: () => this.press(i) }, badge, ...words);
        this.inputs.push({ button, badge, text: withoutMarks(record.both(choice.text)) });
        return element("li", {}, button);
      }
      const input = element("input", { type: kind === "which" ? "radio" : "checkbox", name: this.id });
      this.inputs.push(input);
      return element("li", {}, element("label.choice", {}, input, ...words));
    });
    return [this.hint, element("ol.choices", {}, ...rows), element("p", {}, this.button), this.complaint];
  }

  /** Takes the next place in the order, or gives up the one it has. */
  press(i) {
    if (this.order.includes(i)) this.order = this.order.filter((one) => one !== i);
    else this.order.push(i);
    this.inputs.forEach(({ button, badge, text }, one) => {
      const at = this.order.indexOf(one);
      say(badge, at < 0 ? "" : String(at + 1));
      button.setAttribute("aria-pressed", String(at >= 0));
      button.setAttribute("aria-label", at < 0 ? text : `${at + 1}: ${text}`);
    });
  }

  /** A letter key. */
  pick(i) {
    const input = this.inputs?.[i];
    if (!input) return false;
    if (this.question.kind === "order") {
      this.press(i);
      (this.order.length === this.inputs.length ? this.button : input.button).focus();
    } else {
      input.checked = this.question.kind === "which" || !input.checked;
      input.focus();
    }
    return true;
  }

  /** Enter in a field answers. */
  key(event) {
    if (event.key !== "Enter" || event.isComposing || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    this.submit();
  }

  given() {
    const { kind, choices } = this.question;
    if (kind === "value") return [this.input.value.trim()];
    if (kind === "order") return this.order.map((i) => choices[i].id);
    return choices.filter((choice, i) => this.inputs[i].checked).map((choice) => choice.id);
  }

  submit() {
    if (this.answer) return;
    const answer = judged(this.question, this.given(), this.lesson.lookup(this.stop, this.question));
    if (answer) return this.lesson.give(this, answer);
    say(this.complaint, this.page.w(`again_${this.question.kind}`));
    hide(this.complaint, false);
    (this.input ?? this.inputs[0].button ?? this.inputs[0]).focus();
  }

  answered() {
    const { w, record } = this.page;
    const { question, answer } = this;
    const parts = [];
    if (question.kind === "value") {
      parts.push(element("p.given", {}, `${w("yourAnswer")}: `, element("code", {}, answer.given[0])));
    } else {
      // An order is shown as it is.
      const shown = question.kind === "order" ? question.truth : question.choices.map((choice, i) => i);
      parts.push(element("ol.choices", {}, ...shown.map((i) => this.judgedChoice(question.choices[i], i))));
    }
    this.verdict = element("p.verdict", { tabindex: "-1" },
      ...coded(answer.right ? w("right") : filled(w("wrong"), { answer: record.both(question.answer) })));
    parts.push(this.verdict, element("p.because", {}, ...coded(record.both(question.because))));
    if (question.after <= record.limit) {
      parts.push(element("p", {}, element("button.quiet", { type: "button", onclick: () => this.page.go(question.after) },
        filled(w("seeIt"), { state: String(question.after) }))));
    }
    return parts;
  }

  judgedChoice(choice, i) {
    const { w, record } = this.page;
    const { kind, truth } = this.question;
    const given = this.answer.given.indexOf(choice.id);
    const words = [element("span.letter", {}, letter(i)), element("span", {}, ...coded(record.both(choice.text)))];
    if (kind === "order") {
      const right = truth.indexOf(i);
      const note = given === right ? "" : filled(w("youSaid"), { n: String(given + 1) });
      return element(`li.choice.${given === right ? "true" : "false"}`, {}, element("span.place-in-order", {}, String(right + 1)), ...words,
        element("span.note", {}, note));
    }
    const isTrue = truth.includes(i);
    const note = [given >= 0 ? w("chosen") : "", isTrue ? w(kind === "which" ? "isRight" : "itChanges") : ""].filter(Boolean).join(", ");
    return element(`li.choice${isTrue ? ".true" : given >= 0 ? ".false" : ""}`, {},
      element("span.tick", { "aria-hidden": "true" }, isTrue ? "✓" : given >= 0 ? "✗" : ""), ...words, element("span.note", {}, note));
  }
}
