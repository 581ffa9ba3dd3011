#!/bin/bash
# Asks the Besu of this container, which answers to nobody outside; the image has no curl.
#
#     ask.sh METHOD [PARAMS]    the answer to a call: ask.sh qbft_proposeValidatorVote '["0x...", true]'
#     ask.sh /readiness         success if the node is ready, with what it says
set -euo pipefail

what=${1:?"Usage: ask.sh METHOD [PARAMS] or ask.sh /readiness"}
params=${2:-[]}
port=${BESU_RPC_HTTP_PORT:-8545}

exec 3<>"/dev/tcp/127.0.0.1/$port"
if [[ $what == /* ]]; then
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$what" >&3
else
  body="{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"$what\",\"params\":$params}"
  LC_ALL=C length=${#body}
  printf 'POST / HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s' \
    "$length" "$body" >&3
fi

IFS= read -r status <&3
while IFS= read -r line && [ -n "${line%$'\r'}" ]; do :; done <&3
cat <&3
echo
[[ $status == *" 200 "* ]]
