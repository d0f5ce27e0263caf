#!/bin/sh
# Deletes the registration of this name, with its secrets and permissions.
# Nobody has run it in a real tenant yet. It can be run again at any time: only what differs is changed.
set -eu

cloud='AzureCloud'
graph_url='https://graph.microsoft.com'
tenant='contoso.example'
name='O'\''Neill’s $(touch pwned) `x` "y" & ; Ñ'
found_by='displayName eq '\''O'\'''\''Neill’s $(touch pwned) `x` "y" & ; Ñ'\'''
resource='00000003-0000-0000-c000-000000000000'
roles='df021288-bdef-4463-88db-98f22de89214'

az cloud set --name "$cloud"
az login --tenant "$tenant" --allow-no-subscriptions --output none
: "$graph_url" "$resource" "$roles"

clients=$(az ad app list --filter "$found_by" --query '[].appId' --output tsv)
case $(printf '%s\n' "$clients" | grep -c . || true) in
  0) printf '%s\n' "There is no registration $name." ;;
  1)
    az ad app delete --id "$clients"
    printf '%s\n' "The registration $name is deleted."
    ;;
  *)
    printf '%s\n' "Several registrations are called $name. Delete the right one in the portal." >&2
    exit 1
    ;;
esac
