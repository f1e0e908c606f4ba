// What the outbox keeps of the depot for names and warnings (outbox/known.ts) goes with the pages:
// who signs out on a shared phone leaves no list of the stock. What waits to be sent stays.

const DATABASE = "depot";
const NOTES = "notes";
const LIST = "list";

/** Take the list out of the outbox's database, if there is one; never fails. */
export function forgetList(): Promise<void> {
  return new Promise((done) => {
    const opening = indexedDB.open(DATABASE);
    // there was none: to make an empty one would take the outbox's place
    opening.onupgradeneeded = () => opening.transaction?.abort();
    opening.onerror = () => done();
    opening.onsuccess = () => {
      const db = opening.result;
      const end = (): void => {
        db.close();
        done();
      };
      if (!db.objectStoreNames.contains(NOTES)) return end();
      const change = db.transaction(NOTES, "readwrite");
      change.oncomplete = change.onabort = change.onerror = end;
      change.objectStore(NOTES).delete(LIST);
    };
  });
}
