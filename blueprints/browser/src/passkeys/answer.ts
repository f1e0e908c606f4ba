// What a browser answers, as the depot reads it: bytes become texts of base64url.
import { toText } from "./base64.ts";

export function told(found: PublicKeyCredential): object {
  const id = toText(found.rawId);
  const { response } = found;
  const common = { clientDataJSON: toText(response.clientDataJSON) };
  const own =
    "attestationObject" in response
      ? { attestationObject: toText((response as AuthenticatorAttestationResponse).attestationObject) }
      : signed(response as AuthenticatorAssertionResponse);
  return { id, rawId: id, type: found.type, clientExtensionResults: {}, response: { ...common, ...own } };
}

function signed(response: AuthenticatorAssertionResponse): object {
  return { authenticatorData: toText(response.authenticatorData), signature: toText(response.signature) };
}
