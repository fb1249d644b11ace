/** Names that impostors imitate: widely used Go modules, by hand. */
export const GOLANG: ReadonlySet<string> = new Set(
  `github.com/BurntSushi/toml github.com/Masterminds/semver/v3 github.com/Microsoft/go-winio github.com/alecthomas/kong
  github.com/aws/aws-sdk-go github.com/aws/aws-sdk-go-v2 github.com/beorn7/perks github.com/blang/semver
  github.com/bradfitz/gomemcache github.com/buger/jsonparser github.com/cenkalti/backoff/v4 github.com/cespare/xxhash/v2
  github.com/charmbracelet/bubbletea github.com/coreos/go-systemd/v22 github.com/davecgh/go-spew github.com/docker/docker
  github.com/docker/go-connections github.com/dustin/go-humanize github.com/evanphx/json-patch github.com/fatih/color
  github.com/fsnotify/fsnotify github.com/gin-contrib/sse github.com/gin-gonic/gin github.com/go-chi/chi/v5
  github.com/go-kit/kit github.com/go-logr/logr github.com/go-playground/validator/v10 github.com/go-redis/redis/v8
  github.com/go-sql-driver/mysql github.com/goccy/go-json github.com/goccy/go-yaml github.com/gofiber/fiber/v2
  github.com/gogo/protobuf github.com/golang-jwt/jwt/v5 github.com/golang-migrate/migrate/v4 github.com/golang/glog
  github.com/golang/groupcache github.com/golang/mock github.com/golang/protobuf github.com/golang/snappy
  github.com/google/go-cmp github.com/google/uuid github.com/google/wire github.com/googleapis/gax-go/v2
  github.com/gorilla/mux github.com/gorilla/websocket github.com/grpc-ecosystem/grpc-gateway/v2
  github.com/hashicorp/consul/api github.com/hashicorp/go-multierror github.com/hashicorp/golang-lru
  github.com/hashicorp/hcl/v2 github.com/hashicorp/terraform-plugin-sdk/v2 github.com/hashicorp/vault/api
  github.com/jackc/pgx/v5 github.com/jinzhu/gorm github.com/jmoiron/sqlx github.com/joho/godotenv
  github.com/json-iterator/go github.com/julienschmidt/httprouter github.com/kelseyhightower/envconfig
  github.com/klauspost/compress github.com/labstack/echo/v4 github.com/lib/pq github.com/mailru/easyjson
  github.com/mattn/go-colorable github.com/mattn/go-isatty github.com/mattn/go-sqlite3 github.com/mitchellh/go-homedir
  github.com/mitchellh/mapstructure github.com/modern-go/concurrent github.com/modern-go/reflect2
  github.com/nats-io/nats.go github.com/olekukonko/tablewriter github.com/onsi/ginkgo/v2 github.com/onsi/gomega
  github.com/opencontainers/go-digest github.com/opencontainers/image-spec github.com/patrickmn/go-cache
  github.com/pelletier/go-toml/v2 github.com/pkg/errors github.com/pmezard/go-difflib
  github.com/prometheus/client_golang github.com/prometheus/client_model github.com/prometheus/common
  github.com/quic-go/quic-go github.com/redis/go-redis/v9 github.com/robfig/cron/v3 github.com/rs/cors
  github.com/rs/zerolog github.com/russross/blackfriday/v2 github.com/satori/go.uuid github.com/shopspring/decimal
  github.com/sirupsen/logrus github.com/spf13/afero github.com/spf13/cast github.com/spf13/cobra github.com/spf13/pflag
  github.com/spf13/viper github.com/stretchr/objx github.com/stretchr/testify github.com/tidwall/gjson
  github.com/ugorji/go/codec github.com/urfave/cli/v2 github.com/valyala/fasthttp github.com/xuri/excelize/v2
  github.com/yuin/goldmark go.etcd.io/bbolt go.mongodb.org/mongo-driver go.opentelemetry.io/otel go.uber.org/atomic
  go.uber.org/fx go.uber.org/mock go.uber.org/multierr go.uber.org/zap golang.org/x/crypto golang.org/x/exp
  golang.org/x/mod golang.org/x/net golang.org/x/oauth2 golang.org/x/sync golang.org/x/sys golang.org/x/term
  golang.org/x/text golang.org/x/time golang.org/x/tools google.golang.org/api google.golang.org/grpc
  google.golang.org/protobuf gopkg.in/check.v1 gopkg.in/ini.v1 gopkg.in/natefinch/lumberjack.v2 gopkg.in/yaml.v2
  gopkg.in/yaml.v3 gorm.io/driver/postgres gorm.io/gorm k8s.io/api k8s.io/apimachinery k8s.io/client-go k8s.io/klog/v2
  sigs.k8s.io/controller-runtime sigs.k8s.io/yaml`.split(/\s+/),
);
