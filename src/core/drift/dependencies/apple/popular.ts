/** Names that impostors imitate: widely used pods and Swift packages, by hand. */
export const COCOAPODS: ReadonlySet<string> = new Set(
  `AFNetworking AWSCore Alamofire AlamofireImage AppAuth AppCenter BoringSSL-GRPC Branch Bugsnag CocoaAsyncSocket
  CocoaLumberjack Crashlytics CryptoSwift DZNEmptyDataSet FBSDKCoreKit FBSDKLoginKit FMDB Fabric FirebaseAnalytics
  FirebaseAuth FirebaseCore FirebaseCrashlytics FirebaseFirestore FirebaseMessaging Firebase GTMSessionFetcher
  Google-Mobile-Ads-SDK GoogleAnalytics GoogleMaps GoogleSignIn GoogleUtilities Himotoki HockeySDK
  IGListKit IQKeyboardManager IQKeyboardManagerSwift KeychainAccess Kingfisher LookinServer MBProgressHUD MJExtension
  MJRefresh Mantle Masonry Mixpanel Moya Nimble Nuke OCMock ObjectMapper PINCache PromiseKit PromisesObjC Protobuf Quick
  ReachabilitySwift ReactiveCocoa ReactiveSwift Realm RealmSwift RxCocoa RxDataSources RxRelay RxSwift SDWebImage SVProgressHUD
  SVPullToRefresh Sentry SnapKit Sparkle SSZipArchive Starscream SwiftGen SwiftLint SwiftProtobuf SwiftyJSON Swinject
  TPKeyboardAvoiding Texture Toast-Swift UICKeyChainStore XCGLogger YYModel YYText ZipArchive abseil gRPC-Core gRPC-C++
  hermes-engine leveldb-library libwebp lottie-ios nanopb`.split(/\s+/),
);

/** By address, as Swift packages are named here. */
export const SWIFT_PACKAGES: ReadonlySet<string> = new Set(
  `github.com/Alamofire/Alamofire github.com/ReactiveX/RxSwift github.com/SnapKit/SnapKit
  github.com/apple/swift-algorithms github.com/apple/swift-argument-parser github.com/apple/swift-async-algorithms
  github.com/apple/swift-atomics github.com/apple/swift-collections github.com/apple/swift-crypto
  github.com/apple/swift-log github.com/apple/swift-metrics github.com/apple/swift-nio github.com/apple/swift-nio-ssl
  github.com/apple/swift-numerics github.com/apple/swift-protobuf github.com/swiftlang/swift-syntax
  github.com/airbnb/lottie-ios github.com/firebase/firebase-ios-sdk github.com/getsentry/sentry-cocoa
  github.com/onevcat/Kingfisher github.com/pointfreeco/swift-composable-architecture
  github.com/pointfreeco/swift-snapshot-testing github.com/realm/SwiftLint github.com/realm/realm-swift
  github.com/stephencelis/SQLite.swift github.com/vapor/fluent github.com/vapor/vapor
  github.com/weichsel/ZIPFoundation`.split(/\s+/),
);
