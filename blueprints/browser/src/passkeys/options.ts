// What the depot asks, as a browser wants it: texts of base64url become bytes.
import { toBytes } from "./base64.ts";

interface Named {
  id: string;
  type: PublicKeyCredentialType;
}

export interface Asked {
  challenge: string;
  user?: { id: string; name: string; displayName: string };
  excludeCredentials?: Named[];
  allowCredentials?: Named[];
}

export function asked(options: Asked): object {
  const { challenge, user, excludeCredentials, allowCredentials, ...rest } = options;
  const named = (list: Named[]) => list.map((one) => ({ ...one, id: toBytes(one.id) }));
  return {
    ...rest,
    challenge: toBytes(challenge),
    ...(user ? { user: { ...user, id: toBytes(user.id) } } : {}),
    ...(excludeCredentials ? { excludeCredentials: named(excludeCredentials) } : {}),
    ...(allowCredentials ? { allowCredentials: named(allowCredentials) } : {}),
  };
}
