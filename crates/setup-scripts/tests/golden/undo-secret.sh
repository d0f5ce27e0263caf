#!/bin/sh
# Deletes the client secrets that secret.sh has made, also the one in use.
# Nobody has run it in a real tenant yet. It can be run again at any time: only what differs is changed.
set -eu

cloud='AzureCloud'
tenant='contoso.example'
client='0123abcd-89ab-4def-8123-456789abcdef'
years='1'

az cloud set --name "$cloud"
az login --tenant "$tenant" --allow-no-subscriptions --output none
: "$years"

az ad app credential list --id "$client" --query "[?displayName=='pbx-calendar'].keyId" --output tsv |
  while read -r key; do
    az ad app credential delete --id "$client" --key-id "$key"
    printf '%s\n' "The secret $key is deleted."
  done
