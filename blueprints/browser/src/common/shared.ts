// A photo that another program shared with Depot, between the service worker and the scan page.

export const SHARED = "shared";
export const PHOTO_KEPT = "/shared-photo";

/** Return the photo that waits, if any; it is taken once. */
export async function takePhoto(): Promise<File | null> {
  const waiting = await caches.open(SHARED);
  const photo = await waiting.match(PHOTO_KEPT);
  await caches.delete(SHARED);
  if (!photo) return null;
  const data = await photo.blob();
  return new File([data], "shared", { type: data.type });
}
