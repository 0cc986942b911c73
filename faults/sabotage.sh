#!/usr/bin/env bash
# Spoils the database or a throw-away build, and succeeds if the fault machine finds out.
# Usage: faults/sabotage.sh commit|fence|key [SEED]
set -euo pipefail
cd "$(dirname "$0")/.."

what=${1:?commit, fence or key}
seed=${2:-1}
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git archive HEAD | tar -x -C "$copy"
persistence=adapters-persistence/src/main

replace() { # file, what, by what
  grep -qF -- "$2" "$copy/$1" || { echo "$1 does not hold: $2" >&2; exit 2; }
  FROM=$2 TO=$3 perl -pi -e 's/\Q$ENV{FROM}\E/$ENV{TO}/g' "$copy/$1"
}

settings=
case $what in
  commit) settings=synchronous_commit=off ;;
  fence)
    # The epoch, and the two that would still stop a late writer without it.
    replace $persistence/java/orders/postgres/RecordMove.java \
      'w.epoch = m.epoch and w.lease_until is not null' 'true'
    replace $persistence/java/orders/postgres/MoveStatement.java \
      'w.version = m.version_before and {holds}' '{holds}'
    replace $persistence/resources/orders/postgres/migration/V1__orders.sql \
      'constraint events_pkey primary key (order_id, seq)' \
      'at_random uuid default gen_random_uuid(), constraint events_pkey primary key (order_id, seq, at_random)'
    ;;
  key)
    # The look before an order is stored, and what stops two that look at the same moment.
    replace $persistence/java/orders/postgres/PlaceOrders.java \
      'where o.idempotency_key = s.idempotency_key and o.placed_by = s.placed_by' 'where false'
    for version in V2__keys_turns_and_parked_orders V3__lines_in_their_order \
        V6__where_orders_come_from; do
      replace $persistence/resources/orders/postgres/migration/$version.sql \
        'create unique index orders_idempotency_key' 'create index orders_idempotency_key'
    done
    ;;
  *) echo "commit, fence or key?" >&2; exit 2 ;;
esac

cd "$copy"
if ROUNDS=10 SEED=$seed DIRECTORY=$copy/run DATABASE_SETTINGS=$settings \
    mvn -q -ntp -DskipTests -Dspotless.check.skip=true -Pfault-machine verify; then
  echo "The sabotage was not found out." >&2
  exit 1
fi
# A server that does not start, or answers nobody, is no find: it must be about orders.
if ! grep -E '^- P[1-6] [0-9a-f-]{36}:' "$copy/run/violation.md"; then
  echo "The run failed, but not over an order:" >&2
  head -n 20 "$copy/run/violation.md" >&2
  exit 1
fi
echo "Found out."
