// Digits of other scripts, as keyboards type them: ١٢ and ۱۲ are 12, as the depot reads them too.

/** Where the digits of Arabic, Persian, Devanagari and Bengali begin, and the wide ones of East Asia. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xff10];

/** Return the text with digits that programs count with, and a point for the Arabic mark of decimals. */
export function plainDigits(text: string): string {
  return text.replace(/[^\0-\x7f]/gu, (letter) => {
    if (letter === "٫") return ".";
    const code = letter.codePointAt(0) ?? 0;
    const zero = ZEROS.find((first) => code >= first && code < first + 10);
    return zero === undefined ? letter : String(code - zero);
  });
}
