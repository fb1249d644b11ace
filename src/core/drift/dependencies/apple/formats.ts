/** Manifests and lockfiles of Swift packages, CocoaPods and Carthage. */
import { type KnownFormat, unread } from '../format';

export const APPLE: readonly KnownFormat[] = [
  { names: ['Package.swift', 'Package.resolved'], format: unread('swift') },
  { names: ['Podfile', 'Podfile.lock', 'Cartfile', 'Cartfile.resolved'], format: unread('cocoapods') },
  { form: /\.podspec$/i, format: unread('cocoapods') },
];
