// What another program shares with Depot: a photo waits for the scan page, words go to where they are of use.
import { PHOTO_KEPT, SHARED } from "../common/shared.ts";

/** Where the manifest lets a phone bring what is shared. */
export const SHARE = "/search/shared";

/** Take what was shared; resolves with where to go on. Nothing of it is done by itself: other sites can send here too. */
export async function takeShared(request: Request): Promise<Response> {
  const told = await request.formData();
  const photo = told.get("photo");
  if (photo instanceof File && photo.size) {
    const kept = await caches.open(SHARED);
    await kept.put(PHOTO_KEPT, new Response(photo, { headers: { "Content-Type": photo.type } }));
    return Response.redirect("/scan#shared", 303);
  }
  const words = ["title", "text", "url"].map((name) => [name, String(told.get(name) ?? "")]);
  return Response.redirect(`${SHARE}?${new URLSearchParams(words)}`, 303);
}
