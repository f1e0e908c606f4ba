// Days and moments as the pages of the server write them: Thu 19 Nov, Thu 19 Nov 18:02.

/** Return a day on this device's calendar; in English as people here say it, and never in the American order. */
export function shortDay(on: Date, language: string): string {
  const format = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short" });
  if (!/^en\b/i.test(language)) return format.format(on);
  const parts = new Map(format.formatToParts(on).map(({ type, value }) => [type, value]));
  return [parts.get("weekday"), parts.get("day"), parts.get("month")].join(" ");
}

/** Return a day with the time on this device's clock. */
export function shortMoment(at: Date, language: string): string {
  const clock = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${shortDay(at, language)} ${clock.format(at)}`;
}
