/** Repositories that builds of the JVM use by name, or without saying so. */

const USUAL: ReadonlySet<string> = new Set([
  'repo.maven.apache.org/maven2',
  'repo1.maven.org/maven2',
  'repo.maven.org/maven2',
  'plugins.gradle.org/m2',
  'dl.google.com/dl/android/maven2',
  'maven.google.com',
  'jcenter.bintray.com',
]);

/** Whether an address is that of Maven Central, of Google's, or of Gradle's plugins, over https. */
export function isUsualRepository(url: string): boolean {
  const place = /^https:\/\/(.*)$/.exec(url.trim())?.[1];
  return place !== undefined && USUAL.has(place.replace(/\/$/, '').toLowerCase());
}
