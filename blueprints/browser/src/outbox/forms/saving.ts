// What becomes of a form that is saved: kept and sent, said, and given back where it was refused. It knows
// no page: forms.ts lends it the page's forms and its strip.
//
// A form that was just saved and is still there to be set right is no business of the outbox: refused, it
// is the form's again. Once its person was told that it is kept, it stays kept until it is in the book or
// dropped, whatever the form shows. Either way the form mends it under the same id.
import type { Fields } from "./fields.ts";
import { newId } from "../ids.ts";
import type { Deed, Kept, Outcome } from "../kinds.ts";
import type { Outbox } from "../outbox.ts";

/** A page that goes on elsewhere waits so long for the answer before it says that this is kept. */
const PATIENCE_MS = 4_000;
/** A form that is ready for the next one waits so long. */
const MOMENT_MS = 600;

/** Why something was refused: at which field, and which codes it may have meant. */
export interface Refusal {
  message: string;
  errors: Record<string, string[]>;
  near: string[];
}

/** A form of the page. */
export interface Sheet {
  /** The page that it is on, for the list of what needs a person. */
  readonly page: string;
  /** Where the page goes on once it is saved; without, the form is ready for the next. */
  readonly then: string | undefined;
  deed(): Deed;
  /** What a person reads of it in a list. */
  words(): string;
  /** Whether nothing else is being typed into it. */
  isFree(): boolean;
  clear(): void;
  giveBack(fields: Fields, why: Refusal): void;
  /** Put the cursor to where the next one begins. */
  focus(): void;
}

/** What the page says and does around its forms. */
export interface Around {
  saving(): void;
  cannotKeep(): void;
  kept(words: string, undo?: () => void): void;
  saved(outcome: Outcome, undo?: () => void): void;
  /** It was refused, and its form is taken by something else: the list has it. */
  refused(message: string): void;
  /** What an undo of something is called in a list. */
  undoOf(words: string): string;
  undone(outcome: Outcome): void;
  /** The form shows what is wrong: the strip has nothing to say. */
  givenBack(): void;
  goOn(then: string, outcome: Outcome): void;
  /** Something came into the book. */
  changed(): void;
  isOnline(): boolean;
}

export type Box = Pick<Outbox, "keep" | "mend" | "find" | "takeBack" | "undo" | "onOutcome">;

interface Sent {
  commandId: string;
  sheet: Sheet;
  deed: Deed;
  /** Its person was told that it is kept. */
  isPromised: boolean;
  result?: Outcome["result"];
  /** It leaves the outbox, for its form has it again. */
  leaving?: Promise<void>;
}

export class Saving {
  readonly #outbox: Box;
  readonly #around: Around;
  /** Which command the next save of a form is, while the form shows one that is not saved. */
  readonly #mends = new Map<Sheet, string>();
  /** What each form sent last. */
  readonly #sent = new Map<Sheet, Sent>();
  readonly #busy = new Set<Sheet>();
  readonly #undos = new Set<string>();

  constructor(outbox: Box, around: Around) {
    this.#outbox = outbox;
    this.#around = around;
    outbox.onOutcome((outcome) => this.#heard(outcome));
  }

  /** Save what is typed; a second tap while the first is on its way does nothing. */
  async save(sheet: Sheet): Promise<void> {
    if (this.#busy.has(sheet)) return;
    this.#busy.add(sheet);
    try {
      await this.#save(sheet);
    } finally {
      this.#busy.delete(sheet);
    }
  }

  /** Put what was refused into its form; saved there, it takes the place of what it mends. */
  mend(sheet: Sheet, { commandId, deed, reason = "", errors = {}, near = [] }: Kept): void {
    this.#mends.set(sheet, commandId);
    sheet.giveBack(fieldsOf(deed), { message: reason, errors, near });
  }

  tellSaved(outcome: Outcome): void {
    const { commandId, entryId, message } = outcome;
    this.#around.saved(outcome, entryId === null ? undefined : () => void this.#undo(commandId, message));
  }

  async #save(sheet: Sheet): Promise<void> {
    const words = sheet.words();
    const sent = await this.#keep(sheet, words);
    if (!sent) return;
    const { commandId } = sent;
    if (sheet.then !== undefined) await this.#answered(commandId, PATIENCE_MS);
    else if (sent.result === undefined) this.#makeReady(sheet);
    if ((await this.#isWaiting(commandId)) && sent.result === undefined) {
      sent.isPromised = true;
      this.#around.kept(words, () => void this.#undo(commandId, words));
    }
    sheet.focus();
  }

  async #keep(sheet: Sheet, words: string): Promise<Sent | null> {
    const mended = this.#mends.get(sheet);
    const commandId = mended ?? newId();
    const sent: Sent = { commandId, sheet, deed: sheet.deed(), isPromised: false };
    this.#around.saving();
    this.#mends.set(sheet, commandId);
    try {
      await this.#sent.get(sheet)?.leaving;
      const known = mended === undefined ? undefined : await this.#outbox.find(mended);
      sent.isPromised = known !== undefined;
      this.#sent.set(sheet, sent);
      if (known) await this.#outbox.mend(known, sent.deed, words);
      else await this.#outbox.keep(sent.deed, words, { page: sheet.page, commandId });
      return sent;
    } catch {
      this.#around.cannotKeep();
      return null;
    }
  }

  #makeReady(sheet: Sheet): void {
    this.#mends.delete(sheet);
    sheet.clear();
  }

  #heard(outcome: Outcome): void {
    if (outcome.result !== "refused") this.#around.changed();
    const sent = [...this.#sent.values()].find(({ commandId }) => commandId === outcome.commandId);
    if (!sent) return this.#heardUndo(outcome);
    sent.result = outcome.result;
    if (outcome.result === "refused") return this.#refused(outcome, sent);
    const { sheet } = sent;
    this.#sent.delete(sheet);
    const isShown = this.#mends.get(sheet) === outcome.commandId;
    if (isShown) this.#mends.delete(sheet);
    if (sheet.then !== undefined) return this.#around.goOn(sheet.then, outcome);
    if (isShown) sheet.clear();
    this.tellSaved(outcome);
  }

  /** What was typed is put back, unless something new is being typed already: then the list has it. */
  #refused(outcome: Outcome, sent: Sent): void {
    const { sheet, deed, commandId, isPromised } = sent;
    const isShown = this.#mends.get(sheet) === commandId;
    if (!isShown && !sheet.isFree()) return this.#around.refused(outcome.message);
    const { errors = {}, near = [] } = outcome.body as Partial<Refusal>;
    this.#mends.set(sheet, commandId);
    this.#around.givenBack();
    sheet.giveBack(fieldsOf(deed), { message: outcome.message, errors, near });
    if (!isPromised) sent.leaving = this.#outbox.takeBack(commandId).catch(() => undefined);
  }

  async #undo(commandId: string, words: string): Promise<void> {
    const undo = this.#around.undoOf(words);
    const id = await this.#outbox.undo(commandId, undo);
    this.#undos.add(id);
    if (await this.#isWaiting(id)) this.#around.kept(undo);
  }

  #heardUndo(outcome: Outcome): void {
    if (this.#undos.delete(outcome.commandId)) this.#around.undone(outcome);
  }

  async #isWaiting(commandId: string): Promise<boolean> {
    await this.#answered(commandId, MOMENT_MS);
    return (await this.#outbox.find(commandId))?.state === "waiting";
  }

  /** Wait for what becomes of a command, but not for ever. */
  #answered(commandId: string, patience: number): Promise<void> {
    if (!this.#around.isOnline()) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        stop();
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(end, patience);
      const stop = this.#outbox.onOutcome((outcome) => outcome.commandId === commandId && end());
      void this.#outbox.find(commandId).then((kept) => kept?.state === "waiting" || end());
    });
  }
}

/** Return which of several forms something was typed into: it has all of its fields, and the fewest others. */
export function bestFit<F extends { names(): Set<string> }>({ deed }: Pick<Kept, "deed">, forms: readonly F[]): F | undefined {
  const typed = Object.keys(fieldsOf(deed));
  const fits = forms.map((form) => {
    const names = form.names();
    return { form, missing: typed.filter((name) => !names.has(name)).length, names: names.size };
  });
  return fits.sort((one, other) => one.missing - other.missing || one.names - other.names)[0]?.form;
}

function fieldsOf(deed: Deed): Fields {
  return deed["fields"] as Fields;
}
