/** Names that impostors imitate: widely used packages of pub.dev, by hand. */
export const PUB: ReadonlySet<string> = new Set(
  `analyzer animations args async audioplayers auto_route auto_size_text badges bloc bloc_test build_runner
  cached_network_image camera carousel_slider characters chewie cloud_firestore cloud_functions collection
  connectivity_plus convert crypto cupertino_icons dart_style dartz device_info_plus dio drift easy_localization encrypt
  equatable fake_async ffi file_picker file_selector firebase_analytics firebase_auth firebase_core
  firebase_crashlytics firebase_database firebase_messaging firebase_storage fl_chart fluro fluttertoast flutter_bloc
  flutter_dotenv flutter_gen flutter_hooks flutter_launcher_icons flutter_lints flutter_local_notifications
  flutter_localizations flutter_native_splash flutter_riverpod flutter_screenutil flutter_secure_storage
  flutter_spinkit flutter_staggered_grid_view flutter_svg flutter_test font_awesome_flutter freezed freezed_annotation
  geolocator get get_it glob go_router google_fonts google_maps_flutter google_mobile_ads google_sign_in graphql hive
  hive_flutter hooks_riverpod html http http_parser hydrated_bloc image image_cropper image_picker in_app_purchase
  injectable injectable_generator integration_test internet_connection_checker intl isar js json_annotation
  json_serializable just_audio lints local_auth logger logging lottie matcher material_color_utilities melos meta mime
  mobile_scanner mobx mockito mocktail modal_bottom_sheet objectbox package_info_plus path path_provider
  percent_indicator permission_handler photo_view pin_code_fields pool pretty_dio_logger protobuf provider pub_semver
  qr_flutter quiver retrofit riverpod riverpod_annotation riverpod_generator rxdart sentry_flutter share_plus shared_preferences shelf
  shelf_router shimmer sign_in_with_apple skeletonizer smooth_page_indicator source_gen source_span sqflite sqlite3
  stack_trace stream_channel string_scanner supabase_flutter syncfusion_flutter_charts synchronized test tuple
  typed_data url_launcher uuid vector_math very_good_analysis video_player wakelock_plus watcher web web_socket_channel
  webview_flutter window_manager xml yaml`.split(/\s+/),
);
