#!/bin/sh
# Writes an AOT cache for bootstrap/target/orders.jar: orders.aot beside it, or the file that is named.
# Run it with the java that will run the server: JAVA_HOME's, else the one on the path.
set -eu
home=$(cd "$(dirname "$0")" && pwd)
cache=${1:-$home/target/orders.aot}
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT

run() {
  "$java" "@$home/jvm.options" "$@" -jar "$home/target/orders.jar" train "$data"
}
# Twice, because the first start unpacks PostgreSQL with classes of a sealed jar. A JVM does not start
# with a cache that holds such classes.
run
run "-XX:AOTCacheOutput=$cache"
