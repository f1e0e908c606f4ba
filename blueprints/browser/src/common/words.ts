// Sentences come from the server, in the reader's language; here they are only filled in.

/** One sentence, or one for each plural form of the language. */
export type Spoken = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Values = Record<string, string | number>;

export class Words {
  readonly #spoken: Record<string, Spoken>;
  readonly #plural: Intl.PluralRules;
  readonly #number: Intl.NumberFormat;

  constructor(spoken: Record<string, Spoken>, language: string) {
    this.#spoken = spoken;
    this.#plural = new Intl.PluralRules(language);
    this.#number = new Intl.NumberFormat(language);
  }

  /** Return the sentence `name` with its {names} filled in; `n` decides which plural form it is. */
  say(name: string, values: Values = {}): string {
    const found = this.#spoken[name];
    const sentence = typeof found === "object" ? this.#formOf(found, Number(values["n"])) : found;
    if (sentence === undefined) throw new Error(`no words for ${name}`);
    return sentence.replace(/\{(\w+)\}/g, (_, key: string) => this.#shown(values[key]));
  }

  #formOf(forms: Partial<Record<Intl.LDMLPluralRule, string>>, n: number): string | undefined {
    return forms[this.#plural.select(n)] ?? forms.other;
  }

  #shown(value: string | number | undefined): string {
    return typeof value === "number" ? this.#number.format(value) : (value ?? "");
  }
}
