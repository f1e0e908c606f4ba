/** What a service worker keeps answers in, in memory. */
export class Caches {
  readonly all = new Map<string, Map<string, Response>>();

  async open(name: string): Promise<{ match(key: string): Promise<Response | undefined>; put(key: string | Request, answer: Response): Promise<void> }> {
    const found = this.all.get(name) ?? new Map<string, Response>();
    this.all.set(name, found);
    return {
      match: async (key) => found.get(key)?.clone(),
      put: async (key, answer) => void found.set(typeof key === "string" ? key : key.url, answer),
    };
  }

  async match(asked: Request | string, options: { cacheName: string }): Promise<Response | undefined> {
    return this.all.get(options.cacheName)?.get(typeof asked === "string" ? asked : asked.url)?.clone();
  }

  async has(name: string): Promise<boolean> {
    return this.all.has(name);
  }

  async delete(name: string): Promise<boolean> {
    return this.all.delete(name);
  }
}
