#!/usr/bin/env bash
# Places 5,009 orders, waits until all have ended, and checks what is stored. Needs bash, curl, gunzip.
# Usage: examples/superstore.sh [http://127.0.0.1:8080]
#
# Quick with quick partners: start the server with SIMULATED_CONFIRMATION_MS=5 SIMULATED_PAYMENT_MS=5
# SIMULATED_DELIVERY_MS=5, on an empty DATA_DIR since every order in the list is counted.
set -euo pipefail
server=${1:-http://127.0.0.1:8080}
orders=$(dirname "$0")/superstore-orders.jsonl.gz
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Runs the transfers of a curl configuration, 16 at a time.
parallel() { curl --no-progress-meter --parallel --parallel-max 16 --config "$1"; }
get() { curl --silent --show-error --fail "$@"; }
# Whether an order is in status $1; ends the script if the server does not answer.
any() {
  get "$server/orders?limit=1&status=$1" >"$work/any" || exit 1
  grep -q '"id"' "$work/any"
}

echo "Placing orders with 16 clients ..."
gunzip -c "$orders" | awk -v url="$server/orders" -v dir="$work" '{
  gsub(/["\\]/, "\\\\&")
  if (NR > 1) print "next"
  printf "url = \"%s\"\nheader = \"Content-Type: application/json\"\ndata = \"%s\"\n", url, $0
  printf "silent\nshow-error\noutput = \"%s/placed.%d\"\nwrite-out = \"%%{http_code}\\n\"\n", dir, NR
}' >"$work/post"
parallel "$work/post" | sort | uniq -c | awk '{ print "  " $1 " times " $2 }'

echo "Waiting for them to end ..."
while any pending || any processing || any compensating; do sleep 0.5; done

echo "Reading them page by page ..."
next="$server/orders?limit=200"
while [ -n "$next" ]; do
  get --dump-header "$work/headers" "$next" >>"$work/pages"
  echo >>"$work/pages"
  next=$(sed -n 's/^[Ll]ink: <\([^>]*\)>; *rel="next".*/\1/p' "$work/headers" | tr -d '\r')
  case $next in /*) next=$server$next ;; esac
done
grep -o '"id":"[^"]*"' "$work/pages" | cut -d'"' -f4 | sort -u >"$work/ids"
count=$(wc -l <"$work/ids")
completed=$(grep -o '"status":"completed"' "$work/pages" | wc -l)
cents=$(grep -o '"total":[0-9]*' "$work/pages" | cut -d: -f2 | awk '{ sum += $1 } END { printf "%d", sum }')

echo "Reading every history ..."
awk -v url="$server/orders/" -v dir="$work" '{
  if (NR > 1) print "next"
  printf "silent\nshow-error\nurl = \"%s%s/events\"\noutput = \"%s/history.%d\"\n", url, $0, dir, NR
}' "$work/ids" >"$work/get"
parallel "$work/get"
whole=$(find "$work" -name 'history.*' -exec grep -lE '"seq":1,.*"seq":2,.*"seq":3,.*"type":"completed"' {} + | wc -l)

echo "  $count distinct orders, $completed completed, totals $cents cents, $whole whole histories"
if [ "$count $completed $cents $whole" = "5009 5009 229717667 5009" ]; then
  echo "All is as it was sent."
else
  echo "Expected 5009 orders, all completed, 229717667 cents." >&2
  exit 1
fi
