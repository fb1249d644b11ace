/** Feeds of NuGet packages. */

/** Whether an address is that of nuget.org, over https. */
export function isUsualFeed(address: string): boolean {
  const place = address.trim().toLowerCase().replace(/\/$/, '');
  return /^https:\/\/(?:api\.nuget\.org\/v3\/index\.json|(?:www\.)?nuget\.org\/api\/v2)$/.test(place);
}
