#!/bin/sh
# Makes a client secret beside those that there are. Each run makes one.
# Nobody has run it in a real tenant yet. It can be run again at any time: only what differs is changed.
set -eu

cloud='AzureCloud'
tenant='contoso.example'
client='0123abcd-89ab-4def-8123-456789abcdef'
years='1'

az cloud set --name "$cloud"
az login --tenant "$tenant" --allow-no-subscriptions --output none

# Without --append all others would be deleted, among them the one in use.
if ! secret=$(az ad app credential reset --id "$client" --append --display-name pbx-calendar --years "$years" \
  --query password --output tsv); then
  printf '%s\n' "No secret was made. If a policy allows no lifetime of so long, choose a shorter one." >&2
  exit 1
fi
expires=$(az ad app credential list --id "$client" --query "max_by([?displayName=='pbx-calendar'], &endDateTime).endDateTime" --output tsv)

printf '%s\n' "Client secret (value): $secret" "Expires: ${expires%%T*}"
