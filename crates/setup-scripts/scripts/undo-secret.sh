# Deletes the client secrets that secret.sh has made, also the one in use.

az cloud set --name "$cloud"
az login --tenant "$tenant" --allow-no-subscriptions --output none
: "$years"

az ad app credential list --id "$client" --query "[?displayName=='pbx-calendar'].keyId" --output tsv |
  while read -r key; do
    az ad app credential delete --id "$client" --key-id "$key"
    printf '%s\n' "The secret $key is deleted."
  done
