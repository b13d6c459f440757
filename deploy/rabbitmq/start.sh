#!/bin/sh
# Starts RabbitMQ with a virtual host for Tallyman, and a user for each service with only the permissions that it needs.
# Durable queues are quorum queues, if the broker supports a default queue type (since 3.12).
set -eu

password() { # NAME VALUE
  case $2 in
    '' | *[!A-Za-z0-9._~-]*) echo "$1 may contain only letters, digits and . _ ~ - because it is part of a URL." >&2; exit 1 ;;
  esac
  printf '%s' "$2"
}
billing=$(password BROKER_BILLING_PASSWORD "${BROKER_BILLING_PASSWORD:-}")
worker=$(password BROKER_WORKER_PASSWORD "${BROKER_WORKER_PASSWORD:-}")
gateway=$(password BROKER_GATEWAY_PASSWORD "${BROKER_GATEWAY_PASSWORD:-}")

# The folder is empty and in memory where the file system is read-only. Passwords in it are gone with the container.
umask 077
mkdir -p /etc/rabbitmq/conf.d
[ -e /etc/rabbitmq/enabled_plugins ] || echo '[rabbitmq_management,rabbitmq_prometheus].' >/etc/rabbitmq/enabled_plugins
cat >/etc/rabbitmq/tallyman.json <<JSON
{
  "vhosts": [{"name": "tallyman", "default_queue_type": "quorum", "metadata": {"default_queue_type": "quorum"}}],
  "users": [
    {"name": "billing-service", "password": "$billing", "tags": []},
    {"name": "worker", "password": "$worker", "tags": []},
    {"name": "gateway", "password": "$gateway", "tags": []}
  ],
  "permissions": [
    {
      "user": "billing-service", "vhost": "tallyman",
      "configure": "^tallyman\\\\.(tasks|events|progress)$", "write": "^(amq\\\\.default|tallyman\\\\.(events|progress))$", "read": "^$"
    },
    {
      "user": "worker", "vhost": "tallyman",
      "configure": "^tallyman\\\\.tasks$", "write": "^$", "read": "^tallyman\\\\.tasks$"
    },
    {
      "user": "gateway", "vhost": "tallyman",
      "configure": "^(tallyman\\\\.(events|progress)|amq\\\\.gen-.*)$", "write": "^amq\\\\.gen-.*$", "read": "^(tallyman\\\\.(events|progress)|amq\\\\.gen-.*)$"
    }
  ]
}
JSON
cat >/etc/rabbitmq/conf.d/20-tallyman.conf <<CONF
load_definitions = /etc/rabbitmq/tallyman.json
log.console = true
log.file = false
CONF
chown -R rabbitmq:rabbitmq /etc/rabbitmq

# By default, the runtime of Erlang looks for work in a loop before it sleeps. That takes time from other processes.
calm='+sbwt none +sbwtdcpu none +sbwtdio none'
export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="${RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS:-$calm}"

exec docker-entrypoint.sh rabbitmq-server
