/** What a request says that a script makes beside what the person does.
 *
 * The depot then leaves the session as it is: an answer that comes late must not bring an old one
 * back, nor take what the next page has to tell.
 */
export const BESIDE = { Purpose: "prefetch" } as const;
