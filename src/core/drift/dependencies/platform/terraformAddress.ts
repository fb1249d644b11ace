/** Addresses of providers (Terraform documentation, "Provider Requirements", "Source Addresses"). */

const DEFAULT_HOSTS: ReadonlySet<string> = new Set(['registry.terraform.io', 'registry.opentofu.org']);

/** `namespace/type` of the usual registries, the whole address of others; and the host, when it is no usual one. */
export function providerOf(address: string): { readonly name: string; readonly host: string | null } {
  const segments = address.trim().toLowerCase().split('/');
  const host = segments.length > 2 ? (segments[0] ?? '') : null;
  if (host !== null && DEFAULT_HOSTS.has(host)) return { name: segments.slice(1).join('/'), host: null };
  return { name: segments.join('/'), host };
}

/** Whether a name is a provider's; those of modules have more parts, and no host before them. */
export function isProvider(name: string): boolean {
  const segments = name.split('/');
  return segments.length < 3 || (segments.length === 3 && (segments[0] ?? '').includes('.'));
}
