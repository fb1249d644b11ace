/** Maven packages that impostors imitate: widely used ones, by hand. */
const ARTIFACTS = `ch.qos.logback:logback-classic ch.qos.logback:logback-core com.fasterxml.jackson.core:jackson-annotations
com.fasterxml.jackson.core:jackson-core com.fasterxml.jackson.core:jackson-databind
com.fasterxml.jackson.datatype:jackson-datatype-jsr310 com.github.ben-manes.caffeine:caffeine com.google.code.gson:gson
com.google.dagger:dagger com.google.guava:guava com.google.inject:guice com.google.protobuf:protobuf-java com.h2database:h2
com.squareup.okhttp3:okhttp com.squareup.okio:okio com.squareup.retrofit2:retrofit com.zaxxer:HikariCP
commons-codec:commons-codec commons-io:commons-io commons-lang:commons-lang commons-logging:commons-logging
io.grpc:grpc-netty io.jsonwebtoken:jjwt io.micrometer:micrometer-core io.netty:netty-all io.projectreactor:reactor-core
io.reactivex.rxjava3:rxjava io.swagger.core.v3:swagger-annotations jakarta.persistence:jakarta.persistence-api
jakarta.servlet:jakarta.servlet-api javax.servlet:javax.servlet-api joda-time:joda-time junit:junit log4j:log4j
mysql:mysql-connector-java net.bytebuddy:byte-buddy net.java.dev.jna:jna org.apache.commons:commons-collections4
org.apache.commons:commons-compress org.apache.commons:commons-csv org.apache.commons:commons-lang3
org.apache.commons:commons-text org.apache.httpcomponents:httpclient org.apache.httpcomponents.client5:httpclient5
org.apache.kafka:kafka-clients org.apache.logging.log4j:log4j-api org.apache.logging.log4j:log4j-core
org.apache.maven.plugins:maven-compiler-plugin org.apache.maven.plugins:maven-surefire-plugin
org.apache.poi:poi org.apache.poi:poi-ooxml org.apache.spark:spark-core_2.12 org.aspectj:aspectjweaver
org.assertj:assertj-core org.bouncycastle:bcprov-jdk18on org.eclipse.jetty:jetty-server org.flywaydb:flyway-core
org.hamcrest:hamcrest org.hibernate.orm:hibernate-core org.hibernate.validator:hibernate-validator
org.jetbrains.kotlin:kotlin-gradle-plugin org.jetbrains.kotlin:kotlin-reflect org.jetbrains.kotlin:kotlin-stdlib
org.jetbrains.kotlinx:kotlinx-coroutines-core org.jsoup:jsoup org.junit.jupiter:junit-jupiter
org.junit.jupiter:junit-jupiter-api org.junit.jupiter:junit-jupiter-engine org.liquibase:liquibase-core
org.mapstruct:mapstruct org.mockito:mockito-core org.mongodb:mongodb-driver-sync org.mybatis:mybatis
org.postgresql:postgresql org.projectlombok:lombok org.scala-lang:scala-library org.slf4j:slf4j-api org.slf4j:slf4j-simple
org.springframework:spring-context org.springframework:spring-core org.springframework:spring-test
org.springframework:spring-web org.springframework.boot:spring-boot-starter
org.springframework.boot:spring-boot-starter-data-jpa org.springframework.boot:spring-boot-starter-parent
org.springframework.boot:spring-boot-starter-security org.springframework.boot:spring-boot-starter-test
org.springframework.boot:spring-boot-starter-web org.springframework.security:spring-security-core
org.testcontainers:testcontainers org.testng:testng org.xerial:sqlite-jdbc org.yaml:snakeyaml redis.clients:jedis`;

/** `group:artifact`. */
export const MAVEN: ReadonlySet<string> = new Set(ARTIFACTS.split(/\s+/));
